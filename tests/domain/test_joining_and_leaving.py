"""Somebody joins a household, somebody leaves it: what is theirs alone ends, all else goes on."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.cast import ANNA, CLARA, OFFICE_A, OUTSIDERS, STEFAN
from tests.domain.entitlements import FATHER, MOTHER, entitlement, in_days, to_record
from tests.domain.households import (
    PATH,
    SECOND_PATH,
    Household,
    new_id,
    on_version,
    path,
    station,
    to_remove,
)
from workflows.domain.actions import Action
from workflows.domain.case_moments import next_moment
from workflows.domain.case_state import MOST_MEMBERS, CaseState
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut
from workflows.domain.errors import (
    HouseholdFull,
    IllegalMove,
    LastMember,
    MemberGone,
    NotInvolved,
    RequestsOpen,
)
from workflows.domain.household_acts import AddMember
from workflows.domain.household_moves import check_add, check_remove, ends_with
from workflows.domain.path_starting import StartPath
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason, Reason
from workflows.domain.statuses import Status, StepStatus

BABY = UUID("01920000-0000-7000-b000-0000000000ba")
FAMILY = (FATHER, MOTHER)
STEPS = (station("work"), station("flat", "work"), station("course"))


@pytest.fixture
def household() -> Household:
    """Open a case of two people: a path of the father's, and one for both."""
    of_father = path(*STEPS).model_copy(update={"member_id": FATHER})
    return Household(of_father, path(station("register"), path_id=SECOND_PATH))


def to_add(**changes: object) -> AddMember:
    wish = AddMember(actor=ANNA, member_id=BABY, household=FAMILY, joined_on=in_days(0))
    return wish.model_copy(update=changes)


def test_who_joins_is_known_and_nothing_else_begins(household: Household) -> None:
    before = household.state
    household.join(BABY)
    event = household.events[-1]
    assert (event.action, event.subject, event.day) == ("add-member", BABY, in_days(0))
    assert household.state.joined == (BABY,)
    assert household.state.paths == before.paths


def test_a_path_can_begin_for_who_has_joined(household: Household) -> None:
    household.join(BABY)
    third = path(station("vaccination"), path_id=new_id()).model_copy(update={"member_id": BABY})
    household.start_path(StartPath(actor=ANNA, path=third))
    assert household.step("vaccination", third.path_id).status is StepStatus.DUE


def test_one_case_keeps_so_many_people(household: Household) -> None:
    many = tuple(new_id() for _ in range(MOST_MEMBERS - 1))
    check_add(household.state, to_add(household=many))
    household.join(BABY)
    with pytest.raises(HouseholdFull) as refused:
        check_add(household.state, to_add(household=many, member_id=new_id()))
    assert refused.value.params == {"most": str(MOST_MEMBERS)}


def test_open_steps_of_who_leaves_are_left_out_and_what_is_for_all_goes_on(
    household: Household,
) -> None:
    household.waive("course")
    register = household.step("register", SECOND_PATH)
    assert [step.key for _, step in ends_with(household.state, FATHER)] == ["work", "flat"]

    household.leave(FATHER, *FAMILY, reason=LeavingReason.MOVED_AWAY)

    for key in ("work", "flat", "course"):
        step = household.step(key)
        assert (step.status, step.responsible, step.clock) == (StepStatus.WAIVED, None, None)
    assert household.step("register", SECOND_PATH) == register
    event = household.events[-1]
    assert (event.action, event.subject, event.day) == ("remove-member", FATHER, in_days(0))
    assert event.reason == "moved-away"
    assert household.state.gone == (FATHER,)
    assert next_moment(household.state) == register.clock.next_moment.at  # type: ignore[union-attr]


def test_a_gap_of_theirs_closes_with_the_leaving(household: Household) -> None:
    household.let_time_pass(household.step("work").clock.due_at)  # type: ignore[union-attr]
    gap = household.step("work").gap
    assert gap
    household.leave(FATHER, *FAMILY)
    assert gap.seq in {closed.seq for closed in household.events[-1].gaps_closed}


def test_nobody_leaves_while_an_agency_has_a_request_for_them_alone(household: Household) -> None:
    household.refer("work")
    household.refer("course")
    household.act("course", Action.ACCEPT, Action.ARRIVE)
    with pytest.raises(RequestsOpen) as refused:
        household.leave(FATHER, *FAMILY)
    assert refused.value.params == {"count": "2"}
    household.refer("register", path_id=SECOND_PATH)
    household.leave(MOTHER, *FAMILY)
    assert household.state.gone == (MOTHER,)
    household.act("work", Action.CANCEL)
    household.act("course", Action.COMPLETE)
    with pytest.raises(LastMember):
        household.leave(FATHER, *FAMILY)


def test_what_had_come_back_ends_with_the_leaving_and_the_agency_learns_why(
    household: Household,
) -> None:
    household.refer("work")
    household.act("work", Action.REJECT)
    household.leave(FATHER, *FAMILY)
    [told] = household.settles
    assert (told.action, told.reason) == ("waive", Reason.MEMBER_LEFT)
    household.deliver_all()
    assert household.referral("work").closed_at == household.now


