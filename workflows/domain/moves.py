"""The moves of a referral: who may do what in which status, and whose clock runs then.

This is the table of the design, as data. A move that is not listed is illegal.
"""

from dataclasses import dataclass

from workflows.domain.actions import Action, Side
from workflows.domain.clocks import Party
from workflows.domain.principal import Role
from workflows.domain.reasons import (
    REASONS_OF_DISPUTE,
    REASONS_OF_FAILURE,
    REASONS_OF_HOLD,
    REASONS_OF_MOVED_DEADLINE,
    REASONS_OF_REJECTION,
)
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import TermName


@dataclass(frozen=True)
class ClockStart:
    """Stop the running clock and start this party's, for the length of that term.

    Where the step has not agreed on the term, ``or_else`` counts; without either nobody is
    waited for any more.
    """

    party: Party
    term: TermName
    or_else: TermName | None = None


@dataclass(frozen=True)
class ClockStop:
    """Stop the running clock: nobody is waited for any more."""


@dataclass(frozen=True)
class ClockPause:
    """Stop the running clock and start that of the party which the act names, to its last day."""


@dataclass(frozen=True)
class ClockGoesOn:
    """Stop the clock of a hold; the one that was paused goes on with what it had left."""


@dataclass(frozen=True)
class ClockAfterAppointment:
    """Stop the running clock; the receiver's runs until it has to say how the appointment went."""


@dataclass(frozen=True)
class ClockMoved:
    """Let the running clock end on another day."""


ClockRule = (
    ClockStart | ClockStop | ClockPause | ClockGoesOn | ClockAfterAppointment | ClockMoved | None
)


@dataclass(frozen=True)
class Move:
    """One row of the table. ``to`` None keeps the status, ``clock`` None keeps the clock."""

    side: Side
    allowed_in: frozenset[Status]
    to: Status | None = None
    clock: ClockRule = None
    means: BusinessStatus | None = None
    roles: frozenset[Role] = frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR})
    reasons: frozenset[str] = frozenset()
    while_held: bool = False
    """It is allowed on hold as well, if it was allowed before."""
    by_both: bool = False
    """The other side may do it too."""
    needs_note: bool = False
    within_house: bool = False
    """It is about who in the agency works on it; nobody can do that for the agency."""


UNANSWERED = frozenset({Status.REQUESTED, Status.RECEIVED})
UNDER_WAY = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
WITH_RECEIVER = UNANSWERED | UNDER_WAY
BACK_WITH_SENDER = frozenset({Status.REJECTED, Status.FAILED})
"""Nothing leads out of them by a move: somebody has to send the step elsewhere or waive it."""

_HELD = frozenset({Status.ON_HOLD})
_BACK_TO_SENDER = ClockStart(Party.SENDER, TermName.REFER)

MOVES: dict[Action, Move] = {
    Action.RECEIVE: Move(Side.RECEIVER, frozenset({Status.REQUESTED}), to=Status.RECEIVED),
    Action.CLAIM: Move(Side.RECEIVER, WITH_RECEIVER, while_held=True, within_house=True),
    Action.RELEASE: Move(Side.RECEIVER, WITH_RECEIVER, while_held=True, within_house=True),
    Action.ASSIGN: Move(
        Side.RECEIVER,
        WITH_RECEIVER,
        roles=frozenset({Role.SUPERVISOR}),
        while_held=True,
        within_house=True,
    ),
    Action.ACCEPT: Move(
        Side.RECEIVER,
        UNANSWERED,
        to=Status.ACCEPTED,
        clock=ClockStart(Party.RECEIVER, TermName.APPOINT, or_else=TermName.ARRIVE),
    ),
    Action.REJECT: Move(
        Side.RECEIVER,
        UNANSWERED,
        to=Status.REJECTED,
        clock=_BACK_TO_SENDER,
        reasons=REASONS_OF_REJECTION,
        while_held=True,
    ),
    Action.REDIRECT: Move(
        Side.RECEIVER,
        UNANSWERED,
        to=Status.REJECTED,
        clock=_BACK_TO_SENDER,
        means=BusinessStatus.REDIRECTED,
        while_held=True,
    ),
    Action.ASK: Move(
        Side.RECEIVER,
        WITH_RECEIVER,
        to=Status.ON_HOLD,
        clock=ClockStart(Party.SENDER, TermName.ANSWER),
        means=BusinessStatus.QUESTION,
        needs_note=True,
    ),
    Action.ANSWER: Move(Side.SENDER, _HELD, clock=ClockGoesOn(), needs_note=True),
    Action.APPOINT: Move(
        Side.RECEIVER,
        frozenset({Status.ACCEPTED}),
        clock=ClockAfterAppointment(),
        means=BusinessStatus.APPOINTMENT,
    ),
    Action.NO_SHOW: Move(
        Side.RECEIVER,
        frozenset({Status.ACCEPTED}),
        clock=ClockStart(Party.CLIENT, TermName.COME_BACK),
        means=BusinessStatus.NO_SHOW,
    ),
    Action.ARRIVE: Move(
        Side.RECEIVER,
        frozenset({Status.ACCEPTED}),
        to=Status.IN_PROGRESS,
        clock=ClockStart(Party.RECEIVER, TermName.EFFECT),
    ),
    Action.PROGRESS: Move(Side.RECEIVER, frozenset({Status.IN_PROGRESS}), needs_note=True),
    Action.HOLD: Move(
        Side.RECEIVER, UNDER_WAY, to=Status.ON_HOLD, clock=ClockPause(), reasons=REASONS_OF_HOLD
    ),
    Action.RESUME: Move(Side.RECEIVER, _HELD, clock=ClockGoesOn(), by_both=True),
    Action.COMPLETE: Move(
        Side.RECEIVER,
        frozenset({Status.IN_PROGRESS}),
        to=Status.COMPLETED,
        clock=ClockStart(Party.CLIENT, TermName.CONFIRM),
    ),
    Action.FAIL: Move(
        Side.RECEIVER,
        UNDER_WAY,
        to=Status.FAILED,
        clock=_BACK_TO_SENDER,
        reasons=REASONS_OF_FAILURE,
        while_held=True,
    ),
    Action.CANCEL: Move(
        Side.SENDER,
        UNANSWERED | {Status.ACCEPTED},
        to=Status.CANCELLED,
        clock=ClockStop(),
        while_held=True,
    ),
    Action.NUDGE: Move(Side.SENDER, WITH_RECEIVER),
    Action.MOVE_DEADLINE: Move(
        Side.SENDER,
        WITH_RECEIVER | BACK_WITH_SENDER,
        clock=ClockMoved(),
        reasons=REASONS_OF_MOVED_DEADLINE,
        while_held=True,
    ),
    Action.CONFER: Move(Side.SENDER, frozenset({Status.REJECTED}), needs_note=True),
    Action.CONFIRM: Move(
        Side.SENDER,
        frozenset({Status.COMPLETED}),
        clock=ClockStop(),
        means=BusinessStatus.CONFIRMED,
    ),
    Action.DISPUTE: Move(
        Side.SENDER,
        frozenset({Status.COMPLETED}),
        to=Status.IN_PROGRESS,
        clock=ClockStart(Party.RECEIVER, TermName.EFFECT),
        means=BusinessStatus.DISPUTED,
        reasons=REASONS_OF_DISPUTE,
    ),
}
"""``undo`` is no row: it takes the latest row back, see ``undoing``."""
