"""Agencies in the parameters of lists."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.lookup import find_agency
from service.web.entry_words import UNUSABLE_ENTRIES
from service.web.field_errors import FieldError
from service.web.problems import standard_refusal
from workflows.domain.principal import Principal


async def wanted_agency(
    connection: AsyncConnection, principal: Principal, reference: str | None
) -> UUID | None:
    """Return the id of the agency that a list is filtered by. Raises the refusal 422."""
    if reference is None:
        return None
    agency = await find_agency(connection, principal, reference)
    if agency is None:
        sentence = UNUSABLE_ENTRIES["unknown-agency"]
        raise standard_refusal(422, fields=[FieldError("query", "agency", sentence)])
    return agency.id
