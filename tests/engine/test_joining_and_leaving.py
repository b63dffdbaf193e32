"""A household changes on the real engine: written once, by one act, and named nowhere in it."""

import asyncio
import re
from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from service.cases.consenting import add_consent
from service.cases.not_taken_in import FORGOTTEN_AFTER, forget_people_not_taken_in
from service.cases.offering import accept_case, offer_case
from service.cases.path_starting import start_path
from service.cases.repository import Cases
from service.cases.schemas import AcceptCase, NewConsent, StartPathBody, TransferCase
from service.cases.tables import persons, steps
from service.cases.views import CaseView
from service.engine.engine import Engine, EngineUnavailable
from service.engine.restart import start_open_workflows
from service.entitlements.acting import record_entitlement
from service.entitlements.schemas import NewEntitlement
from service.errors import NotFound, UnusableEntry
from service.gaps.repository import Wanted, list_gaps
from tests import cast
from tests.engine.skipped_time import server_that_skips_time
from tests.engine.test_rebuilding import fresh_server, world_on
from tests.engine.waiting import until_gone, until_referral_has_ended
from tests.world import PADERBORN, World, pathway
from workflows.domain.actions import Action
from workflows.domain.basis import Basis
from workflows.domain.errors import LastMember, MemberGone, NotInvolved, RequestsOpen
from workflows.domain.household import HouseholdFact
from workflows.domain.household_acts import AddMember
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason, Reason
from workflows.domain.referral_state import ActDone
from workflows.domain.working_days import local_day
from workflows.names import case_workflow_id


class DeadEngine(Engine):
    """An engine that is away."""

    async def add_member(self, case_id: UUID, act: AddMember, cause: str) -> ActDone:  # noqa: ARG002
        raise EngineUnavailable


FOR_THE_BABY = StartPathBody(pathway="benefit-change", member=1)


async def test_who_joins_has_the_next_place_and_can_be_acted_for(working: World) -> None:
    case_id = await working.open_case()
    baby = await working.add(case_id, key="baby")
    assert await working.add(case_id, key="baby") == baby

    path_id = await start_path(working.container, cast.ANNA, case_id, FOR_THE_BABY, "path")

    case = await _case(working, case_id)
    assert [(one.given_name, one.joined_on is None) for one in case.household] == [
        ("Mariam", True),
        ("Nour", False),
    ]
    assert [path.id for path in case.paths if path.member and path.member.id == baby] == [path_id]


async def test_the_same_person_added_twenty_times_at_once_is_there_once(working: World) -> None:
    case_id = await working.open_case()
    ids = await asyncio.gather(*(working.add(case_id, key="baby") for _ in range(20)))
    assert len(set(ids)) == 1
    assert len((await _case(working, case_id)).household) == 2


async def test_two_who_join_at_once_have_places_of_their_own(working: World) -> None:
    case_id = await working.open_case()
    await asyncio.gather(*(working.add(case_id, name) for name in ("Nour", "Sami", "Lina")))
    async with working.container.database.transaction() as connection:
        places = select(persons.c.position).where(persons.c.case_id == case_id)
        assert sorted(await connection.scalars(places)) == [0, 1, 2, 3]


@pytest.mark.parametrize("actor", [cast.BEN, cast.CLARA, cast.KATJA, cast.OLGA])
async def test_a_refused_person_is_written_nowhere(working: World, actor: Principal) -> None:
    case_id = await working.open_case()
    await working.refer(case_id)
    with pytest.raises((NotFound, NotInvolved)):
        await working.add(case_id, actor=actor)
    assert await _people(working) == 1


async def test_who_was_written_down_and_never_taken_in_is_forgotten_after_a_week(
    working: World,
) -> None:
    container = working.container
    case_id = await working.open_case()
    taken_in = await working.add(case_id)
    away = World(replace(container, engine=DeadEngine(container.client, "nowhere")))
    with pytest.raises(EngineUnavailable):
        await away.add(case_id, "Sami")
    now = container.clock.now()

    assert await forget_people_not_taken_in(container.database, now) == 0
    late = now + FORGOTTEN_AFTER + timedelta(seconds=1)
    assert await forget_people_not_taken_in(container.database, late) == 1
    assert await forget_people_not_taken_in(container.database, late) == 0
    async with container.database.transaction() as connection:
        left = await connection.scalars(select(persons.c.id).where(persons.c.position == 1))
        assert list(left) == [taken_in]