def test_the_question_whether_it_has_happened_ends_with_the_leaving(household: Household) -> None:
    household.refer("work")
    household.act("work", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    household.leave(FATHER, *FAMILY)
    household.deliver_all()
    assert household.step("work").status is StepStatus.DONE
    referral = household.referral("work")
    assert (referral.status, referral.closed_at) == (Status.COMPLETED, household.now)


def test_an_effect_that_is_taken_back_in_the_moment_of_leaving_opens_nothing(
    household: Household,
) -> None:
    household.refer("work")
    household.act("work", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    household.act_on(household.referral("work").referral_id, Action.UNDO)
    household.leave(FATHER, *FAMILY)
    household.settles.clear()  # lost on its way
    household.deliver_all()
    assert household.step("work").status is StepStatus.DONE
    assert household.referral("work").closed_at == household.now


def test_the_last_one_who_is_there_cannot_leave(household: Household) -> None:
    household.leave(MOTHER, *FAMILY)
    with pytest.raises(LastMember):
        check_remove(household.state, to_remove(FATHER, *FAMILY))
    household.join(BABY)
    household.leave(FATHER, *FAMILY)
    assert household.state.gone == (MOTHER, FATHER)
    with pytest.raises(LastMember):
        check_remove(household.state, to_remove(BABY, *FAMILY))


@pytest.mark.parametrize("somebody", [FATHER, BABY])
def test_who_is_not_there_does_not_leave(household: Household, somebody: UUID) -> None:
    household.leave(FATHER, *FAMILY)
    with pytest.raises(MemberGone) as refused:
        check_remove(household.state, to_remove(somebody, *FAMILY))
    assert refused.value.params == {"member": str(somebody)}


def test_their_entitlements_rest_and_stay_at_rest(household: Household) -> None:
    theirs, another = (
        entitlement("residence-title", printed=30, member=one) for one in (FATHER, MOTHER)
    )
    household.record(to_record(theirs))
    household.record(to_record(another))
    assert household.held(theirs.id).clock

    household.leave(FATHER, *FAMILY)

    held = household.held(theirs.id)
    assert (held.clock, held.gap, held.let_go) == (None, None, Reason.MEMBER_LEFT)
    assert household.held(another.id).clock
    household.record(to_record(entitlement("passport", printed=30, member=MOTHER)))
    assert household.held(theirs.id).clock is None


def test_why_nothing_was_to_follow_before_stays_as_it_was_said(household: Household) -> None:
    title = entitlement("residence-title", printed=30)
    household.record(to_record(title))
    let = LetRunOut(actor=ANNA, entitlement_id=title.id, reason=Reason.CLIENT_DECLINED)
    household.let_run_out(let)
    household.leave(FATHER, *FAMILY)
    assert household.held(title.id).let_go is Reason.CLIENT_DECLINED


def test_whoever_has_left_gets_nothing_new(household: Household) -> None:
    title = entitlement("residence-title", printed=30)
    household.record(to_record(title))
    household.leave(FATHER, *FAMILY)
    before = household.state
    of_father = path(station("school"), path_id=new_id()).model_copy(update={"member_id": FATHER})
    for_all = path(station("school"), path_id=new_id()).model_copy(update={"pathway": "school"})
    newer = on_version(2, *STEPS).model_copy(update={"member_id": FATHER})
    change = ChangeEntitlement(
        actor=ANNA, entitlement_id=title.id, printed_until=in_days(90), effective_until=None
    )
    let = LetRunOut(actor=ANNA, entitlement_id=title.id, reason=Reason.NO_LONGER_NEEDED)
    acts: list[Callable[[], None]] = [
        lambda: household.start_path(StartPath(actor=ANNA, path=of_father)),
        lambda: household.start_path(StartPath(actor=ANNA, path=for_all, entitlement_id=title.id)),
        lambda: household.record(to_record(entitlement("passport"))),
        lambda: household.change(change),
        lambda: household.let_run_out(let),
        lambda: household.move(newer),
    ]
    for act in acts:
        with pytest.raises(MemberGone) as refused:
            act()
        assert refused.value.params == {"member": str(FATHER)}
    assert household.state == before
    household.start_path(StartPath(actor=ANNA, path=for_all))


@pytest.mark.parametrize("actor", [STEFAN, ANNA])
def test_case_manager_and_supervisor_may(household: Household, actor: Principal) -> None:
    check_add(household.state, to_add(actor=actor))
    check_remove(household.state, to_remove(FATHER, *FAMILY, actor=actor))


@pytest.mark.parametrize("actor", [*OUTSIDERS, CLARA])
def test_nobody_else_may(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refused:
        check_add(household.state, to_add(actor=actor))
    assert refused.value.params == {"action": "add-member"}
    with pytest.raises(NotInvolved) as refused:
        check_remove(household.state, to_remove(FATHER, *FAMILY, actor=actor))
    assert refused.value.params == {"action": "remove-member"}


def test_in_a_closed_case_nobody_joins_and_nobody_leaves(household: Household) -> None:
    household.close()
    with pytest.raises(IllegalMove):
        check_add(household.state, to_add())
    with pytest.raises(IllegalMove):
        check_remove(household.state, to_remove(FATHER, *FAMILY))


def test_a_case_that_is_opened_again_has_nothing_open_for_who_has_left(
    household: Household,
) -> None:
    household.leave(FATHER, *FAMILY)
    household.close()
    household.reopen()
    assert household.step("work").status is StepStatus.WAIVED
    assert household.step("register", SECOND_PATH).responsible == OFFICE_A
    assert household.state.find(PATH, "work")
    with pytest.raises(MemberGone):
        check_remove(household.state, to_remove(FATHER, *FAMILY))


def test_a_case_from_before_anybody_could_join_or_leave_is_read(household: Household) -> None:
    old = household.state.model_dump(mode="json")
    del old["joined"]
    del old["gone"]
    assert CaseState.model_validate(old) == household.state
