"""Words for the rules of the domain: what stood against an act, and what to do."""

from service.web.i18n import _
from workflows.domain.errors import RuleBroken

RULES: dict[str, tuple[str, str]] = {
    "illegal-move": (
        _("This is not possible any more"),
        _("The request has moved on in the meantime. Please look at its current state below."),
    ),
    "not-involved": (
        _("This is up to somebody else"),
        _("Your agency or your role cannot do this here. The request says whose turn it is."),
    ),
    "stale-view": (
        _("Somebody was faster"),
        _("Somebody acted on this while you were looking at it. Please check and try again."),
    ),
    "already-claimed": (
        _("A colleague is working on it"),
        _("This request has just been taken on by a colleague. Your entries are still there."),
    ),
    "reason-missing": (
        _("A reason is missing"),
        _("Please choose a reason, so that the other side knows how to go on."),
    ),
    "assignee-missing": (
        _("A person is missing"),
        _("Please choose the colleague who is to work on it."),
    ),
    "source-missing": (
        _("The source of the answer is missing"),
        _("Please say how the answer came: by which channel, on which day and from whom."),
    ),
    "note-missing": (
        _("Something has to be written down"),
        _("Please write what you want to say, so that the other side can read it."),
    ),
    "party-missing": (
        _("Nobody is waited for"),
        _("Please choose whom you wait for: the sender, the family, or somebody else."),
    ),
    "day-unfit": (
        _("This day does not fit"),
        _("Please choose a day that is still to come, and not too far ahead."),
    ),
    "appointment-unfit": (
        _("This appointment does not fit"),
        _("Please enter a day and a time that are still to come, within a year."),
    ),
    "appointment-ahead": (
        _("The appointment is still to come"),
        _("Nobody can have missed it yet. If it was moved, please enter the new appointment."),
    ),
    "competent-agency-missing": (
        _("The competent agency is missing"),
        _("Please choose the agency that is competent, so that the family is not sent astray."),
    ),
    "conference-result-missing": (
        _("The result is missing"),
        _("Please choose either the agency that takes it on, or the next legal step."),
    ),
    "nothing-to-undo": (
        _("This cannot be taken back"),
        _("Somebody has gone on from there, a mail has left, or somebody else did it."),
    ),
    "undo-too-late": (
        _("It is too late to take this back"),
        _("Acts can be taken back for five minutes. Please tell the other side what is wrong."),
    ),
    "unknown-step": (
        _("There is no such step"),
        _("This case has no such step. Please go back to the case and choose one."),
    ),
    "step-not-due": (
        _("It is not this step's turn"),
        _("This step cannot be requested or left out now. The case shows which step is due."),
    ),
    "agency-unfit": (
        _("This agency does not fit"),
        _("This agency does not serve this legal area or this place. Please choose another one."),
    ),
    "basis-missing": (
        _("A basis is missing"),
        _("No statute and no consent covers this. For a whole household every adult consents."),
    ),
    "note-not-covered": (
        _("The consent covers no note"),
        _("Please leave the note out, or ask the person for a consent that names it."),
    ),
    "unknown-entitlement": (
        _("This is not in the timeline"),
        _("The case has no such entry. Please go back to the timeline and choose one."),
    ),
    "ends-before-start": (
        _("The days do not fit together"),
        _("Nothing can end before its first day. Please correct the days."),
    ),
    "entitlements-full": (
        _("The timeline is full"),
        _("One case keeps 200 entries. Please change those that are there."),
    ),
    "path-runs-already": (
        _("This path is under way"),
        _("It runs for the same person already. The case shows how far it has come."),
    ),
    "paths-full": (
        _("The case has too many paths"),
        _("One case has 40 paths at most. Please close it and open a new one."),
    ),
    "member-gone": (
        _("The person has left the household"),
        _("Nothing new begins for them here. Whoever comes back is added to the household anew."),
    ),
    "last-member": (
        _("Nobody would be left in the household"),
        _("The last member cannot leave it. If there is nothing left to do, close the case."),
    ),
    "requests-open": (
        _("Agencies are still working for this person"),
        _("Requests for this person alone: %(count)s. Please take them back, or wait for them."),
    ),
    "household-full": (
        _("The household is full"),
        _("One case keeps %(most)s people, with those who have left. Please open another one."),
    ),
    "steps-open": (
        _("Agencies are still working on it"),
        _("The case can be closed once its open requests are completed or taken back."),
    ),
    "unknown-path": (
        _("There is no such path"),
        _("This case has no such path. Please go back to the case and choose one."),
    ),
    "version-not-newer": (
        _("The path runs on this version already"),
        _("It runs on this version or a later one. Paths are moved to newer versions only."),
    ),
    "step-under-way": (
        _("A step is under way that the new version does not have"),
        _("Please see it through or leave it out first. Then the path can be moved."),
    ),
    "step-never-due": (
        _("On the new version a step would never be due"),
        _("Its conditions do not fit this household any more. The path stays as it is."),
    ),
}
"""Title and sentence for every rule of the domain that an act can break."""


def rule_words(broken: RuleBroken) -> tuple[str, str]:
    """Return title and sentence, not yet translated, for a broken rule; its params fill both."""
    return RULES[broken.code]
