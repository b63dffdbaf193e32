"""Entering agencies from a list, and changing those that are here."""

import asyncio

from service.agencies.repository import add_agency, change_agency
from service.bootstrap import Container
from service.takeover.lists.agencies import CheckedAgencies, check_agencies
from service.takeover.lists.agency_columns import AGENCY_COLUMNS
from service.takeover.repository import Takeovers
from service.takeover.sheets.reading import Sheet, read_sheet
from workflows.domain.principal import Principal


async def check_agency_list(
    container: Container, principal: Principal, content: bytes, language: str
) -> tuple[Sheet, CheckedAgencies]:
    """Check a file. Nothing is written. Raises FileRefused."""
    sheet = await asyncio.to_thread(read_sheet, content, AGENCY_COLUMNS)
    async with container.database.transaction() as connection:
        takeovers = Takeovers(connection)
        here = await takeovers.surroundings(principal, container.clock.now(), language)
    return sheet, await asyncio.to_thread(check_agencies, sheet, here)


async def write_agencies(
    container: Container, principal: Principal, checked: CheckedAgencies
) -> None:
    """Enter what is new and change what has changed, all or nothing."""
    async with container.database.transaction() as connection:
        for agency in checked.new:
            await add_agency(connection, principal, agency)
        for agency in checked.changed:
            await change_agency(connection, principal, agency)
