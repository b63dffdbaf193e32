"""Sending a request."""

from datetime import UTC, datetime

from tests.cast import ANNA
from tests.domain.referrals import HOUR, MONDAY, draft, send
from workflows.domain.clocks import Party
from workflows.domain.notices import Audience, Delivery, Notice, NoticeKind
from workflows.domain.statuses import Status
from workflows.domain.terms import Term, Terms


def test_the_receivers_clock_runs_from_the_first_second() -> None:
    state, event = send(draft())
    assert state.status is Status.REQUESTED
    assert state.clock is not None
    assert (state.clock.party, state.clock.since, state.clock.seq) == (Party.RECEIVER, MONDAY, 1)
    assert state.clock.due_at == datetime(2027, 3, 8, 22, 59, 59, tzinfo=UTC)
    assert (event.seq, event.at, event.actor, event.action) == (1, MONDAY, ANNA, "request")
    assert (state.seq, state.changed_seq, state.moved_seq) == (1, 1, 1)


def test_the_receivers_queue_is_told() -> None:
    _, event = send(draft())
    notice = Notice(kind=NoticeKind.REQUEST, audience=Audience.RECEIVER, clock_seq=1)
    assert event.notices == (notice,)


def test_where_hours_count_the_receivers_queue_is_told_at_once() -> None:
    _, event = send(draft(terms=Terms(respond=Term(duration=4 * HOUR))))
    assert [notice.delivery for notice in event.notices] == [Delivery.AT_ONCE]


def test_an_agency_that_is_not_on_board_gets_no_mail() -> None:
    _, event = send(draft(on_board=False))
    assert event.notices == ()


def test_the_note_is_named_in_the_event() -> None:
    note_id = draft().case_id
    _, event = send(draft(note_id=note_id))
    assert event.note_id == note_id
