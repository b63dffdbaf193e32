"""What programs and pages send about referrals."""

from pydantic import AwareDatetime

from service.cases.schemas import Body, Code, Day, Language
from service.web.text import Line, Paragraphs
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import Channel, ReferralOutcome


class AnswerSource(Body):
    """How the answer of an agency that is not on board came: channel, day, person spoken to."""

    channel: Channel
    on: Day
    spoken_to: Line


class AppointmentBody(Body):
    """When the client is expected, and the language to interpret from, if one is needed."""

    at: AwareDatetime
    interpreter: Language | None = None


class ActBody(Body):
    """What goes with an act. Which of it is needed depends on the act.

    ``until``: the last day of a hold or of a moved deadline. ``party``: whom a hold waits for.
    ``agency``: id or key of the one that is competent. ``next_step``: what a case conference came
    to without an agreement on one.
    """

    expected_seq: int | None = None
    reason: Reason | None = None
    note: Paragraphs | None = None
    assignee: Code | None = None
    source: AnswerSource | None = None
    until: Day | None = None
    party: Party | None = None
    agency: Code | None = None
    appointment: AppointmentBody | None = None
    outcome: ReferralOutcome | None = None
    next_step: LegalStep | None = None
