"""Words for codes: whatever the domain says in a code, a person reads from here."""

from collections.abc import Mapping

from service.web.entry_words import (
    BENEFITS,
    CHANNELS,
    CONSENT_FORMS,
    EVENTS,
    HOUSEHOLD_ROLES,
    OUTCOMES,
    PERSONAL_DATA,
)
from service.web.i18n import Translator, _
from workflows.domain.errors import RuleBroken
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.moves import Action
from workflows.domain.principal import Role
from workflows.domain.reasons import Reason
from workflows.domain.statuses import CaseStatus, Status, StepStatus

ROLES: dict[str, str] = {
    Role.CASE_MANAGER: _("Case management"),
    Role.AGENCY_MEMBER: _("Clerk"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.COORDINATOR: _("Coordination"),
    Role.CLIENT: _("Client"),
    Role.ADMINISTRATOR: _("Administration"),
    Role.DATA_PROTECTION: _("Data protection"),
    Role.SYSTEM: _("Nahtlos"),
}

REFERRAL_STATUSES: dict[str, str] = {
    Status.REQUESTED: _("requested"),
    Status.RECEIVED: _("received"),
    Status.ACCEPTED: _("accepted"),
    Status.IN_PROGRESS: _("in progress"),
    Status.COMPLETED: _("completed"),
    Status.REJECTED: _("rejected"),
    Status.FAILED: _("came to nothing"),
    Status.CANCELLED: _("taken back"),
}

STEP_STATUSES: dict[str, str] = {
    StepStatus.WAITING: _("waits for other steps"),
    StepStatus.DUE: _("due"),
    StepStatus.REFERRED: _("requested"),
    StepStatus.IN_PROGRESS: _("in progress"),
    StepStatus.DONE: _("done"),
    StepStatus.WAIVED: _("left out"),
}

CASE_STATUSES: dict[str, str] = {
    CaseStatus.DRAFT: _("being opened"),
    CaseStatus.OPEN: _("open"),
    CaseStatus.CLOSED: _("closed"),
}

GAP_KINDS: dict[str, str] = {
    GapKind.UNANSWERED: _("no answer"),
    GapKind.NOT_ARRIVED: _("not arrived"),
    GapKind.NO_PROGRESS: _("no progress"),
    GapKind.REJECTED: _("rejected, not passed on"),
}

GAP_LEVELS: dict[str, str] = {
    GapLevel.SUPERVISOR: _("supervisor informed"),
}

REASONS: dict[str, str] = {
    Reason.NO_CAPACITY: _("no capacity"),
    Reason.NOT_COMPETENT: _("not competent"),
    Reason.DOCUMENTS_MISSING: _("documents are missing"),
    Reason.REQUIREMENTS_NOT_MET: _("requirements are not met"),
    Reason.REQUEST_UNCLEAR: _("the request is unclear"),
    Reason.DUPLICATE: _("already requested"),
    Reason.CLIENT_NOT_REACHED: _("client cannot be reached"),
    Reason.CLIENT_DECLINED: _("client does not want it"),
    Reason.CLIENT_MOVED: _("client has moved"),
    Reason.NO_LONGER_NEEDED: _("no longer needed"),
}

ACTIONS: dict[str, str] = {
    Action.RECEIVE: _("Confirm receipt"),
    Action.CLAIM: _("Take it on myself"),
    Action.RELEASE: _("Give it back to the team"),
    Action.ASSIGN: _("Assign"),
    Action.ACCEPT: _("Accept"),
    Action.REJECT: _("Reject"),
    Action.ARRIVE: _("Confirm arrival"),
    Action.PROGRESS: _("Report progress"),
    Action.COMPLETE: _("Confirm effect"),
    Action.FAIL: _("Report that it came to nothing"),
    Action.CANCEL: _("Take back"),
    Action.NUDGE: _("Follow up"),
}

WORDS: dict[str, Mapping[str, str]] = {
    "role": ROLES,
    "referral_status": REFERRAL_STATUSES,
    "step_status": STEP_STATUSES,
    "case_status": CASE_STATUSES,
    "gap_kind": GAP_KINDS,
    "gap_level": GAP_LEVELS,
    "reason": REASONS,
    "action": ACTIONS,
    "personal_data": PERSONAL_DATA,
    "channel": CHANNELS,
    "household_role": HOUSEHOLD_ROLES,
    "consent_form": CONSENT_FORMS,
    "outcome": OUTCOMES,
    "benefit": BENEFITS,
    "event": EVENTS,
}
"""Every kind of code; templates say ``{{ step.status | word("step_status") }}``."""

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
    "steps-open": (
        _("Agencies are still working on it"),
        _("The case can be closed once its open requests are completed or taken back."),
    ),
}
"""Title and sentence for every rule of the domain that an act can break."""


def word(t: Translator, code: str, kind: str) -> str:
    """Return the word for a code; an unknown code is shown as it is."""
    return t(WORDS[kind].get(code, code))


def rule_words(broken: RuleBroken) -> tuple[str, str]:
    """Return title and sentence, not yet translated, for a broken rule."""
    return RULES[broken.code]
