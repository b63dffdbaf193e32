"""A referral that came back ends when the case sends its step elsewhere or waives it."""

import pytest

from tests.cast import ANNA
from tests.domain.referrals import HOUR, MONDAY, ending, in_status, settled
from workflows.domain.clocks import Party, Span
from workflows.domain.referral import settle
from workflows.domain.statuses import Status


@pytest.mark.parametrize("status", [Status.REJECTED, Status.FAILED])
def test_settling_ends_the_senders_clock_and_the_referral(status: Status) -> None:
    before = in_status(status)
    at = MONDAY + 30 * HOUR
    state, event = settled(before, at)
    assert before.clock is not None
    assert (state.status, state.clock, state.closed_at) == (status, None, at)
    assert event.ended == Span(
        party=Party.SENDER, status=status, since=before.clock.since, until=at
    )
    assert (event.seq, event.action, event.actor) == (before.seq + 1, "waive", ANNA)
    assert (event.reason, event.cause) == ("no-longer-needed", "case:7")
    assert state.moved_seq == state.changed_seq == event.seq
    assert state.moved_at == at


@pytest.mark.parametrize("status", [Status.ENTERED_IN_ERROR, Status.CANCELLED])
def test_what_has_ended_is_not_settled(status: Status) -> None:
    assert settle(in_status(status), ending(in_status(status), "refer-again"), MONDAY) is None


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.ACCEPTED, Status.ON_HOLD])
def test_what_was_sent_elsewhere_while_its_refusal_was_taken_back_is_cancelled(
    status: Status,
) -> None:
    before = in_status(status)
    outcome = settle(before, ending(before, "refer-again"), MONDAY + 30 * HOUR)
    assert outcome is not None
    state, event = outcome
    assert (state.status, event.status) == (Status.CANCELLED, Status.CANCELLED)
    assert (state.clock, state.hold, state.closed_at) == (None, None, event.at)


def test_what_was_settled_is_not_settled_again() -> None:
    state, _ = settled(in_status(Status.REJECTED))
    assert settle(state, ending(state, "refer-again", case_seq=8), MONDAY + 9 * HOUR) is None
