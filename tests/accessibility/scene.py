"""What the visits go to: households in every state, and a house where nothing lies yet."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.tables import agencies, agency_municipalities
from service.bootstrap import Container
from service.calendar import read_calendar
from service.cases.acting import close_case
from service.cases.household import members_of
from service.cases.joining import add_member
from service.cases.leaving import remove_member
from service.cases.offering import offer_case
from service.cases.schemas import CloseCase, JoiningMember, LeavingMember, TransferCase
from service.cases.tables import paths
from service.engine.restart import start_open_workflows
from service.entitlements.acting import let_run_out
from service.entitlements.schemas import NothingFollows
from service.entitlements.tables import entitlements
from service.referrals.tables import referrals
from service.takeover.door import take_over
from service.takeover.models import TakenOverCase
from tests.accessibility.household import (
    PADERBORN,
    about_to_change,
    all_arranged,
    in_every_state,
)
from tests.accessibility.newer import propose_a_newer_version, publish_a_newer_version
from workflows.domain.basis import Basis
from workflows.domain.principal import Principal, Role
from workflows.domain.reasons import CaseOutcome, LeavingReason, Reason
from workflows.domain.working_days import local_day

NEWCOMERS = (
    ("mia", "מיה לוי", Role.CASE_MANAGER, "leeres-buero", "integration-management"),
    ("sam", "Sam Neu", Role.SUPERVISOR, "leeres-buero", "integration-management"),
    ("kim", "Kim Neu", Role.AGENCY_MEMBER, "leere-stelle", "naturalisation"),
    ("toni", "Toni Neu", Role.SUPERVISOR, "leere-stelle", "naturalisation"),
)
"""User name, name, role, agency and its legal area: people with nothing to do yet."""


@dataclass(frozen=True)
class Scene:
    """Ids of what was made. ``referrals`` by position of the path and key of the step."""

    case: UUID
    arranged_case: UUID
    closed_case: UUID
    offered_case: UUID
    """To be offered."""
    case_on_offer: UUID
    changed_case: UUID
    """Somebody has joined its household, somebody has left it."""
    members: list[UUID]
    """Of the changed case: two adults, of whom the second has left, a child and a baby."""
    entitlements: dict[str, UUID]
    """Of the case, by their kind."""
    paths: list[UUID]
    referrals: dict[tuple[int, str], UUID]


async def make_scene(parts: Container) -> Scene:
    """Make it in a running demo, through the front doors where there are any."""
    now = parts.clock.now()
    today = local_day(now)
    await _add_newcomers(parts)
    case = await _take_over(parts, in_every_state(today))
    arranged = await _take_over(parts, all_arranged("arranged", today))
    closed = await _take_over(parts, all_arranged("closed", today))
    offered = await _take_over(parts, all_arranged("offered", today))
    on_offer = await _take_over(parts, all_arranged("on offer", today))
    changed = await _take_over(parts, about_to_change(today))
    await start_open_workflows(parts.database, parts.engine, lambda _done, _total: None)
    async with parts.database.transaction() as connection:
        anna = (
            await connection.execute(
                select(users.c.id, users.c.agency_id).where(users.c.name == "anna")
            )
        ).one()
        of_case = await connection.execute(
            select(paths.c.id).where(paths.c.case_id == case).order_by(paths.c.position)
        )
        path_ids = list(of_case.scalars())
        sent = await connection.execute(
            select(referrals.c.path_id, referrals.c.step, referrals.c.id).where(
                referrals.c.case_id == case
            )
        )
        noted = await connection.execute(
            select(entitlements.c.kind, entitlements.c.id).where(entitlements.c.case_id == case)
        )
        entries = {row.kind: row.id for row in noted}
        found = {(path_ids.index(row.path_id), row.step): row.id for row in sent}
    principal = Principal(user_id=anna.id, role=Role.CASE_MANAGER, agency_id=anna.agency_id)
    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(parts, principal, closed, ending, "the closed case")
    transfer = TransferCase(office="kim-kreis", basis=Basis(statute="§ 69 Abs. 1 Nr. 1 SGB X"))
    await offer_case(parts, principal, on_offer, transfer, "the case on offer")
    moved = NothingFollows(reason=Reason.CLIENT_MOVED)
    await let_run_out(parts, principal, case, entries["passport"], moved, "the passport")
    async with parts.database.transaction() as connection:
        await publish_a_newer_version(connection, parts.clock.now())
        await propose_a_newer_version(connection, parts.clock.now())
    members = await _change_household(parts, principal, changed)
    return Scene(
        *(case, arranged, closed, offered, on_offer, changed, members),
        *(entries, path_ids, found),
    )


async def _change_household(parts: Container, principal: Principal, case_id: UUID) -> list[UUID]:
    """Let a baby join, and its father leave; return everybody in their order."""
    today = local_day(parts.clock.now())
    baby = JoiningMember(
        given_name="عبد الرحمن",
        family_name="العبد الله",
        birth_date=today - timedelta(days=20),
        languages=("ar",),
        role="child",
        interpreter=True,
    )
    await add_member(parts, principal, case_id, baby, "the baby")
    async with parts.database.transaction() as connection:
        members = [member.id for member in await members_of(connection, case_id)]
    gone = LeavingMember(left_on=today, reason=LeavingReason.DECEASED, note="Am Wochenende.")
    await remove_member(parts, principal, case_id, members[1], gone, "the father")
    return members


async def _take_over(parts: Container, case: TakenOverCase) -> UUID:
    async with parts.database.transaction() as connection:
        return await take_over(connection, await read_calendar(connection), case, parts.clock.now())


async def _add_newcomers(parts: Container) -> None:
    houses: dict[str, UUID] = {}
    async with parts.database.transaction() as connection:
        for user, name, role, house, legal_area in NEWCOMERS:
            if house not in houses:
                houses[house] = uuid7()
                await connection.execute(
                    insert(agencies).values(
                        id=houses[house],
                        key=house,
                        name="Haus, in dem noch nichts liegt",
                        sort_key=house,
                        legal_area=legal_area,
                        on_board=True,
                        queue_address="eingang@leer.example",
                    )
                )
                await connection.execute(
                    insert(agency_municipalities).values(agency_id=houses[house], ags=PADERBORN)
                )
            await connection.execute(
                insert(users).values(
                    id=uuid7(),
                    name=user,
                    display_name=name,
                    sort_key=user,
                    role=role,
                    agency_id=houses[house],
                    password_hash="never matches",
                    email=f"{user}@leer.example",
                    created_at=parts.clock.now(),
                )
            )