async def test_who_is_born_tomorrow_or_came_before_birth_is_refused(working: World) -> None:
    case_id = await working.open_case()
    tomorrow = local_day(working.container.clock.now()) + timedelta(days=1)
    with pytest.raises(UnusableEntry, match="birth_date: in-the-future"):
        await working.add(case_id, born=tomorrow)
    assert await _people(working) == 1


async def test_names_of_who_joins_and_leaves_stay_out_of_the_engine(working: World) -> None:
    case_id = await working.open_case()
    baby = await working.add(case_id, "Nourhanne", born=date(2011, 11, 13))
    await working.remove(case_id, baby, note="Sie lebt jetzt in Bielefeld.")
    handle = working.container.client.get_workflow_handle(case_workflow_id(case_id))
    said = (await handle.fetch_history()).to_json()
    assert str(baby) in _decoded(said)
    for secret in ("Nourhanne", "2011-11-13", "Bielefeld"):
        assert secret not in _decoded(said)


async def test_what_is_theirs_ends_and_what_is_for_all_goes_on(working: World) -> None:
    case_id = await working.open_case()
    baby = await working.add(case_id)
    own = await start_path(working.container, cast.ANNA, case_id, FOR_THE_BABY, "own")
    for_all = StartPathBody(pathway="benefit-change")
    common = await start_path(working.container, cast.ANNA, case_id, for_all, "common")

    done = await working.remove(case_id, baby, LeavingReason.MOVED_AWAY, key="go")
    again = await working.remove(case_id, baby, LeavingReason.MOVED_AWAY, key="go")

    assert again == done.model_copy(update={"repeated": True})
    assert await _statuses(working, own) == {"waived"}
    assert await _statuses(working, common) == {"due", "waiting"}
    [gone] = (await _case(working, case_id)).gone
    assert (gone.id, gone.left_reason) == (baby, "moved-away")


async def test_a_request_for_them_alone_stands_against_it_until_it_is_taken_back(
    working: World,
) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    [mariam, _] = (await _case(working, case_id)).household
    referral_id = await working.refer(case_id)
    with pytest.raises(RequestsOpen) as refused:
        await working.remove(case_id, mariam.id)
    assert refused.value.params == {"count": "1"}
    assert not (await _case(working, case_id)).gone

    await working.act(referral_id, Action.REJECT, reason=Reason.NO_CAPACITY)
    await until_gone(working, case_id, mariam.id)
    ended = await until_referral_has_ended(working, referral_id)
    assert ended.status == "rejected"


async def test_the_case_goes_by_the_name_of_the_next_who_is_there(working: World) -> None:
    case_id = await working.open_case()
    await working.add(case_id, "Sami", born=date(1988, 2, 1))
    await working.add(case_id, "Lina")
    [mariam, *_] = (await _case(working, case_id)).household

    await working.remove(case_id, mariam.id)

    case = await _case(working, case_id)
    assert case.named_after.given_name == "Sami"
    assert [one.given_name for one in case.household] == ["Mariam", "Sami", "Lina"]


async def test_of_two_who_leave_at_once_one_stays(working: World) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    ids = [member.id for member in (await _case(working, case_id)).household]
    outcomes = await asyncio.gather(
        *(working.remove(case_id, one) for one in ids), return_exceptions=True
    )
    assert sum(isinstance(one, LastMember) for one in outcomes) == 1
    assert len((await _case(working, case_id)).present) == 1


async def test_whoever_has_left_gets_nothing_new_and_comes_back_as_somebody_new(
    working: World,
) -> None:
    case_id = await working.open_case()
    await working.remove(case_id, await working.add(case_id))
    container, anna = working.container, cast.ANNA
    consent = NewConsent(
        member=1,
        agency="receiver",
        fields=("name",),
        purpose="Beratung",
        given_at=date(2026, 1, 10),
        valid_until=date(2027, 1, 10),
    )
    title = NewEntitlement(member=1, kind="passport", starts_on=date(2026, 1, 10))
    with pytest.raises(MemberGone):
        await start_path(container, anna, case_id, FOR_THE_BABY, "path")
    with pytest.raises(MemberGone):
        await add_consent(container, anna, case_id, consent, "consent")
    with pytest.raises(MemberGone):
        await record_entitlement(container, anna, case_id, title, "title")

    await working.add(case_id)

    again = FOR_THE_BABY.model_copy(update={"member": 2})
    await start_path(container, anna, case_id, again, "path again")
    assert len((await _case(working, case_id)).present) == 2


