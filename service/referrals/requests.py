"""What programs send about referrals: agencies by id or by key, also where an application went."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.lookup import find_agency
from service.cases.schemas import Body, Code, Day, Language, NewReferral, ReferAgain
from service.errors import UnusableEntry
from service.referrals.again import WaiveReferral
from service.web.text import Paragraphs
from workflows.domain.basis import Application, Basis
from workflows.domain.joins import Key
from workflows.domain.principal import Principal

Seq = Annotated[
    int | None,
    Field(
        ge=0,
        description="The `seq` that you saw: refused (`stale-view`) if somebody acted since.",
    ),
]


class ApplicationBody(Body):
    """An application for a benefit that travels with a referral, and when it was filed where."""

    benefit: Key
    office: Annotated[Code, Field(description="Id or key of the agency where it was filed.")]
    filed_at: Day


class _Request(Body):
    agency: Annotated[Code, Field(description="Id or key.")]
    basis: Basis
    note: Paragraphs | None = None
    application: ApplicationBody | None = None
    interpreter: Language | None = None


class ReferralBody(_Request):
    """A step to be sent to an agency. ``path``: needed where several paths have such a step."""

    step: Code
    path: Annotated[UUID | None, Field(description="Id of the path.")] = None


class ReferAgainBody(_Request):
    """Where a step goes whose referral came back."""

    expected_seq: Seq = None


class WaiveReferralBody(WaiveReferral):
    """Why a step is left out whose referral came back."""

    expected_seq: Seq = None


async def new_referral(
    connection: AsyncConnection, principal: Principal, body: ReferralBody
) -> NewReferral:
    """Return the referral that was asked for. Raises UnusableEntry."""
    return NewReferral(
        step=body.step,
        path=body.path,
        agency=body.agency,
        basis=body.basis,
        note=body.note,
        application=await _application(connection, principal, body.application),
        interpreter=body.interpreter,
    )


async def new_way(
    connection: AsyncConnection, principal: Principal, body: ReferAgainBody
) -> ReferAgain:
    """Return where the step is to go. Raises UnusableEntry."""
    return ReferAgain(
        agency=body.agency,
        basis=body.basis,
        note=body.note,
        application=await _application(connection, principal, body.application),
        interpreter=body.interpreter,
    )


async def _application(
    connection: AsyncConnection, principal: Principal, body: ApplicationBody | None
) -> Application | None:
    if body is None:
        return None
    office = await find_agency(connection, principal, body.office)
    if office is None:
        raise UnusableEntry("application.office", "unknown-agency")
    return Application(benefit=body.benefit, office=office.id, filed_at=body.filed_at)
