"""What programs and pages send about referrals."""

from service.cases.schemas import Body, Code, Day
from service.web.text import Line, Paragraphs
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import Channel


class AnswerSource(Body):
    """How the answer of an agency that is not on board came: channel, day, person spoken to."""

    channel: Channel
    on: Day
    spoken_to: Line


class ActBody(Body):
    """What goes with an act. Which of it is needed depends on the act."""

    expected_seq: int | None = None
    reason: Reason | None = None
    note: Paragraphs | None = None
    assignee: Code | None = None
    source: AnswerSource | None = None
