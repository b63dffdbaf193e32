"""A rehearsed path goes by the rules by which real ones go, and what it shows is counted right."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.counts import PATHS
from tests.domain.drawn import TERMS, random_path
from tests.domain.households import PATH, path, station
from workflows.domain.case_state import PathState
from workflows.domain.conduct import Conduct, later
from workflows.domain.gaps import GapKind
from workflows.domain.notices import Audience
from workflows.domain.rehearsal_findings import (
    DeadlineFound,
    RemindersFound,
    deadlines_found,
    reminders_found,
    weeks_to_the_end,
)
from workflows.domain.rehearsing import Awaited, Rehearsal, Reminded, rehearse
from workflows.domain.terms import Term, Terms

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
PUNCTUAL = Conduct(send=1, respond=2, appoint=1, arrive=3, effect=5, confirm=1)
APPOINTED = Terms(appoint=Term(working_days=2))

DELAY = st.integers(0, 40) | st.timedeltas(timedelta(0), timedelta(days=40))
CONDUCT = st.builds(
    Conduct,
    send=DELAY,
    respond=DELAY,
    appoint=DELAY,
    arrive=DELAY,
    effect=DELAY,
    confirm=st.none() | DELAY,
    refused=st.integers(0, 2),
)


def one_step(conduct: Conduct, terms: Terms | None = None) -> Rehearsal:
    return rehearse(path(station("school", terms=terms)), {"school": conduct}, MONDAY)


def told(seen: Rehearsal) -> list[tuple[str, Audience]]:
    """Return the day and the person of every reminder."""
    return [(f"{one.at:%d.%m.}", one.audience) for one in seen.reminded]


def test_where_everybody_is_punctual_nothing_is_missed_and_nobody_reminded() -> None:
    seen = one_step(PUNCTUAL)
    assert (seen.missed, seen.reminded) == ([], [])
    expected = [
        GapKind.UNROUTED,
        GapKind.UNANSWERED,
        GapKind.NOT_ARRIVED,
        GapKind.NO_PROGRESS,
    ]
    assert seen.awaited == [Awaited("school", kind) for kind in expected]
    assert seen.ended_at == datetime(2027, 3, 16, 9, 0, tzinfo=UTC)


def test_an_agency_that_answers_late_is_reminded_and_then_its_supervisors() -> None:
    seen = one_step(Conduct(send=0, respond=9, appoint=1, arrive=3, effect=5, confirm=1))
    assert seen.missed == [Awaited("school", GapKind.UNANSWERED)]
    assert told(seen) == [
        ("05.03.", Audience.RECEIVER),
        ("08.03.", Audience.RECEIVER),
        ("10.03.", Audience.RECEIVERS_SUPERVISORS),
    ]


def test_an_office_that_sends_late_is_reminded_until_everybody_hears_of_it() -> None:
    seen = one_step(Conduct(send=9, respond=1, appoint=1, arrive=3, effect=5, confirm=1))
    assert seen.missed == [Awaited("school", GapKind.UNROUTED)]
    assert told(seen) == [
        ("03.03.", Audience.SENDER),
        ("04.03.", Audience.SENDER),
        ("08.03.", Audience.SENDERS_SUPERVISORS),
        ("11.03.", Audience.SENDERS_SUPERVISORS),
        ("11.03.", Audience.COORDINATORS),
    ]


def test_a_refusal_is_sent_on_and_the_next_agency_answers_anew() -> None:
    conduct = Conduct(send=1, respond=2, appoint=1, arrive=3, effect=5, confirm=1, refused=2)
    seen = one_step(conduct)
    kinds = [one.kind for one in seen.awaited]
    assert kinds.count(GapKind.UNANSWERED) == 3
    assert kinds.count(GapKind.REJECTED) == 2
    assert seen.missed == []


def test_an_appointment_has_a_deadline_of_its_own() -> None:
    early = Conduct(send=1, respond=1, appoint=1, arrive=8, effect=5, confirm=1)
    late = Conduct(send=1, respond=1, appoint=4, arrive=8, effect=5, confirm=1)
    assert one_step(early, APPOINTED).missed == []
    assert one_step(late, APPOINTED).missed == [Awaited("school", GapKind.NO_APPOINTMENT)]


def test_without_a_word_that_it_happened_the_path_ends_all_the_same() -> None:
    silent = Conduct(send=1, respond=2, appoint=1, arrive=3, effect=5, confirm=None)
    seen = one_step(silent)
    assert seen.missed == []
    assert told(seen) == [("22.03.", Audience.SENDER)]
    assert seen.ended_at == one_step(PUNCTUAL).ended_at


def test_a_delay_counts_working_days_or_runs_to_the_second() -> None:
    friday = datetime(2027, 3, 5, 14, 0, tzinfo=UTC)
    assert later(friday, 0) == friday + timedelta(hours=1)
    assert later(friday, 1) == datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
    assert later(friday, timedelta(days=1)) == friday + timedelta(days=1)


@PATHS
@given(data=st.data(), drawn=random_path(PATH, terms=TERMS))
def test_every_path_ends_and_every_step_was_asked_for_as_often_as_it_was_refused(
    data: st.DataObject, drawn: PathState
) -> None:
    conducts = {step.key: data.draw(CONDUCT) for step in drawn.steps}
    seen = rehearse(drawn, conducts, MONDAY)
    for step in drawn.steps:
        refused = conducts[step.key].refused
        of_step = [one.kind for one in seen.awaited if one.step == step.key]
        assert of_step.count(GapKind.UNROUTED) == 1
        assert of_step.count(GapKind.UNANSWERED) == refused + 1
        assert of_step.count(GapKind.REJECTED) == refused
        assert of_step.count(GapKind.NO_PROGRESS) == 1
    for one in set(seen.missed):
        assert seen.missed.count(one) <= seen.awaited.count(one)
    assert all(seen.began_at < one.at for one in seen.reminded)
    assert [one.at for one in seen.reminded] == sorted(one.at for one in seen.reminded)


def seen_of(*missed: GapKind, began: datetime = MONDAY, **changes: object) -> Rehearsal:
    awaited = [Awaited("school", kind) for kind in (GapKind.UNROUTED, GapKind.UNANSWERED)]
    ended = began + timedelta(weeks=4)
    seen = Rehearsal(began, ended, awaited, [Awaited("school", kind) for kind in missed])
    for name, value in changes.items():
        setattr(seen, name, value)
    return seen


def test_deadlines_are_counted_over_all_paths_the_one_most_often_missed_first() -> None:
    late = seen_of(GapKind.UNANSWERED)
    later_still = seen_of(GapKind.UNANSWERED, GapKind.UNROUTED)
    found = deadlines_found([seen_of(), late, later_still, seen_of()])
    assert found == [
        DeadlineFound("school", GapKind.UNANSWERED, awaited=4, missed=2),
        DeadlineFound("school", GapKind.UNROUTED, awaited=4, missed=1),
    ]
    assert [one.share for one in found] == [0.5, 0.25]


def test_reminders_are_counted_by_week_and_for_each_legal_area_apart() -> None:
    def reminded(day: int, audience: Audience, step: str = "school") -> Reminded:
        return Reminded(MONDAY + timedelta(days=day), audience, step)

    first = [reminded(1, Audience.RECEIVER), reminded(2, Audience.RECEIVER, "job-centre")]
    second = [*(reminded(7 + day, Audience.RECEIVER) for day in range(3))]
    office = [reminded(15, Audience.SENDER), reminded(16, Audience.SENDER, "job-centre")]
    seen = [
        seen_of(reminded=[*first, *second, *office]),
        seen_of(began=MONDAY + timedelta(weeks=2)),
    ]
    areas = {"school": "schooling", "job-centre": "basic-income"}
    assert reminders_found(seen, areas) == [
        RemindersFound(Audience.RECEIVER, "schooling", usual=1, most=3),
        RemindersFound(Audience.SENDER, None, usual=0, most=2),
        RemindersFound(Audience.RECEIVER, "basic-income", usual=0, most=1),
    ]


def test_weeks_begin_on_monday_in_berlin() -> None:
    late_on_sunday = datetime(2027, 3, 7, 23, 30, tzinfo=UTC)
    seen = [
        seen_of(reminded=[Reminded(late_on_sunday, Audience.SENDER, "school")]),
        seen_of(began=MONDAY + timedelta(weeks=1)),
    ]
    also_on_monday = Reminded(MONDAY + timedelta(weeks=1), Audience.SENDER, "school")
    seen[0].reminded.append(also_on_monday)
    assert reminders_found(seen, {}) == [RemindersFound(Audience.SENDER, None, usual=1, most=2)]


def test_how_long_paths_take_is_told_by_the_middle_and_the_longest() -> None:
    lengths = [seen_of(ended_at=MONDAY + timedelta(weeks=weeks)) for weeks in (2, 3, 10)]
    assert weeks_to_the_end(lengths) == (3, 10)
