"""Which act tells whom."""

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.referrals import carry_out, in_status, sent
from workflows.domain.moves import Action
from workflows.domain.notices import Audience, Notice, NoticeKind
from workflows.domain.statuses import Status


def test_a_nudge_writes_to_the_receiver_about_the_running_clock() -> None:
    accepted = in_status(Status.ACCEPTED)
    _, event = carry_out(accepted, Action.NUDGE, ANNA)
    assert accepted.clock is not None
    clock_seq = accepted.clock.seq
    assert event.notices == (
        Notice(kind=NoticeKind.NUDGE, audience=Audience.RECEIVER, clock_seq=clock_seq),
    )


@pytest.mark.parametrize(
    ("before", "action", "kind"),
    [
        (Status.REQUESTED, Action.REJECT, NoticeKind.REJECTED),
        (Status.ACCEPTED, Action.FAIL, NoticeKind.FAILED),
        (Status.IN_PROGRESS, Action.FAIL, NoticeKind.FAILED),
    ],
)
def test_the_sender_hears_of_what_came_back_while_its_own_clock_runs(
    before: Status, action: Action, kind: NoticeKind
) -> None:
    _, event = carry_out(in_status(before), action, CLARA)
    assert event.notices == (Notice(kind=kind, audience=Audience.SENDER, clock_seq=event.seq),)


@pytest.mark.parametrize("action", [Action.RECEIVE, Action.CLAIM, Action.ACCEPT])
def test_what_goes_well_writes_to_nobody(action: Action) -> None:
    assert carry_out(sent(), action, CLARA)[1].notices == ()


def test_what_has_ended_writes_to_nobody() -> None:
    assert carry_out(in_status(Status.IN_PROGRESS), Action.COMPLETE, CLARA)[1].notices == ()
    assert carry_out(sent(), Action.CANCEL, ANNA)[1].notices == ()
