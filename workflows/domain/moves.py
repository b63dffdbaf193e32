"""The moves of a referral: who may do what in which status, and whose clock runs then.

This is the table of the design, as data. A move that is not listed is illegal.
"""

from dataclasses import dataclass
from enum import StrEnum

from workflows.domain.clocks import Party
from workflows.domain.principal import Role
from workflows.domain.reasons import REASONS_OF_FAILURE, REASONS_OF_REJECTION
from workflows.domain.statuses import Status
from workflows.domain.terms import TermName


class Action(StrEnum):
    """What a person can do with a referral."""

    RECEIVE = "receive"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REJECT = "reject"
    ARRIVE = "arrive"
    PROGRESS = "progress"
    COMPLETE = "complete"
    FAIL = "fail"
    CANCEL = "cancel"
    NUDGE = "nudge"


class Side(StrEnum):
    """The two agencies of a referral."""

    SENDER = "sender"
    RECEIVER = "receiver"


@dataclass(frozen=True)
class ClockStart:
    """Stop the running clock and start this party's, for the length of that term."""

    party: Party
    term: TermName


@dataclass(frozen=True)
class ClockStop:
    """Stop the running clock: nobody is waited for any more."""


@dataclass(frozen=True)
class Move:
    """One row of the table. ``to`` None keeps the status, ``clock`` None keeps the clock."""

    side: Side
    allowed_in: frozenset[Status]
    to: Status | None = None
    clock: ClockStart | ClockStop | None = None
    roles: frozenset[Role] = frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR})
    reasons: frozenset[str] = frozenset()
    within_house: bool = False
    """It is about who in the agency works on it; nobody can do that for the agency."""


UNANSWERED = frozenset({Status.REQUESTED, Status.RECEIVED})
WITH_RECEIVER = UNANSWERED | {Status.ACCEPTED, Status.IN_PROGRESS}
BACK_WITH_SENDER = frozenset({Status.REJECTED, Status.FAILED})
"""Nothing leads out of them by a move: somebody has to send the step elsewhere or waive it."""

BACK_TO_SENDER = ClockStart(Party.SENDER, TermName.REFER)

MOVES: dict[Action, Move] = {
    Action.RECEIVE: Move(Side.RECEIVER, frozenset({Status.REQUESTED}), to=Status.RECEIVED),
    Action.CLAIM: Move(Side.RECEIVER, WITH_RECEIVER, within_house=True),
    Action.RELEASE: Move(Side.RECEIVER, WITH_RECEIVER, within_house=True),
    Action.ASSIGN: Move(
        Side.RECEIVER, WITH_RECEIVER, roles=frozenset({Role.SUPERVISOR}), within_house=True
    ),
    Action.ACCEPT: Move(
        Side.RECEIVER,
        UNANSWERED,
        to=Status.ACCEPTED,
        clock=ClockStart(Party.RECEIVER, TermName.ARRIVE),
    ),
    Action.REJECT: Move(
        Side.RECEIVER,
        UNANSWERED,
        to=Status.REJECTED,
        clock=BACK_TO_SENDER,
        reasons=REASONS_OF_REJECTION,
    ),
    Action.ARRIVE: Move(
        Side.RECEIVER,
        frozenset({Status.ACCEPTED}),
        to=Status.IN_PROGRESS,
        clock=ClockStart(Party.RECEIVER, TermName.EFFECT),
    ),
    Action.PROGRESS: Move(Side.RECEIVER, frozenset({Status.IN_PROGRESS})),
    Action.COMPLETE: Move(
        Side.RECEIVER, frozenset({Status.IN_PROGRESS}), to=Status.COMPLETED, clock=ClockStop()
    ),
    Action.FAIL: Move(
        Side.RECEIVER,
        frozenset({Status.ACCEPTED, Status.IN_PROGRESS}),
        to=Status.FAILED,
        clock=BACK_TO_SENDER,
        reasons=REASONS_OF_FAILURE,
    ),
    Action.CANCEL: Move(
        Side.SENDER,
        UNANSWERED | {Status.ACCEPTED},
        to=Status.CANCELLED,
        clock=ClockStop(),
    ),
    Action.NUDGE: Move(Side.SENDER, WITH_RECEIVER),
}
