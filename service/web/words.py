"""Words for codes: whatever the domain says in a code, a person reads from here."""

from collections.abc import Mapping

from service.web.entry_words import (
    BENEFITS,
    CHANNELS,
    CONCERNED,
    CONSENT_FORMS,
    EVENTS,
    HOUSEHOLD_ROLES,
    LEAVING_REASONS,
    OUTCOMES,
    PERSONAL_DATA,
)
from service.web.i18n import Translator, _
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.principal import Role
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import ReferralOutcome
from workflows.domain.statuses import BusinessStatus, CaseStatus, Status, StepStatus

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
    Status.DRAFT: _("being written"),
    Status.IN_PROGRESS: _("in progress"),
    Status.ON_HOLD: _("on hold"),
    Status.COMPLETED: _("completed"),
    Status.REJECTED: _("rejected"),
    Status.FAILED: _("came to nothing"),
    Status.CANCELLED: _("taken back"),
    Status.ENTERED_IN_ERROR: _("sent by mistake"),
}

BUSINESS_STATUSES: dict[str, str] = {
    BusinessStatus.QUESTION: _("a question is open"),
    BusinessStatus.WAITING_CLIENT: _("waits for the family"),
    BusinessStatus.WAITING_THIRD_PARTY: _("waits for somebody else"),
    BusinessStatus.APPOINTMENT: _("appointment made"),
    BusinessStatus.NO_SHOW: _("appointment missed"),
    BusinessStatus.REDIRECTED: _("another agency is competent"),
    BusinessStatus.CONFIRMED: _("confirmed"),
    BusinessStatus.DISPUTED: _("disputed"),
}

PARTIES: dict[str, str] = {
    Party.SENDER: _("the sender"),
    Party.RECEIVER: _("the agency"),
    Party.CLIENT: _("the family"),
    Party.THIRD_PARTY: _("somebody else"),
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
    GapKind.NO_APPOINTMENT: _("no appointment"),
    GapKind.NOT_ARRIVED: _("not arrived"),
    GapKind.NO_PROGRESS: _("no progress"),
    GapKind.QUESTION_OPEN: _("question not answered"),
    GapKind.REJECTED: _("rejected, not passed on"),
    GapKind.DISPUTED: _("effect disputed"),
    GapKind.UNROUTED: _("nobody asked yet"),
    GapKind.CONSENT_MISSING: _("a consent is missing"),
    GapKind.DOCUMENT_EXPIRING: _("runs out, nothing under way"),
}

GAP_LEVELS: dict[str, str] = {
    GapLevel.REMINDER: _("reminded"),
    GapLevel.SUPERVISOR: _("supervisor informed"),
    GapLevel.EVERYONE: _("both supervisors and coordination informed"),
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
    Reason.MEMBER_LEFT: _("the person has left the household"),
    Reason.OFFICE_CLOSED: _("the agency is closed"),
    Reason.CLIENT_UNAVAILABLE: _("client is away or ill"),
    Reason.DECISION_PENDING: _("a decision elsewhere is awaited"),
    Reason.PLACE_PENDING: _("a place becomes free later"),
    Reason.AGREED: _("agreed with the other side"),
    Reason.DID_NOT_HAPPEN: _("it did not happen"),
    Reason.HAPPENED_IN_PART: _("it happened only in part"),
    Reason.DID_NOT_LAST: _("it has stopped again"),
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
    Action.REDIRECT: _("Name the competent agency"),
    Action.ASK: _("Ask the sender"),
    Action.ANSWER: _("Answer"),
    Action.APPOINT: _("Enter an appointment"),
    Action.NO_SHOW: _("Report that nobody came"),
    Action.HOLD: _("Put on hold"),
    Action.RESUME: _("Go on"),
    Action.MOVE_DEADLINE: _("Move the deadline"),
    Action.CONFER: _("Record what came of the case conference"),
    Action.CONFIRM: _("Confirm that it happened"),
    Action.DISPUTE: _("Object"),
    Action.UNDO: _("Undo"),
}

LEGAL_STEPS: dict[str, str] = {
    LegalStep.FORMAL_APPLICATION: _(
        "Apply formally, so that it is passed on and decided (§ 16 SGB I)"
    ),
    LegalStep.ADVANCE_BENEFITS: _("Ask whoever was asked first to pay in advance (§ 43 SGB I)"),
    LegalStep.OBJECTION: _("Object to the decision"),
    LegalStep.SUPERVISORY_AUTHORITY: _("Ask the supervisory authority"),
    LegalStep.LEGAL_ADVICE: _("Get legal advice from outside"),
}

REFERRAL_OUTCOMES: dict[str, str] = {
    ReferralOutcome.ACHIEVED: _("It has taken effect in full"),
    ReferralOutcome.PARTLY: _("It has taken effect in part, see the note"),
}

WORDS: dict[str, Mapping[str, str]] = {
    "role": ROLES,
    "referral_status": REFERRAL_STATUSES,
    "step_status": STEP_STATUSES,
    "case_status": CASE_STATUSES,
    "business_status": BUSINESS_STATUSES,
    "party": PARTIES,
    "referral_outcome": REFERRAL_OUTCOMES,
    "gap_kind": GAP_KINDS,
    "gap_level": GAP_LEVELS,
    "reason": REASONS,
    "legal_step": LEGAL_STEPS,
    "action": ACTIONS,
    "personal_data": PERSONAL_DATA,
    "channel": CHANNELS,
    "household_role": HOUSEHOLD_ROLES,
    "concerned": CONCERNED,
    "consent_form": CONSENT_FORMS,
    "leaving_reason": LEAVING_REASONS,
    "outcome": OUTCOMES,
    "benefit": BENEFITS,
    "event": EVENTS,
}
"""Every kind of code; templates say ``{{ step.status | word("step_status") }}``."""


def word(t: Translator, code: str, kind: str) -> str:
    """Return the word for a code; an unknown code is shown as it is."""
    return t(WORDS[kind].get(code, code))