async def test_conditions_ask_for_those_who_are_there(working: World) -> None:
    school = pathway("school")
    steps_ = [
        one
        if one.key != "school"
        else one.model_copy(update={"when": (HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE,)})
        for one in school.steps
    ]
    await working.publish(school.model_copy(update={"steps": tuple(steps_)}))
    case_id, body = await working.open_case(), StartPathBody(pathway="school")
    pupil = await working.add(case_id, born=date(2015, 2, 1))
    with_pupil = await start_path(working.container, cast.ANNA, case_id, body, "with")
    await working.remove(case_id, pupil)
    mother = body.model_copy(update={"member": 0})
    without = await start_path(working.container, cast.ANNA, case_id, mother, "without")
    assert len(await _keys(working, with_pupil)) == 3
    assert len(await _keys(working, without)) == 2


async def test_what_was_due_for_them_opens_no_gap_any_more(world: World) -> None:
    async with server_that_skips_time() as time:
        engine = Engine(time.client, world.container.engine.task_queue)
        there = World(replace(world.container, client=time.client, engine=engine, clock=time))
        async with there.worker():
            case_id = await there.open_case()
            await there.add(case_id)
            await start_path(there.container, cast.ANNA, case_id, FOR_THE_BABY, "own")
            [mariam, _] = (await _case(there, case_id)).household
            await there.remove(case_id, mariam.id)
            await time.pass_by(timedelta(days=60))
            async with there.container.database.transaction() as connection:
                gaps = await list_gaps(
                    connection, cast.ANNA, time.now(), Wanted(), after=None, limit=100
                )
            case = await _case(there, case_id)
            of_the_baby = {path.id for path in case.paths if path.member != case.household[0]}
            assert {gap.path_id for gap in gaps} == of_the_baby


async def test_a_changed_household_goes_on_after_the_engine_lost_everything(world: World) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            sami = await before.add(case_id, "Sami")
            await before.remove(case_id, sami)
            await before.add(case_id, "Lina")
    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            await start_open_workflows(
                after.container.database, after.container.engine, lambda _done, _total: None
            )
            with pytest.raises(MemberGone):
                await start_path(after.container, cast.ANNA, case_id, FOR_THE_BABY, "gone")
            [mariam, _, lina] = (await _case(after, case_id)).household
            await after.remove(case_id, mariam.id)
            with pytest.raises(LastMember):
                await after.remove(case_id, lina.id)


async def test_another_office_takes_a_changed_household_over(working: World) -> None:
    case_id = await working.open_case()
    await working.remove(case_id, await working.add(case_id, "Sami"))
    lina = await working.add(case_id, "Lina")
    basis = Basis(statute="§ 69 Abs. 1 Nr. 1 SGB X")
    offer = TransferCase(office="office-b", basis=basis)
    await offer_case(working.container, cast.ANNA, case_id, offer, "offer")
    await accept_case(working.container, cast.BEN, case_id, AcceptCase(), "accept")
    with pytest.raises(NotInvolved):
        await working.remove(case_id, lina)
    await working.remove(case_id, lina, actor=cast.BEN)
    case = await _case(working, case_id, cast.BEN)
    assert [one.given_name for one in case.gone] == ["Sami", "Lina"]


async def _case(world: World, case_id: UUID, principal: Principal = cast.ANNA) -> CaseView:
    async with world.container.database.transaction() as connection:
        now = world.container.clock.now()
        case = await Cases(connection).find(principal, now, case_id)
    assert case
    assert case.municipality == PADERBORN
    return case


async def _people(world: World) -> int:
    async with world.container.database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(persons)) or 0


async def _statuses(world: World, path_id: UUID) -> set[str]:
    async with world.container.database.transaction() as connection:
        return set(
            await connection.scalars(select(steps.c.status).where(steps.c.path_id == path_id))
        )


async def _keys(world: World, path_id: UUID) -> set[str]:
    async with world.container.database.transaction() as connection:
        return set(await connection.scalars(select(steps.c.key).where(steps.c.path_id == path_id)))


def _decoded(history: str) -> str:
    """Return what stands in the payloads of a history."""
    found = re.findall(r'"data": ?"([A-Za-z0-9+/=]+)"', history)
    return "\n".join(b64decode(data).decode() for data in found)
