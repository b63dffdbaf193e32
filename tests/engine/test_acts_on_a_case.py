"""What the office does with a case: leave a step out, hand it to a colleague, close it."""

import asyncio

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.cases.acting import assign_case, close_case, reopen_case, waive_step
from service.cases.schemas import AssignCase, CloseCase, ReopenCase, WaiveStep
from service.cases.tables import cases
from service.errors import NotFound, UnusableEntry
from tests import cast
from tests.engine.waiting import until_referral_has_ended, until_step
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.errors import IllegalMove, NotInvolved, ReasonMissing, StepNotDue, StepsOpen
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.referral_state import ActDone

WAIVER = WaiveStep(reason=Reason.NO_LONGER_NEEDED)
AGAIN = ReopenCase(note="They are back.")
ENDING = CloseCase(outcome=CaseOutcome.GOAL_REACHED)


async def test_a_step_left_out_lets_the_next_one_begin(working: World) -> None:
    case_id = await working.open_case()

    done = await waive_step(working.container, cast.ANNA, case_id, "job-centre", WAIVER, "key")
    again = await waive_step(working.container, cast.ANNA, case_id, "job-centre", WAIVER, "key")

    assert again == done.model_copy(update={"repeated": True})
    await until_step(working, case_id, "job-centre", "waived")
    await until_step(working, case_id, "residence", "due")


async def test_a_step_that_came_back_and_is_left_out_settles_its_referral(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    await working.act(referral_id, Action.REJECT, reason=Reason.NO_CAPACITY)
    await until_step(working, case_id, "job-centre", "due")

    await waive_step(working.container, cast.ANNA, case_id, "job-centre", WAIVER, str(uuid7()))

    settled = await until_referral_has_ended(working, referral_id)
    assert settled.status == "rejected"


async def test_a_step_at_an_agency_cannot_be_left_out(working: World) -> None:
    case_id = await working.open_case()
    await working.refer(case_id)

    with pytest.raises(StepNotDue):
        await waive_step(working.container, cast.ANNA, case_id, "job-centre", WAIVER, "key")


async def test_a_step_is_left_out_for_a_reason_of_its_kind(working: World) -> None:
    case_id = await working.open_case()
    body = WaiveStep(reason=Reason.NO_CAPACITY)

    with pytest.raises(ReasonMissing):
        await waive_step(working.container, cast.ANNA, case_id, "job-centre", body, "key")


async def test_the_supervisor_gives_a_case_to_a_case_manager_of_the_office(working: World) -> None:
    case_id = await working.open_case()
    to_anna = AssignCase(case_manager="anna")

    await assign_case(working.container, cast.STEFAN, case_id, to_anna, "key")

    with pytest.raises(NotInvolved):
        await assign_case(working.container, cast.ANNA, case_id, to_anna, "another key")
    to_ben = AssignCase(case_manager="ben")
    with pytest.raises(UnusableEntry):
        await assign_case(working.container, cast.STEFAN, case_id, to_ben, "a third key")
    async with working.container.database.transaction() as connection:
        manager = await connection.scalar(
            select(cases.c.case_manager_id).where(cases.c.id == case_id)
        )
    assert manager == cast.ANNA.user_id


async def test_a_case_is_closed_when_no_agency_works_on_it(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    with pytest.raises(StepsOpen):
        await close_case(working.container, cast.ANNA, case_id, ENDING, "too early")

    await working.act(referral_id, Action.CANCEL, actor=cast.ANNA)
    await until_step(working, case_id, "job-centre", "due")
    await close_case(working.container, cast.ANNA, case_id, ENDING, "now")

    with pytest.raises(IllegalMove):
        await working.refer(case_id)
    with pytest.raises(IllegalMove):
        await close_case(working.container, cast.ANNA, case_id, ENDING, "once more")


async def test_closing_settles_what_had_come_back(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    await working.act(referral_id, Action.REJECT, reason=Reason.DUPLICATE)
    await until_step(working, case_id, "job-centre", "due")

    await close_case(working.container, cast.ANNA, case_id, ENDING, "key")

    await until_referral_has_ended(working, referral_id)


@pytest.mark.parametrize("outsider", [cast.BEN, cast.CLARA, cast.DIETER, cast.KATJA])
async def test_nobody_else_finds_the_case(working: World, outsider: Principal) -> None:
    case_id = await working.open_case()
    container = working.container

    with pytest.raises(NotFound):
        await waive_step(container, outsider, case_id, "job-centre", WAIVER, "a")
    with pytest.raises(NotFound):
        await assign_case(container, outsider, case_id, AssignCase(case_manager="ben"), "b")
    with pytest.raises(NotFound):
        await close_case(container, outsider, case_id, ENDING, "c")


async def test_a_closed_case_is_opened_again_and_goes_on(working: World) -> None:
    case_id = await working.open_case()
    await close_case(working.container, cast.ANNA, case_id, ENDING, "close")
    await until_step(working, case_id, "job-centre", "due")

    done = await reopen_case(working.container, cast.ANNA, case_id, AGAIN, "reopen")
    again = await reopen_case(working.container, cast.ANNA, case_id, AGAIN, "reopen")

    assert again == done.model_copy(update={"repeated": True})
    referral_id = await working.refer(case_id)
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await working.act(referral_id, action)
    await until_step(working, case_id, "residence", "due")
    await waive_step(working.container, cast.ANNA, case_id, "residence", WAIVER, "residence")
    await close_case(working.container, cast.ANNA, case_id, ENDING, "close again")
    await reopen_case(working.container, cast.STEFAN, case_id, AGAIN, "reopen again")


async def test_a_case_is_opened_again_once(working: World) -> None:
    case_id = await working.open_case()
    with pytest.raises(IllegalMove):
        await reopen_case(working.container, cast.ANNA, case_id, AGAIN, "too early")
    await close_case(working.container, cast.ANNA, case_id, ENDING, "close")

    outcomes = await asyncio.gather(
        *(
            reopen_case(working.container, person, case_id, AGAIN, f"reopen {number}")
            for number, person in enumerate([cast.ANNA, cast.STEFAN, cast.ANNA])
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(one, ActDone) for one in outcomes) == 1
    assert {type(one) for one in outcomes} == {ActDone, IllegalMove}


async def test_nobody_else_opens_a_case_again(working: World) -> None:
    case_id = await working.open_case()
    await close_case(working.container, cast.ANNA, case_id, ENDING, "close")
    for outsider in (cast.BEN, cast.CLARA, cast.KATJA):
        with pytest.raises(NotFound):
            await reopen_case(working.container, outsider, case_id, AGAIN, "key")
