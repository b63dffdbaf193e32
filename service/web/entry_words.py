"""Words for what people choose in forms, and for what stands in a history."""

from service.web.i18n import _
from workflows.domain.actions import Action
from workflows.domain.personal_data import PersonalData
from workflows.domain.reasons import CaseOutcome, LeavingReason
from workflows.domain.referral_state import Channel

PERSONAL_DATA: dict[str, str] = {
    PersonalData.NAME: _("name"),
    PersonalData.BIRTH_DATE: _("date of birth"),
    PersonalData.LANGUAGES: _("languages"),
    PersonalData.HOUSEHOLD: _("size of the household"),
    PersonalData.NOTE: _("note"),
}

CHANNELS: dict[str, str] = {
    Channel.TELEPHONE: _("by telephone"),
    Channel.FAX: _("by fax"),
    Channel.LETTER: _("by letter"),
    Channel.EMAIL: _("by e-mail"),
    Channel.IN_PERSON: _("in person"),
}

CONCERNED: dict[str, str] = {
    "adult": _("for the adults"),
    "child": _("for the children"),
}
"""Whom of the household a step is about."""

HOUSEHOLD_ROLES: dict[str, str] = {
    "adult": _("adult"),
    "child": _("child"),
}

CONSENT_FORMS: dict[str, str] = {
    "written": _("in writing"),
    "oral": _("by word of mouth"),
    "electronic": _("electronically"),
}

LEAVING_REASONS: dict[str, str] = {
    LeavingReason.MOVED_AWAY: _("has moved away"),
    LeavingReason.OWN_HOUSEHOLD: _("has a household of their own"),
    LeavingReason.DECEASED: _("has died"),
    LeavingReason.NOTED_BY_MISTAKE: _("was noted here by mistake"),
    LeavingReason.OTHER: _("something else"),
}
"""Why somebody does not belong to a household any more."""

OUTCOMES: dict[str, str] = {
    CaseOutcome.GOAL_REACHED: _("Everything is arranged"),
    CaseOutcome.HANDED_ON: _("Somebody else goes on with it"),
    CaseOutcome.MOVED_AWAY: _("The family has moved away"),
    CaseOutcome.CONTACT_LOST: _("The family cannot be reached any more"),
    CaseOutcome.DECLINED: _("The family does not want any more help"),
    CaseOutcome.OTHER: _("Something else, see the note"),
}
"""With what a case can be closed."""

BENEFITS: dict[str, str] = {
    "asylum-benefits": _("Asylum seekers' benefits"),
    "basic-income": _("Basic income support"),
    "housing-benefit": _("Housing benefit"),
    "child-benefit": _("Child benefit"),
    "child-supplement": _("Child supplement"),
    "education-and-participation": _("Education and participation"),
}
"""Benefits whose applications travel with a referral."""

EVENTS: dict[str, str] = {
    "request": _("Requested"),
    Action.RECEIVE: _("Receipt confirmed"),
    Action.CLAIM: _("Taken on"),
    Action.RELEASE: _("Given back to the team"),
    Action.ASSIGN: _("Assigned to a colleague"),
    Action.ACCEPT: _("Accepted"),
    Action.REJECT: _("Rejected"),
    Action.ARRIVE: _("Arrival confirmed"),
    Action.PROGRESS: _("Progress reported"),
    Action.COMPLETE: _("Effect confirmed"),
    Action.FAIL: _("Came to nothing"),
    Action.CANCEL: _("Taken back"),
    Action.NUDGE: _("Followed up"),
    Action.REDIRECT: _("Not competent"),
    Action.ASK: _("Asked a question"),
    Action.ANSWER: _("Answered the question"),
    Action.APPOINT: _("Made an appointment"),
    Action.NO_SHOW: _("Nobody came to the appointment"),
    Action.HOLD: _("Put on hold"),
    Action.RESUME: _("Went on"),
    Action.MOVE_DEADLINE: _("Moved the deadline"),
    Action.CONFER: _("Recorded what came of the case conference"),
    Action.CONFIRM: _("Confirmed that it happened"),
    Action.DISPUTE: _("Objected: it did not happen as reported"),
    Action.UNDO: _("Took the last act back"),
    "remind": _("Reminder sent"),
    "overdue": _("Deadline passed: a gap opened"),
    "escalate": _("Still open: others were informed"),
    "lapse": _("Nobody objected"),
    "refer-again": _("Went on to another agency"),
    "waive": _("Step left out"),
    "close": _("The case was closed"),
    "transfer": _("Another office has taken the case over"),
}
"""What happened, as the history says it."""

UNUSABLE_ENTRIES: dict[str, str] = {
    "unknown-agency": _("This agency is not in the directory. Please choose one of the list."),
    "unknown-member": _("Please choose a member of the household."),
    "unknown-colleague": _("Nobody of this name works here in that role. Please choose again."),
    "unknown-municipality": _("Please choose one of the municipalities of the list."),
    "unknown-pathway": _("Please choose one of the pathways of the list."),
    "unknown-kind": _("Please choose one of the entries of the list."),
    "unknown-version": _("This version is not published. Please look at the pathway's versions."),
    "in-the-future": _("This day lies in the future. Please correct it."),
    "before-birth": _("This day lies before the date of birth. Please correct it."),
    "before-joining": _("On this day the person had not joined the household yet."),
    "no-office": _("Please choose another office of the integration management."),
    "several-paths": _("Several paths have this step. Please start from the case's page."),
}
"""Why an entry cannot be used, by the code of ``UnusableEntry``."""
