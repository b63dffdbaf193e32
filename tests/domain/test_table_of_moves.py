"""Who may do what in which status: every combination, against the table of the design by hand.

Where the design's table says less: work can be claimed, released and assigned for as long as it
lies with the receiver, a question can be asked during work as well, and what is missing can hold
up what was accepted. A case conference (``confer``) is only after the second bounce. Here, what is
on hold was accepted and waits for the client.
"""

from itertools import product

import pytest

from tests.cast import ANNA, OFFICE_A, OTHER_AGENCY, RECEIVER
from tests.domain.referrals import NOW, in_status, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import IllegalMove, NotInvolved, RuleBroken
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_rules import check
from workflows.domain.statuses import Status

CLERKS_WORK: dict[Status, set[str]] = {
    Status.REQUESTED: {"receive", "claim", "release", "accept", "reject", "redirect", "ask"},
    Status.RECEIVED: {"claim", "release", "accept", "reject", "redirect", "ask"},
    Status.ACCEPTED: {"claim", "release", "appoint", "no-show", "arrive", "ask", "hold", "fail"},
    Status.IN_PROGRESS: {"claim", "release", "progress", "ask", "hold", "complete", "fail"},
    Status.ON_HOLD: {"claim", "release", "resume", "fail"},
}
SENDERS_WORK: dict[Status, set[str]] = {
    Status.REQUESTED: {"cancel", "nudge", "move-deadline"},
    Status.RECEIVED: {"cancel", "nudge", "move-deadline"},
    Status.ACCEPTED: {"cancel", "nudge", "move-deadline"},
    Status.IN_PROGRESS: {"nudge", "move-deadline"},
    Status.ON_HOLD: {"cancel", "resume", "move-deadline"},
    Status.COMPLETED: {"confirm", "dispute"},
    Status.REJECTED: {"move-deadline"},
    Status.FAILED: {"move-deadline"},
}
ANSWERS: dict[Status, set[str]] = {
    status: work - {"claim", "release", "resume"} for status, work in CLERKS_WORK.items()
}
"""What the sender records for an agency that is not on board."""

RECEIVERS_WORDS = set().union(*CLERKS_WORK.values())
SENDERS_WORDS = set().union({"answer", "confer"}, *SENDERS_WORK.values())
PLACES = (OFFICE_A, RECEIVER, OTHER_AGENCY, None)


def allowed(status: Status, actor: Principal, *, on_board: bool) -> set[str]:
    """Say what the table lets this person do."""
    match actor.agency_id, actor.role:
        case place, Role.AGENCY_MEMBER if place == RECEIVER:
            return CLERKS_WORK.get(status, set())
        case place, Role.SUPERVISOR if place == RECEIVER:
            return CLERKS_WORK.get(status, set()) | ({"assign"} if status in CLERKS_WORK else set())
        case place, Role.CASE_MANAGER | Role.SUPERVISOR if place == OFFICE_A:
            if on_board:
                return SENDERS_WORK.get(status, set())
            return (SENDERS_WORK.get(status, set()) | ANSWERS.get(status, set())) - {"nudge"}
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
        check(state, well_formed(action, actor), NOW)
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
@pytest.mark.parametrize("action", [action for action in Action if action is not Action.UNDO])
@pytest.mark.parametrize("status", list(Status))
def test_every_side_and_role_may_do_what_the_table_says(
    status: Status, action: Action, on_board: bool
) -> None:
    for place, role in product(PLACES, Role):
        actor = Principal(user_id=ANNA.user_id, role=role, agency_id=place)
        answer = outcome(status, action, actor, on_board=on_board)
        assert answer == expected(status, action, actor, on_board=on_board), (place, role)
