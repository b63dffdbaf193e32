"""Opening a case makes its first steps due."""

from datetime import UTC, datetime

import pytest

from tests.cast import ANNA, OFFICE_A
from tests.domain.households import SECOND_PATH, Household, draft_case, path, station
from tests.domain.referrals import MONDAY
from workflows.domain.case import open_case
from workflows.domain.case_steps import deadline_requests, steps_to_wake, wake
from workflows.domain.clocks import Party
from workflows.domain.deadlines import deadline_for
from workflows.domain.statuses import CaseStatus, StepStatus
from workflows.domain.terms import Term, Terms


def test_a_draft_wakes_nothing() -> None:
    assert steps_to_wake(draft_case(path(station("register")))) == []


def test_the_case_is_open_and_says_by_whom() -> None:
    household = Household(path(station("register")))
    [event] = household.events
    assert household.state.status is CaseStatus.OPEN
    assert (event.seq, event.cause, event.at, event.actor) == (1, "open", MONDAY, ANNA)
    assert household.state.done_before("open") is not None


def test_first_steps_of_every_path_are_due_and_the_office_is_responsible() -> None:
    household = Household(
        path(station("register"), station("school", "register")),
        path(station("doctor"), path_id=SECOND_PATH),
    )
    for first in (household.step("register"), household.step("doctor", SECOND_PATH)):
        assert (first.status, first.responsible) == (StepStatus.DUE, OFFICE_A)
        assert first.clock
        assert (first.clock.party, first.clock.since) == (Party.SENDER, MONDAY)
        assert first.clock.due_at == datetime(2027, 3, 4, 22, 59, 59, tzinfo=UTC)


def test_later_steps_wait_and_are_nobodys_yet() -> None:
    household = Household(path(station("register"), station("school", "register")))
    later = household.step("school")
    assert (later.status, later.responsible, later.clock) == (StepStatus.WAITING, None, None)


def test_no_step_becomes_due_without_a_deadline() -> None:
    state, _ = open_case(draft_case(path(station("register"), station("doctor"))))
    steps = steps_to_wake(state)
    requests = deadline_requests(state, steps, MONDAY)
    with pytest.raises(ValueError, match="shorter"):
        wake(state, steps, [deadline_for(requests[0])], MONDAY)


def test_what_is_due_is_not_woken_twice() -> None:
    household = Household(path(station("register")))
    assert steps_to_wake(household.state) == []


def test_the_office_refers_within_the_steps_own_term_and_the_offices_calendar() -> None:
    terms = Terms(refer=Term(working_days=7), remind_before=Term(working_days=2))
    state = draft_case(path(station("register", terms=terms)))
    steps = [(state.paths[0].path_id, state.paths[0].steps[0])]
    [request] = deadline_requests(state, steps, MONDAY)
    assert (request.agency, request.start) == (OFFICE_A, MONDAY)
    assert (request.length, request.plan) == (terms.refer, terms.plan)
