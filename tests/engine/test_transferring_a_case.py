"""A case goes to another office, on the real engine: both sides agree afterwards."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from service.cases.acting import close_case
from service.cases.offering import accept_case, decline_case, offer_case, withdraw_offer
from service.cases.offers import offers_by, offers_to
from service.cases.repository import Cases
from service.cases.schemas import AcceptCase, CloseCase, DeclineCase, TransferCase
from service.cases.tables import cases, steps
from service.errors import NotFound, UnusableEntry
from service.gaps.tables import gaps
from service.notifications.tables import notifications
from service.referrals.repository import Referrals
from service.referrals.tables import access, referrals
from tests import cast
from tests.engine.waiting import until_step
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.basis import Basis
from workflows.domain.errors import BasisMissing, IllegalMove, NotInvolved
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome

BASIS = Basis(statute="§ 69 Abs. 1 Nr. 1 SGB X")
TO_B = TransferCase(office="office-b", basis=BASIS, note="The family has moved.")
YES, NO = AcceptCase(), DeclineCase(note="They went on to Hamm.")


async def _offered(world: World) -> tuple[UUID, UUID]:
    case_id = await world.open_case()
    referral_id = await world.refer(case_id)
    await offer_case(world.container, cast.ANNA, case_id, TO_B, "offer")
    return case_id, referral_id


async def _goes_on_with(world: World, referral_id: UUID, office: UUID) -> None:
    async with asyncio.timeout(10):
        while await _office_of(world, referral_id) != office:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.05)


async def test_with_the_case_goes_everything_that_is_under_way(working: World) -> None:
    case_id, referral_id = await _offered(working)

    done = await accept_case(working.container, cast.BEN, case_id, YES, "yes")
    again = await accept_case(working.container, cast.BEN, case_id, YES, "yes")

    assert again == done.model_copy(update={"repeated": True})
    await _goes_on_with(working, referral_id, cast.OFFICE_B)
    assert await _case(working, case_id) == (cast.OFFICE_B, cast.BEN.user_id, None)
    assert await _responsible(working, case_id) == {cast.OFFICE_B}
    await working.act(referral_id, Action.ACCEPT)
    await working.act(referral_id, Action.ARRIVE)
    await until_step(working, case_id, "job-centre", "in-progress")
    await working.act(referral_id, Action.NUDGE, actor=cast.BEN)
    await working.refer(case_id, "school", "silent-agency", actor=cast.BEN)


async def test_the_open_gaps_go_over_to_whoever_has_to_act_now(working: World) -> None:
    await working.publish(pathway("late", refer="PT1S", respond="PT1S", answer="PT1S"))
    case_id = await working.open_case(pathway_key="late")
    referral_id = await working.refer(case_id)
    await working.act(referral_id, Action.ASK, note="Which street?")
    await _until_gaps(working, case_id, {("school", cast.OFFICE_A), ("job-centre", cast.OFFICE_A)})
    await offer_case(working.container, cast.ANNA, case_id, TO_B, "offer")

    await accept_case(working.container, cast.BEN, case_id, YES, "yes")

    await _until_gaps(working, case_id, {("school", cast.OFFICE_B), ("job-centre", cast.OFFICE_B)})


async def _until_gaps(world: World, case_id: UUID, expected: set[tuple[str, UUID]]) -> None:
    query = select(gaps.c.step, gaps.c.agency_id).where(
        gaps.c.case_id == case_id, gaps.c.closed_at.is_(None)
    )
    async with asyncio.timeout(15):
        while True:
            async with world.container.database.transaction() as connection:
                found = {(row.step, row.agency_id) for row in await connection.execute(query)}
            if found == expected:
                return
            await asyncio.sleep(0.1)


async def test_the_former_office_can_look_for_a_week_and_do_nothing(working: World) -> None:
    case_id, referral_id = await _offered(working)
    await accept_case(working.container, cast.BEN, case_id, YES, "yes")
    await _goes_on_with(working, referral_id, cast.OFFICE_B)

    assert await _sees(working, cast.ANNA, case_id, referral_id) == (True, True)
    assert await _sees(working, cast.BEN, case_id, referral_id) == (True, True)
    assert await _sees(working, cast.CLARA, case_id, referral_id) == (False, True)
    with pytest.raises(NotInvolved):
        await working.act(referral_id, Action.NUDGE, actor=cast.ANNA)
    ending = CloseCase(outcome=CaseOutcome.MOVED_AWAY)
    with pytest.raises(NotInvolved):
        await close_case(working.container, cast.ANNA, case_id, ending, "close")
    async with working.container.database.transaction() as connection:
        past = working.container.clock.now() - timedelta(seconds=1)
        ended = access.c.until_at.is_not(None)
        await connection.execute(update(access).where(ended).values(until_at=past))
    assert await _sees(working, cast.ANNA, case_id, referral_id) == (False, False)


async def test_before_it_accepts_the_other_office_reads_no_name(working: World) -> None:
    case_id, referral_id = await _offered(working)

    assert await _sees(working, cast.BEN, case_id, referral_id) == (False, False)
    async with working.container.database.transaction() as connection:
        [offer] = await offers_to(connection, cast.BEN)
        assert await offers_to(connection, cast.CLARA) == []
        assert await offers_to(connection, cast.ANNA) == []
        assert len(await offers_by(connection, cast.ANNA)) == 1
    assert (offer.case_id, offer.household_size, offer.note) == (
        *(case_id, 1, "The family has moved."),
    )
    assert "Haddad" not in str(offer)


async def test_a_case_that_is_declined_stays_and_can_be_offered_again(working: World) -> None:
    case_id, _ = await _offered(working)

    done = await decline_case(working.container, cast.BEN, case_id, NO, "no")
    again = await decline_case(working.container, cast.BEN, case_id, NO, "no")

    assert again == done.model_copy(update={"repeated": True})
    assert await _case(working, case_id) == (cast.OFFICE_A, cast.ANNA.user_id, None)
    with pytest.raises(IllegalMove):
        await accept_case(working.container, cast.BEN, case_id, YES, "too late")
    await offer_case(working.container, cast.STEFAN, case_id, TO_B, "again")
    await withdraw_offer(working.container, cast.ANNA, case_id, "back")
    with pytest.raises(NotFound):
        await accept_case(working.container, cast.OLGA, case_id, YES, "no role")


async def test_whoever_has_nothing_to_do_with_it_finds_nothing(working: World) -> None:
    case_id, _ = await _offered(working)
    for outsider in (cast.CLARA, cast.DIETER, cast.KATJA, cast.OLGA):
        with pytest.raises(NotFound):
            await accept_case(working.container, outsider, case_id, YES, "key")
        with pytest.raises(NotFound):
            await offer_case(working.container, outsider, case_id, TO_B, "key")


async def test_no_file_goes_without_a_basis_nor_to_what_is_no_office(working: World) -> None:
    case_id = await working.open_case()
    anything = TO_B.model_copy(update={"basis": Basis(statute="§ 1 SGB I")})
    with pytest.raises(BasisMissing):
        await offer_case(working.container, cast.ANNA, case_id, anything, "one")
    no_office = TO_B.model_copy(update={"office": "receiver"})
    with pytest.raises(UnusableEntry):
        await offer_case(working.container, cast.ANNA, case_id, no_office, "two")


async def test_accepting_and_taking_back_at_once_has_one_winner(working: World) -> None:
    case_id, _ = await _offered(working)

    outcomes = await asyncio.gather(
        accept_case(working.container, cast.BEN, case_id, YES, "yes"),
        withdraw_offer(working.container, cast.ANNA, case_id, "back"),
        return_exceptions=True,
    )

    office, _manager, offered_to = await _case(working, case_id)
    accepted = not isinstance(outcomes[0], BaseException)
    assert accepted == isinstance(outcomes[1], BaseException)
    assert (office, offered_to) == (cast.OFFICE_B if accepted else cast.OFFICE_A, None)


async def test_the_offering_person_is_told(working: World) -> None:
    case_id, _ = await _offered(working)
    await decline_case(working.container, cast.BEN, case_id, NO, "no")
    async with working.container.database.transaction() as connection:
        told = {
            (row.kind, row.to_user_id)
            for row in await connection.execute(
                select(notifications.c.kind, notifications.c.to_user_id).where(
                    notifications.c.case_id == case_id
                )
            )
        }
    assert ("offer-declined", cast.ANNA.user_id) in told


async def _sees(
    world: World, principal: Principal, case_id: UUID, referral_id: UUID
) -> tuple[bool, bool]:
    now = world.container.clock.now()
    async with world.container.database.transaction() as connection:
        case = await Cases(connection).find(principal, now, case_id)
        referral = await Referrals(connection).find(principal, now, referral_id)
    return case is not None, referral is not None


async def _case(world: World, case_id: UUID) -> tuple[UUID, UUID, UUID | None]:
    async with world.container.database.transaction() as connection:
        row = (await connection.execute(select(cases).where(cases.c.id == case_id))).one()
        return row.office_id, row.case_manager_id, row.offered_to_id


async def _responsible(world: World, case_id: UUID) -> set[UUID]:
    async with world.container.database.transaction() as connection:
        found = await connection.scalars(
            select(steps.c.responsible_id).where(
                steps.c.case_id == case_id, steps.c.responsible_id.is_not(None)
            )
        )
        return set(found)


async def _office_of(world: World, referral_id: UUID) -> UUID:
    async with world.container.database.transaction() as connection:
        office: UUID = (
            await connection.execute(
                select(referrals.c.from_agency_id).where(referrals.c.id == referral_id)
            )
        ).scalar_one()
        return office
