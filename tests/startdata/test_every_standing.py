"""For everything that a referral can be there is a household that stands there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from service.accounts.service import list_users
from service.bootstrap import Container
from service.cases.tables import cases, steps
from service.ledger.tables import events, workflow_states
from service.referrals.tables import conferences, referrals
from service.startdata.load import start_workflows
from tests.startdata.test_loading import LOAD_DAYS, load_on
from tests.world import World
from workflows.domain.actions import Action, Side
from workflows.domain.holds import MEANING
from workflows.domain.moves import MOVES
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import BusinessStatus, CaseStatus, Status

Standing = tuple[str, str | None]


def standings_of_the_table() -> Iterator[Standing]:
    """What a referral can be, as the table of moves has it."""
    yield Status.REQUESTED, None
    for action, move in MOVES.items():
        if action is Action.HOLD:
            yield from ((Status.ON_HOLD, meaning) for meaning in MEANING.values())
        elif move.to or move.means:
            yield from ((move.to or status, move.means) for status in move.allowed_in)


async def latest_states(container: Container) -> list[ReferralState]:
    """The latest referral of every step of an open case."""
    async with container.database.transaction() as connection:
        ids = await connection.scalars(
            select(steps.c.referral_id)
            .join(cases, cases.c.id == steps.c.case_id)
            .where(cases.c.status == CaseStatus.OPEN, steps.c.referral_id.is_not(None))
        )
        workflows = [f"referral-{referral_id}" for referral_id in ids]
        found = await connection.scalars(
            select(workflow_states.c.state).where(workflow_states.c.workflow_id.in_(workflows))
        )
        return [ReferralState.model_validate(state) for state in found]


@pytest.mark.parametrize("day", [LOAD_DAYS[0], LOAD_DAYS[-1]], ids=lambda day: f"{day:%Y-%m-%d}")
async def test_a_household_stands_at_everything_that_a_referral_can_be(
    container: Container, day: datetime
) -> None:
    loaded = await load_on(container, day)

    states = await latest_states(loaded)

    ended = {(Status.CANCELLED, None), (Status.COMPLETED, BusinessStatus.CONFIRMED)}
    found = {
        (state.status, state.business_status)
        for state in states
        if state.closed_at is None or (state.status, state.business_status) in ended
    }
    assert found >= set(standings_of_the_table())


async def test_an_appointment_lies_ahead_and_a_new_one_for_one_that_was_missed(
    container: Container,
) -> None:
    loaded = await load_on(container, LOAD_DAYS[-1])
    now = loaded.clock.now()
    states = await latest_states(loaded)

    ahead = {
        one.referral_id
        for one in states
        if one.business_status is BusinessStatus.APPOINTMENT
        and one.appointment
        and one.appointment.at > now
    }

    async with loaded.database.transaction() as connection:
        missed = set(
            await connection.scalars(
                select(events.c.referral_id).where(events.c.action == "no-show")
            )
        )
    assert ahead & missed
    assert ahead - missed


async def test_case_conferences_are_open_ended_with_an_agency_and_with_a_legal_step(
    container: Container,
) -> None:
    loaded = await load_on(container, LOAD_DAYS[-1])

    async with loaded.database.transaction() as connection:
        found = list(await connection.execute(select(conferences)))

    results = {(one.closed_at is None, bool(one.agreed_agency_id), one.next_step) for one in found}
    assert results == {
        (True, False, None),
        (False, True, None),
        (False, False, "supervisory-authority"),
    }


async def test_one_case_is_offered_to_the_other_office_and_one_was_opened_again(
    container: Container,
) -> None:
    loaded = await load_on(container, LOAD_DAYS[-1])

    async with loaded.database.transaction() as connection:
        offered = list(
            await connection.execute(select(cases).where(cases.c.offered_to_id.is_not(None)))
        )
        reopened = list(
            await connection.scalars(select(events.c.case_id).where(events.c.action == "reopen"))
        )
        statuses = await connection.scalars(select(cases.c.status).where(cases.c.id.in_(reopened)))
        assert list(statuses) == [CaseStatus.OPEN]
    [offer] = offered
    assert offer.offered_to_id != offer.office_id
    assert offer.offer_due_at > loaded.clock.now()


async def test_a_moved_deadline_is_later_than_the_one_before(container: Container) -> None:
    loaded = await load_on(container, LOAD_DAYS[-1])

    async with loaded.database.transaction() as connection:
        moved = await connection.execute(
            select(events.c.details, referrals.c.clock_due_at)
            .join(referrals, referrals.c.id == events.c.referral_id)
            .where(events.c.action == "move-deadline")
        )
        [postponed] = moved
    before = postponed.details["due_before"]
    assert postponed.clock_due_at.isoformat() > before.replace("Z", "+00:00")
    assert postponed.clock_due_at > loaded.clock.now() + timedelta(days=1)


GOES_ON: dict[Standing, tuple[Action, dict[str, Any]]] = {
    (Status.ON_HOLD, BusinessStatus.QUESTION): (Action.ANSWER, {"note": "Ja."}),
    (Status.ON_HOLD, BusinessStatus.WAITING_THIRD_PARTY): (Action.RESUME, {}),
    (Status.COMPLETED, None): (Action.CONFIRM, {}),
    (Status.IN_PROGRESS, BusinessStatus.DISPUTED): (Action.COMPLETE, {}),
    (Status.REJECTED, BusinessStatus.REDIRECTED): (
        Action.CONFER,
        {"note": "Keine Einigung.", "next_step": "legal-advice"},
    ),
}


async def test_the_workflows_go_on_from_where_the_households_stand(container: Container) -> None:
    loaded = await load_on(container, container.clock.now())
    world = World(container)
    states = await latest_states(loaded)

    async with world.worker():
        await start_workflows(loaded)
        for standing, (action, body) in GOES_ON.items():
            before = next(one for one in states if stands_at(one, standing, action))
            actor = await somebody_of(container, before, action)
            done = await world.act(before.referral_id, action, actor, **body)
            assert done.seq == before.seq + 1


def stands_at(state: ReferralState, standing: Standing, action: Action) -> bool:
    is_there = (state.status, state.business_status) == standing and state.closed_at is None
    return is_there and (action is not Action.CONFER or state.open_conference is not None)


async def somebody_of(container: Container, state: ReferralState, action: Action) -> Principal:
    """Somebody whose act it is: of the receiver, or of the office."""
    is_senders = MOVES[action].side is Side.SENDER
    house: UUID = state.from_agency if is_senders else state.to_agency
    role = Role.CASE_MANAGER if is_senders else Role.AGENCY_MEMBER
    users = await list_users(container.database, Principal.system())
    user = next(one for one in users if one.agency_id == house and one.role == role)
    return Principal(user_id=user.id, role=role, agency_id=house)
