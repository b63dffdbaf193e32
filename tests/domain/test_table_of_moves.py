"""Who may do what in which status: every combination, against the table of the design by hand.

Three entries go beyond the design's table: work can be claimed, released and assigned for as
long as it lies with the receiver, and the sender can nudge until then, too.
"""

from itertools import product

import pytest

from tests.cast import ANNA, OFFICE_A, OTHER_AGENCY, RECEIVER
from tests.domain.referrals import in_status, well_formed
from workflows.domain.errors import IllegalMove, NotInvolved, RuleBroken
from workflows.domain.moves import Action
from workflows.domain.principal import Principal, Role
from workflows.domain.referral import check
from workflows.domain.statuses import Status

CLERKS_WORK: dict[Status, set[str]] = {
    Status.REQUESTED: {"receive", "claim", "release", "accept", "reject"},
    Status.RECEIVED: {"claim", "release", "accept", "reject"},
    Status.ACCEPTED: {"claim", "release", "arrive", "fail"},
    Status.IN_PROGRESS: {"claim", "release", "progress", "complete", "fail"},
    Status.COMPLETED: set(),
    Status.REJECTED: set(),
    Status.FAILED: set(),
    Status.CANCELLED: set(),
}
SENDERS_WORK: dict[Status, set[str]] = {
    Status.REQUESTED: {"cancel", "nudge"},
    Status.RECEIVED: {"cancel", "nudge"},
    Status.ACCEPTED: {"cancel", "nudge"},
    Status.IN_PROGRESS: {"nudge"},
    Status.COMPLETED: set(),
    Status.REJECTED: set(),
    Status.FAILED: set(),
    Status.CANCELLED: set(),
}
ANSWERS: dict[Status, set[str]] = {
    Status.REQUESTED: {"receive", "accept", "reject"},
    Status.RECEIVED: {"accept", "reject"},
    Status.ACCEPTED: {"arrive", "fail"},
    Status.IN_PROGRESS: {"progress", "complete", "fail"},
    Status.COMPLETED: set(),
    Status.REJECTED: set(),
    Status.FAILED: set(),
    Status.CANCELLED: set(),
}
"""What the sender records for an agency that is not on board."""

WITH_RECEIVER = {Status.REQUESTED, Status.RECEIVED, Status.ACCEPTED, Status.IN_PROGRESS}
RECEIVERS_WORDS = {"receive", "claim", "release", "accept", "reject", "arrive", "progress"} | {
    "complete",
    "fail",
}
SENDERS_WORDS = {"cancel", "nudge"}
PLACES = (OFFICE_A, RECEIVER, OTHER_AGENCY, None)


def allowed(status: Status, actor: Principal, *, on_board: bool) -> set[str]:
    """Say what the table lets this person do."""
    match actor.agency_id, actor.role:
        case place, Role.AGENCY_MEMBER if place == RECEIVER:
            return CLERKS_WORK[status]
        case place, Role.SUPERVISOR if place == RECEIVER:
            return CLERKS_WORK[status] | ({"assign"} if status in WITH_RECEIVER else set())
        case place, Role.CASE_MANAGER | Role.SUPERVISOR if place == OFFICE_A:
            if on_board:
                return SENDERS_WORK[status]
            return (SENDERS_WORK[status] | ANSWERS[status]) - {"nudge"}
    return set()


def vocabulary(actor: Principal, *, on_board: bool) -> set[str]:
    """Say which acts are this person's at all, in whatever status."""
    match actor.agency_id, actor.role:
        case place, Role.AGENCY_MEMBER if place == RECEIVER:
            return RECEIVERS_WORDS
        case place, Role.SUPERVISOR if place == RECEIVER:
            return RECEIVERS_WORDS | {"assign"}
        case place, Role.CASE_MANAGER | Role.SUPERVISOR if place == OFFICE_A:
            answers: set[str] = set().union(*ANSWERS.values())
            return SENDERS_WORDS | (set() if on_board else answers)
    return set()


def outcome(status: Status, action: Action, actor: Principal, *, on_board: bool) -> str:
    """Try it and say what came of it. Somebody has claimed the work, so it can be released."""
    state = in_status(status, on_board=on_board)
    state = state.model_copy(update={"claimed_by": actor.user_id})
    try:
        check(state, well_formed(action, actor))
    except RuleBroken as broken:
        return type(broken).__name__
    return "allowed"


def expected(status: Status, action: Action, actor: Principal, *, on_board: bool) -> str:
    """Read it in the table."""
    if action in allowed(status, actor, on_board=on_board):
        return "allowed"
    if action in vocabulary(actor, on_board=on_board):
        return IllegalMove.__name__
    return NotInvolved.__name__


@pytest.mark.parametrize("on_board", [True, False], ids=["on-board", "not-on-board"])
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("status", list(Status))
def test_every_side_and_role_may_do_what_the_table_says(
    status: Status, action: Action, on_board: bool
) -> None:
    for place, role in product(PLACES, Role):
        actor = Principal(user_id=ANNA.user_id, role=role, agency_id=place)
        answer = outcome(status, action, actor, on_board=on_board)
        assert answer == expected(status, action, actor, on_board=on_board), (place, role)
