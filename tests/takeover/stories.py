"""A running case of the cast's world, told in a few words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select

from service.calendar import read_calendar
from service.cases.schemas import NewConsent, NewMember
from service.ledger.rows import Row
from service.takeover.door import take_over
from service.takeover.models import StartedPath, TakenOverCase
from tests.world import PADERBORN, STATUTE, World
from workflows.domain.personal_data import PersonalData

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The case's first day; answering takes five working days, so until Monday, 9 March."""

MUCH_LATER = MONDAY + timedelta(days=30)

OF_THE_CASE = {"transfer", "close", "reopen", "add-member", "remove-member", "record-entitlement"}

SGB_X = "§ 69 Abs. 1 Nr. 1 SGB X"
"""What permits handing a whole case on."""

HAPPY_LIFE = [
    {"action": "refer", "day": 0, "actor": "anna", "agency": "receiver", "statute": STATUTE},
    {"action": "receive", "day": 1, "actor": "clara"},
    {"action": "claim", "day": 1, "actor": "clara"},
    {"action": "accept", "day": 2, "actor": "clara"},
    {"action": "arrive", "day": 3, "actor": "clara"},
    {"action": "progress", "day": 4, "actor": "karim", "note": "Der Antrag ist vollständig."},
    {"action": "complete", "day": 8, "actor": "clara"},
]


def story(*acts: dict[str, Any], **changes: Any) -> TakenOverCase:
    """Return a case with these acts: ``day`` counts from the first one, step is the job centre."""
    past = [
        {"at": MONDAY + timedelta(days=act["day"]), **about(act), **without_day(act)}
        for act in acts
    ]
    return TakenOverCase.model_validate(
        {
            "source": "old-system",
            "external_id": "4711",
            "municipality": PADERBORN,
            "office": "office-a",
            "case_manager": "anna",
            "opened_at": MONDAY,
            "household": [member("Mariam"), member("Idris")],
            "paths": [StartedPath(pathway="benefit-change", member=0)],
            "acts": past,
            **changes,
        }
    )


def about(act: dict[str, Any]) -> dict[str, Any]:
    return {} if act["action"] in OF_THE_CASE else {"step": "job-centre"}


def without_day(act: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in act.items() if key != "day"}


def member(given_name: str) -> NewMember:
    return NewMember(given_name=given_name, family_name="Haddad", birth_date=date(1990, 5, 4))


def consent(**changes: Any) -> NewConsent:
    """Return a consent of the first member to the job centre, for what the step passes on."""
    return NewConsent.model_validate(
        {
            "member": 0,
            "agency": "receiver",
            "fields": [PersonalData.NAME, PersonalData.BIRTH_DATE, PersonalData.NOTE],
            "purpose": "Grundsicherung",
            "given_at": MONDAY.date(),
            "valid_until": MUCH_LATER.date(),
            **changes,
        }
    )


async def bring(world: World, case: TakenOverCase, now: datetime = MUCH_LATER) -> UUID:
    """Take the case over."""
    async with world.container.database.transaction() as connection:
        return await take_over(connection, await read_calendar(connection), case, now)


async def rows(world: World, table: Table, *order: str) -> list[Row]:
    """Return a table's rows."""
    query = select(table).order_by(*(table.c[name] for name in order))
    async with world.container.database.transaction() as connection:
        return [dict(row) for row in (await connection.execute(query)).mappings()]


async def count(world: World, table: Table) -> int:
    async with world.container.database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0
