"""Waiting for what the engine does on its own, after an act was confirmed."""

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from service.cases.tables import steps
from service.referrals.tables import referrals
from tests.world import World
from workflows.domain.errors import RequestsOpen

PATIENCE = 15.0  # seconds


async def until_step(world: World, case_id: UUID, key: str, status: str) -> Row[Any]:
    """Wait until the step has that status and return its row."""
    query = select(steps).where(steps.c.case_id == case_id, steps.c.key == key)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.container.database.transaction() as connection:
                row = (await connection.execute(query)).one()
            if row.status == status:
                return row
            await asyncio.sleep(0.05)


async def until_gone(world: World, case_id: UUID, member_id: UUID) -> None:
    """Let somebody leave as soon as the case has heard that no agency has a request for them."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await world.remove(case_id, member_id)
            except RequestsOpen:
                await asyncio.sleep(0.05)
            else:
                return


async def until_referral_has_ended(world: World, referral_id: UUID) -> Row[Any]:
    """Wait until the referral has ended for good and return its row."""
    query = select(referrals).where(referrals.c.id == referral_id)
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.container.database.transaction() as connection:
                row = (await connection.execute(query)).one()
            if row.closed_at is not None:
                return row
            await asyncio.sleep(0.05)
