"""Residence titles, benefits and permits: what runs out is seen coming, and opens a gap in time."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import ANNA, CLARA, OFFICE_A, OUTSIDERS, STEFAN
from tests.domain.entitlements import FATHER, MOTHER, entitlement, in_days, to_record
from tests.domain.households import SECOND_PATH, Household, new_id, path, station
from tests.domain.referrals import MONDAY
from workflows.domain.case_state import PathState
from workflows.domain.clocks import Party
from workflows.domain.deadlines import Recall
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut
from workflows.domain.entitlement_moves import (
    MOST_HELD,
    check_change,
    check_let_run_out,
    check_record,
)
from workflows.domain.entitlements import Entitlement
from workflows.domain.errors import (
    EndsBeforeStart,
    EntitlementsFull,
    IllegalMove,
    NotInvolved,
    ReasonMissing,
    UnknownEntitlement,
)
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.legal_rules import END_OF_MONTH, Period
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.path_starting import StartPath
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.running_out import (
    PLAN,
    act_by,
    at_rest,
    entitlements_to_watch,
    requests_for_entitlements,
    runs_out,
)
from workflows.domain.statuses import CaseStatus
from workflows.domain.working_days import local_day

OF_WAIVER = {"no-longer-needed", "client-declined", "client-moved"}


@pytest.fixture
def household() -> Household:
    """Open a case; of its one step nobody is late."""
    household = Household(path(station("register")))
    household.waive("register")
    return household


def _noted(household: Household, wanted: Entitlement) -> Entitlement:
    household.record(to_record(wanted))
    return wanted


def _change(wanted: Entitlement, **changes: object) -> ChangeEntitlement:
    act = ChangeEntitlement(
        actor=ANNA,
        entitlement_id=wanted.id,
        printed_until=wanted.printed_until,
        effective_until=wanted.effective_until,
    )
    return act.model_copy(update=changes)


def _let(wanted: Entitlement, **changes: object) -> LetRunOut:
    act = LetRunOut(actor=ANNA, entitlement_id=wanted.id, reason=Reason.CLIENT_MOVED)
    return act.model_copy(update=changes)


def _leads_on(member: UUID | None) -> PathState:
    """Return the path that an expiring residence permit leads to."""
    certificate = path(station("certificate"), path_id=SECOND_PATH)
    return certificate.model_copy(update={"pathway": "provisional-residence", "member_id": member})


def _pass_days(household: Household, days: int) -> None:
    household.let_time_pass(household.now + timedelta(days=days))


def test_a_residence_title_that_ends_in_six_weeks_opens_a_gap_in_time(
    household: Household,
) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))

    _pass_days(household, 1)

    held = household.held(title.id)
    assert held.gap is not None
    assert (held.gap.kind, held.gap.party) == (GapKind.DOCUMENT_EXPIRING, Party.SENDER)
    assert local_day(held.gap.opened_at) < in_days(42)
    event = household.events[-1]
    assert (event.action, event.entitlement_id) == ("overdue", title.id)
    assert (event.gaps_opened, event.gaps_raised) == ((held.gap,), ())
    assert event.actor.role == "system"
    assert [(notice.kind, notice.audience) for notice in event.notices] == [
        (NoticeKind.OVERDUE, Audience.SENDER)
    ]


def test_a_certificate_whose_printed_date_passes_while_nobody_has_decided_opens_no_gap(
    household: Household,
) -> None:
    certificate = _noted(household, entitlement("provisional-residence", printed=10))

    _pass_days(household, 400)

    held = household.held(certificate.id)
    assert (held.clock, held.gap, held.entitlement.last_day) == (None, None, None)
    assert household.events[-1].action == "record-entitlement"


def test_once_it_is_decided_that_day_counts_and_not_the_printed_one(household: Household) -> None:
    certificate = _noted(household, entitlement("provisional-residence", printed=10))
    _pass_days(household, 30)

    household.change(_change(certificate, effective_until=in_days(60)))

    held = household.held(certificate.id)
    assert held.entitlement.last_day == in_days(60)
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(60 - held.entitlement.lead_days)


def test_the_office_hears_of_it_before_and_others_only_when_nothing_happens(
    household: Household,
) -> None:
    title = _noted(household, entitlement("residence-title", printed=120))
    lead = title.lead_days
    seen = len(household.events)

    _pass_days(household, 120)

    told = [
        (event.action, [notice.audience for notice in event.notices], local_day(event.at))
        for event in household.events[seen:]
    ]
    assert [(action, audiences) for action, audiences, _ in told] == [
        ("remind", [Audience.SENDER]),
        ("overdue", [Audience.SENDER]),
        ("escalate", [Audience.SENDERS_SUPERVISORS]),
        ("escalate", [Audience.SENDERS_SUPERVISORS, Audience.COORDINATORS]),
    ]
    days = [day for _, _, day in told]
    assert days[0] < days[1] == in_days(120 - lead) < days[2] < days[3] < in_days(120)
    gap = household.held(title.id).gap
    assert gap is not None
    assert gap.level is GapLevel.EVERYONE


def test_what_is_noted_late_is_to_be_acted_on_that_very_day(household: Household) -> None:
    for printed in (-30, 0, 20):
        title = _noted(household, entitlement("passport", printed=printed, member=new_id()))
        clock = household.held(title.id).clock
        assert clock is not None
        assert local_day(clock.due_at) == in_days(0)


@pytest.mark.parametrize("kind", ["residence-title", "settlement-permit", "provisional-residence"])
def test_the_next_one_takes_its_place_and_closes_the_gap(household: Household, kind: str) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap

    _noted(
        household, entitlement(kind, since=43, printed=400 if kind == "residence-title" else None)
    )

    assert household.events[-1].gaps_closed == (gap,)
    held = household.held(title.id)
    assert (held.clock, held.gap) == (None, None)
    _pass_days(household, 100)
    assert household.held(title.id).gap is None


def test_one_that_begins_a_day_too_late_leaves_a_hole_and_the_gap_stays(
    household: Household,
) -> None:
    benefits = _noted(household, entitlement("asylum-seekers-benefits", printed=20))
    _pass_days(household, 1)

    _noted(household, entitlement("basic-income", since=22, printed=300))

    assert household.held(benefits.id).gap is not None
    household.change(_change(benefits, printed_until=in_days(21)))
    assert household.held(benefits.id).clock is None


@pytest.mark.parametrize(
    ("since", "printed", "member", "kind"),
    [
        (1, 42, FATHER, "residence-title"),  # ends on the same day
        (1, 10, FATHER, "residence-title"),  # ends earlier
        (1, 400, MOTHER, "residence-title"),  # somebody else's
        (1, 400, FATHER, "passport"),  # about something else
    ],
)
def test_not_just_any_other_entitlement_takes_its_place(
    household: Household, since: int, printed: int, member: object, kind: str
) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    other = entitlement(kind, since=since, printed=printed)
    _noted(household, other.model_copy(update={"member_id": member}))
    assert household.held(title.id).clock is not None


def test_an_old_one_is_at_rest_once_another_one_holds_today(household: Household) -> None:
    old = _noted(household, entitlement("toleration", since=-300, printed=-50))
    assert household.held(old.id).clock is not None
    _noted(household, entitlement("residence-title", since=-10, printed=300))
    assert household.held(old.id).clock is None


def test_a_recognition_ends_the_old_benefits_with_the_month_weeks_before_they_stop(
    household: Household,
) -> None:
    benefits = _noted(household, entitlement("asylum-seekers-benefits"))
    care = _noted(household, entitlement("asylum-seekers-health-care"))
    mothers = _noted(household, entitlement("asylum-seekers-benefits", member=MOTHER))
    assert household.held(benefits.id).clock is None

    decided = in_days(0)
    _noted(household, entitlement("recognition", since=0))

    for ended in (benefits, care):
        held = household.held(ended.id)
        last = held.entitlement.effective_until
        assert last is not None
        assert (last.year, last.month) == (decided.year, decided.month)
        assert (last + timedelta(days=1)).day == 1
        assert held.clock is not None
        assert local_day(held.clock.due_at) == decided
    assert household.held(mothers.id).entitlement.effective_until is None


def test_what_begins_or_ends_on_that_very_last_day_is_one_of_them(household: Household) -> None:
    last = Period.model_validate(END_OF_MONTH).last_day(in_days(0))
    day = (last - in_days(0)).days
    first = _noted(household, entitlement("passport"))
    begins = _noted(household, entitlement("asylum-seekers-benefits", since=day))
    ends = _noted(household, entitlement("asylum-seekers-benefits", since=-9, printed=day))

    _noted(household, entitlement("recognition", since=0))

    assert household.held(begins.id).entitlement.effective_until == last
    assert household.held(ends.id).entitlement.effective_until is None
    assert household.held(first.id).entitlement.effective_until is None


def test_what_has_no_clock_does_not_hide_what_has_one(household: Household) -> None:
    _noted(household, entitlement("provisional-residence", printed=1, member=MOTHER))
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    assert household.held(title.id).gap is not None


def test_an_end_that_is_known_better_counts_from_the_start(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42, effective=300))
    held = household.held(title.id)
    assert held.entitlement.last_day == in_days(300)
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(300 - title.lead_days)


def test_another_last_day_starts_the_clock_anew_and_closes_the_gap(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap

    household.change(_change(title, printed_until=in_days(400)))

    held = household.held(title.id)
    assert household.events[-1].gaps_closed == (gap,)
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(400 - title.lead_days)


def test_the_path_that_was_started_for_it_stays_that_one(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    first = path(station("by-hand"), path_id=SECOND_PATH)
    household.start_path(StartPath(actor=ANNA, path=first, entitlement_id=title.id))
    clock = household.held(title.id).clock
    later = _leads_on(FATHER).model_copy(update={"path_id": new_id()})

    household.start_path(StartPath(actor=ANNA, path=later))

    assert (household.held(title.id).path_id, household.held(title.id).clock) == (
        SECOND_PATH,
        clock,
    )


def test_what_the_law_ends_keeps_an_earlier_end_and_later_ones_are_left_alone(
    household: Household,
) -> None:
    earlier = _noted(household, entitlement("asylum-seekers-benefits", since=-50, printed=-20))
    later = _noted(household, entitlement("asylum-seekers-benefits", since=90))
    _noted(household, entitlement("recognition", since=0))
    assert household.held(earlier.id).entitlement.effective_until is None
    assert household.held(later.id).entitlement.effective_until is None


def test_the_right_to_a_course_lapses_after_a_year(household: Household) -> None:
    right = _noted(household, entitlement("integration-course-right", since=0))
    held = household.held(right.id)
    first = right.starts_on
    assert held.entitlement.last_day == first.replace(year=first.year + 1)
    assert held.clock is not None


def test_starting_the_path_to_what_follows_closes_the_gap_and_watches_the_last_day(
    household: Household,
) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap

    household.start_path(
        StartPath(
            actor=ANNA,
            path=path(station("certificate"), path_id=SECOND_PATH),
            entitlement_id=title.id,
        )
    )

    held, event = household.held(title.id), household.events[-1]
    assert event.gaps_closed == (gap,)
    assert (held.path_id, held.gap) == (SECOND_PATH, None)
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(42)
    household.waive("certificate", path_id=SECOND_PATH)
    _pass_days(household, 50)
    assert household.held(title.id).gap is not None


@pytest.mark.parametrize("member", [FATHER, None])
def test_a_path_to_what_follows_that_runs_already_is_noticed(
    household: Household, member: UUID | None
) -> None:
    household.start_path(StartPath(actor=ANNA, path=_leads_on(member)))

    title = _noted(household, entitlement("residence-title", printed=42))

    held = household.held(title.id)
    assert held.path_id == SECOND_PATH
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(42)


def test_a_path_that_starts_later_is_noticed_as_well(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    passport = _noted(household, entitlement("passport", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap

    household.start_path(StartPath(actor=ANNA, path=_leads_on(FATHER)))

    assert household.events[-1].gaps_closed == (gap,)
    assert household.held(title.id).path_id == SECOND_PATH
    assert household.held(passport.id).gap is not None


def test_neither_another_members_path_nor_one_that_is_over_leads_on(
    household: Household,
) -> None:
    household.start_path(StartPath(actor=ANNA, path=_leads_on(MOTHER)))
    title = _noted(household, entitlement("residence-title", printed=42))
    assert household.held(title.id).path_id is None

    over = _leads_on(FATHER).model_copy(update={"path_id": new_id()})
    household.waive("certificate", path_id=SECOND_PATH)
    mothers = _noted(household, entitlement("residence-title", printed=42, member=MOTHER))
    assert household.held(mothers.id).path_id is None
    household.start_path(StartPath(actor=ANNA, path=over))
    assert household.held(title.id).path_id == over.path_id


def test_letting_it_run_out_needs_a_reason_and_ends_every_reminder(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap
    for reason in (None, *sorted(set(Reason) - OF_WAIVER)):
        with pytest.raises(ReasonMissing) as refused:
            check_let_run_out(household.state, _let(title, reason=reason))
        assert refused.value.params == {"action": "let-run-out"}

    household.let_run_out(_let(title))

    held, event = household.held(title.id), household.events[-1]
    assert (held.let_go, held.clock, held.gap) == (Reason.CLIENT_MOVED, None, None)
    assert (event.action, event.reason, event.entitlement_id) == (
        "let-run-out",
        "client-moved",
        title.id,
    )
    assert event.gaps_closed == (gap,)
    household.change(_change(title, printed_until=title.printed_until))
    assert household.held(title.id).let_go is Reason.CLIENT_MOVED


def test_another_last_day_is_another_matter(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    household.start_path(
        StartPath(
            actor=ANNA,
            path=path(station("certificate"), path_id=SECOND_PATH),
            entitlement_id=title.id,
        )
    )
    household.let_run_out(_let(title))

    household.change(_change(title, printed_until=in_days(200)))

    held, event = household.held(title.id), household.events[-1]
    assert (held.let_go, held.path_id) == (None, None)
    assert held.clock is not None
    assert local_day(held.clock.due_at) == in_days(200 - title.lead_days)
    assert (event.action, event.entitlement_id) == ("change-entitlement", title.id)


def test_a_correction_that_leaves_the_last_day_leaves_the_clock(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    before = household.held(title.id)

    household.change(_change(title, printed_until=in_days(30), effective_until=in_days(42)))

    after = household.held(title.id)
    assert (after.clock, after.gap) == (before.clock, before.gap)
    assert after.entitlement.printed_until == in_days(30)


def test_with_the_case_its_reminders_end_and_come_back(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    gap = household.held(title.id).gap

    household.close()
    assert household.events[-1].gaps_closed == (gap,)
    assert household.held(title.id).clock is None
    household.reopen()
    assert household.held(title.id).clock is not None


def test_no_entitlement_ends_before_it_starts(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    for days in ({"printed_until": in_days(-101)}, {"effective_until": in_days(-101)}):
        with pytest.raises(EndsBeforeStart) as refused:
            check_change(household.state, _change(title, **days))
        assert refused.value.params == {"starts_on": in_days(-100).isoformat()}
        with pytest.raises(ValueError, match="end before it starts"):
            Entitlement.model_validate(title.model_dump() | days)
    check_change(household.state, _change(title, printed_until=in_days(-100)))


@pytest.mark.parametrize("actor", [CLARA, *OUTSIDERS])
def test_only_the_office_notes_anything(household: Household, actor: Principal) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    with pytest.raises(NotInvolved) as refused:
        check_record(household.state, to_record(title, actor=actor))
    assert refused.value.params == {"action": "record-entitlement"}
    with pytest.raises(NotInvolved) as refused:
        check_change(household.state, _change(title, actor=actor))
    assert refused.value.params == {"action": "change-entitlement"}
    with pytest.raises(NotInvolved) as refused:
        check_let_run_out(household.state, _let(title, actor=actor))
    assert refused.value.params == {"action": "let-run-out"}


def test_the_supervisor_notes_it_too(household: Household) -> None:
    title = entitlement("residence-title", printed=42)
    household.record(to_record(title, actor=STEFAN))
    event = household.events[-1]
    assert (event.action, event.actor, event.entitlement_id) == (
        "record-entitlement",
        STEFAN,
        title.id,
    )


def test_of_a_closed_case_nothing_is_noted(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    household.close()
    with pytest.raises(IllegalMove):
        check_record(household.state, to_record(title))
    with pytest.raises(IllegalMove):
        check_change(household.state, _change(title))
    with pytest.raises(IllegalMove):
        check_let_run_out(household.state, _let(title))


def test_what_the_case_does_not_keep_can_be_neither_changed_nor_let_run_out(
    household: Household,
) -> None:
    title = entitlement("residence-title", printed=42)
    with pytest.raises(UnknownEntitlement) as refused:
        check_change(household.state, _change(title))
    assert refused.value.params == {"entitlement": str(title.id)}
    with pytest.raises(UnknownEntitlement):
        check_let_run_out(household.state, _let(title))


def test_a_case_keeps_only_so_many(household: Household) -> None:
    title = entitlement("residence-title", printed=42)
    held = household.held(_noted(household, title).id)
    full = household.state.model_copy(update={"entitlements": (held,) * MOST_HELD})
    with pytest.raises(EntitlementsFull) as refused:
        check_record(full, to_record(title))
    assert refused.value.params == {"most": str(MOST_HELD)}
    almost = household.state.model_copy(update={"entitlements": (held,) * (MOST_HELD - 1)})
    check_record(almost, to_record(title))


def test_each_reminder_has_a_name_of_its_own(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    clock = household.held(title.id).clock
    assert clock is not None
    _pass_days(household, 1)
    assert household.events[-1].cause == f"{Recall.OVERDUE}:{clock.seq}:entitlement:{title.id}"
    assert clock.party is Party.SENDER
    assert clock.seq == household.state.seq - 1


def test_a_gap_that_has_risen_is_the_same_gap(household: Household) -> None:
    title = _noted(household, entitlement("residence-title", printed=42))
    _pass_days(household, 1)
    opened = household.held(title.id).gap
    _pass_days(household, 30)
    risen, event = household.held(title.id).gap, household.events[-1]
    assert opened is not None
    assert risen is not None
    assert risen.seq == opened.seq
    assert event.gaps_raised == (risen,)
    assert event.gaps_opened == ()


def test_nothing_is_to_be_done_where_no_end_is_known(household: Household) -> None:
    certificate = _noted(household, entitlement("provisional-residence", printed=10))
    held = household.held(certificate.id)
    assert not runs_out(held, household.state.entitlements, in_days(0))
    with pytest.raises(ValueError, match=r"^nothing runs out$"):
        act_by(held, in_days(0))


def test_the_office_is_asked_for_its_own_calendar(household: Household) -> None:
    household.record(to_record(entitlement("residence-title", printed=42)))
    unwatched = tuple(at_rest(held) for held in household.state.entitlements)
    state = household.state.model_copy(update={"entitlements": unwatched})

    [request] = requests_for_entitlements(state, entitlements_to_watch(state, MONDAY), MONDAY)

    assert (request.agency, request.start, request.plan) == (OFFICE_A, MONDAY, PLAN)
    closed = state.model_copy(update={"status": CaseStatus.CLOSED})
    assert entitlements_to_watch(closed, MONDAY) == []
