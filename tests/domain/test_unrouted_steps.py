"""A step that is due and that nobody sends on: the gap that nobody sees without us."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.domain.households import PATH, SECOND_PATH, Household, path, station
from tests.domain.referrals import MONDAY
from workflows.domain.actions import Action
from workflows.domain.case_moments import (
    next_moment,
    overdue_at,
    pass_moment,
    take_in_consent,
    waiting_for_consent,
)
from workflows.domain.case_state import CaseEvent, StepState
from workflows.domain.clocks import Party
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.notices import Audience, Delivery, NoticeKind
from workflows.domain.terms import Term, Terms

REMINDED_AT = datetime(2027, 3, 3, 5, 0, tzinfo=UTC)
DUE_AT = datetime(2027, 3, 4, 22, 59, 59, tzinfo=UTC)
SUPERVISOR_AT = datetime(2027, 3, 8, 5, 0, tzinfo=UTC)
EVERYONE_AT = datetime(2027, 3, 11, 5, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PLACE = (PATH, "register")


@pytest.fixture
def household() -> Household:
    """A household of which one step is due; Anna has three working days to send it on."""
    return Household(path(station("register"), station("school", "register")))


def told(event: CaseEvent) -> list[tuple[NoticeKind, Audience]]:
    return [(notice.kind, notice.audience) for notice in event.notices]


def level(step: StepState) -> GapLevel | None:
    return step.gap.level if step.gap else None


def test_the_office_is_reminded_and_then_the_gap_opens_and_rises(household: Household) -> None:
    moments = [REMINDED_AT, DUE_AT, SUPERVISOR_AT, EVERYONE_AT]
    levels = [None, GapLevel.REMINDER, GapLevel.SUPERVISOR, GapLevel.EVERYONE]
    notices = [
        [(NoticeKind.REMINDER, Audience.SENDER)],
        [(NoticeKind.OVERDUE, Audience.SENDER)],
        [(NoticeKind.GAP, Audience.SENDERS_SUPERVISORS)],
        [
            (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
            (NoticeKind.ESCALATION, Audience.COORDINATORS),
        ],
    ]
    for moment, risen_to, who in zip(moments, levels, notices, strict=True):
        assert next_moment(household.state) == moment
        household.let_time_pass(moment)
        assert level(household.step("register")) == risen_to
        assert told(household.events[-1]) == who
    assert next_moment(household.state) is None
    assert [event.action for event in household.events] == [
        *("open", "remind", "overdue", "escalate", "escalate")
    ]


def test_the_gap_is_the_offices_and_begins_with_the_deadline(household: Household) -> None:
    household.let_time_pass(DUE_AT + 3 * SECOND)
    event = household.events[-1]
    [gap] = event.gaps_opened
    assert (gap.kind, gap.party, gap.opened_at) == (GapKind.UNROUTED, Party.SENDER, DUE_AT)
    assert (gap.seq, gap) == (event.seq, household.step("register").gap)
    assert (event.path_id, event.step) == PLACE


def test_the_gap_opens_once_and_then_rises(household: Household) -> None:
    clock = household.step("register").clock
    assert clock
    household.let_time_pass(EVERYONE_AT)
    reminded, overdue, *risen = household.events[1:]
    assert (reminded.gaps_opened, reminded.gaps_raised) == ((), ())
    [gap] = overdue.gaps_opened
    assert overdue.gaps_raised == ()
    assert [(event.gaps_opened, event.gaps_raised) for event in risen] == [
        ((), (gap.risen_to(level),)) for level in (GapLevel.SUPERVISOR, GapLevel.EVERYONE)
    ]
    assert household.step("register").gap == gap.risen_to(GapLevel.EVERYONE)
    notices = [notice for event in household.events for notice in event.notices]
    assert {notice.clock_seq for notice in notices} == {clock.seq}


def test_before_its_moment_nothing_happens(household: Household) -> None:
    assert pass_moment(household.state, REMINDED_AT - SECOND) is None


def test_what_was_missed_is_made_up_for_in_one_event(household: Household) -> None:
    outcome = pass_moment(household.state, EVERYONE_AT)
    assert outcome
    state, event = outcome
    assert next_moment(state) is None
    assert [kind for kind, _ in told(event)] == [
        *(NoticeKind.OVERDUE, NoticeKind.GAP, NoticeKind.ESCALATION, NoticeKind.ESCALATION)
    ]
    assert (event.action, event.gaps_opened[0].level) == ("overdue", GapLevel.EVERYONE)


def test_steps_that_became_due_together_are_recalled_one_by_one() -> None:
    household = Household(
        path(station("register"), station("doctor")), path(station("school"), path_id=SECOND_PATH)
    )
    household.let_time_pass(DUE_AT)
    recalled = [(event.action, event.path_id, event.step) for event in household.events[1:]]
    assert len(set(recalled)) == len(recalled) == 6
    causes = [event.cause for event in household.events]
    assert len(set(causes)) == len(causes)


def test_sending_it_on_closes_the_gap(household: Household) -> None:
    household.let_time_pass(SUPERVISOR_AT)
    gap = household.step("register").gap
    household.refer("register")
    assert household.step("register").gap is None
    assert household.events[-1].gaps_closed == (gap,)


def test_leaving_it_out_closes_the_gap(household: Household) -> None:
    household.let_time_pass(DUE_AT)
    household.waive("register")
    assert household.step("register").gap is None
    assert len(household.events[-1].gaps_closed) == 1


def test_closing_the_case_closes_every_gap() -> None:
    household = Household(path(station("register"), station("doctor")))
    household.let_time_pass(DUE_AT)
    household.close()
    assert len(household.events[-1].gaps_closed) == 2
    assert next_moment(household.state) is None


def test_a_step_that_must_wait_again_has_no_gap(household: Household) -> None:
    household.refer("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    household.let_time_pass(MONDAY + timedelta(days=5))
    assert household.step("school").gap
    household.act("register", Action.DISPUTE)
    assert household.step("school").gap is None
    assert len(household.events[-1].gaps_closed) == 1


def test_an_agency_that_was_asked_is_not_the_offices_to_recall(household: Household) -> None:
    household.refer("register")
    assert next_moment(household.state) is None


def test_a_request_that_was_taken_back_gives_the_office_its_time_anew(
    household: Household,
) -> None:
    household.let_time_pass(DUE_AT)
    household.refer("register")
    household.act("register", Action.CANCEL)
    clock = household.step("register").clock
    assert clock
    assert (clock.since, clock.passed, household.step("register").gap) == (DUE_AT, 0, None)


def test_a_step_that_nothing_permits_to_send_on_waits_for_a_consent(household: Household) -> None:
    outcome = pass_moment(household.state, DUE_AT, {PLACE})
    assert outcome
    [gap] = outcome[1].gaps_opened
    assert gap.kind is GapKind.CONSENT_MISSING
    assert waiting_for_consent(outcome[0]) == [PLACE]


def test_only_what_is_overdue_is_asked_about(household: Household) -> None:
    assert overdue_at(household.state, DUE_AT - SECOND) == []
    assert overdue_at(household.state, DUE_AT) == [PLACE]


def test_a_consent_that_is_given_leaves_the_step_to_be_sent_on(household: Household) -> None:
    outcome = pass_moment(household.state, SUPERVISOR_AT, {PLACE})
    assert outcome
    waiting, before = outcome
    given = take_in_consent(waiting, [], EVERYONE_AT)
    assert given
    state, event = given
    [closed], [opened] = event.gaps_closed, event.gaps_opened
    assert closed == before.gaps_opened[0]
    assert (opened.kind, opened.opened_at, opened.level) == (
        *(GapKind.UNROUTED, EVERYONE_AT, GapLevel.SUPERVISOR),
    )
    assert (opened.seq, event.action, waiting_for_consent(state)) == (
        *(event.seq, "consent-given", []),
    )
    assert (event.path_id, event.step) == PLACE
    step = state.find(*PLACE)
    assert step
    assert step.gap == opened
    assert next_moment(state) == EVERYONE_AT


def test_a_consent_for_something_else_changes_nothing(household: Household) -> None:
    outcome = pass_moment(household.state, DUE_AT, {PLACE})
    assert outcome
    assert take_in_consent(outcome[0], {PLACE}, EVERYONE_AT) is None
    assert take_in_consent(household.state, [], EVERYONE_AT) is None


def test_where_hours_count_the_office_is_told_at_once() -> None:
    urgent = Terms(refer=Term.model_validate("PT4H"), remind_before=Term.model_validate("PT1H"))
    household = Household(path(station("emergency", terms=urgent)))
    household.let_time_pass(MONDAY + timedelta(hours=4))
    notices = [notice for event in household.events for notice in event.notices]
    assert {notice.delivery for notice in notices} == {Delivery.AT_ONCE}
