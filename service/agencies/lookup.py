"""Finding one agency the way people and programs name it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.repository import AgencyRow, agencies_by_key, get_agency
from service.reference import as_uuid
from workflows.domain.principal import Principal

INTEGRATION_MANAGEMENT = "integration-management"
"""The legal area of the offices whose case managers open cases."""


async def find_agency(
    connection: AsyncConnection, principal: Principal, reference: str
) -> AgencyRow | None:
    """Return the agency with that id or key, or None."""
    if agency_id := as_uuid(reference):
        return await get_agency(connection, principal, agency_id)
    return (await agencies_by_key(connection, principal, [reference])).get(reference)


async def is_office(connection: AsyncConnection, principal: Principal) -> bool:
    """Tell whether the principal works for an office of the integration management."""
    if principal.agency_id is None:
        return False
    house = await get_agency(connection, principal, principal.agency_id)
    return house is not None and house.legal_area == INTEGRATION_MANAGEMENT
