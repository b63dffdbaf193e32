"""The houses that people work for: offices of the integration management, or agencies."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.tables import agencies
from workflows.domain.principal import Principal


async def house_keys(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001 - the directory is open to everybody signed in
) -> dict[UUID | None, dict[str, str | None]]:
    """Return for every agency its key, as ``agency`` or as ``office``."""
    rows = await connection.execute(select(agencies.c.id, agencies.c.key, agencies.c.legal_area))
    return {
        row.id: {"agency": None, "office": row.key}
        if row.legal_area == INTEGRATION_MANAGEMENT
        else {"agency": row.key, "office": None}
        for row in rows
    }
