"""From names to what they stand for here: agencies, people, pathways."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tables import users
from service.agencies.repository import AgencyRow, agencies_by_key, list_municipalities
from service.pathways.repository import get
from service.takeover.errors import UnknownName
from service.takeover.models import PastReferral, TakenOverCase
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class Known:
    """What a case's names stand for. ``pathways`` has one entry for each of its paths."""

    agencies: dict[str, AgencyRow]
    people: dict[str, Principal]
    pathways: list[Pathway]


async def find_known(connection: AsyncConnection, case: TakenOverCase) -> Known:
    """Find everything that the case names. Raises UnknownName."""
    await _check_municipality(connection, case.municipality)
    return Known(
        agencies=await _find_agencies(connection, case),
        people=await _find_people(connection, case),
        pathways=await _find_pathways(connection, case),
    )


async def _check_municipality(connection: AsyncConnection, ags: str) -> None:
    here = await list_municipalities(connection, Principal.system())
    if ags not in {municipality.ags for municipality in here}:
        raise UnknownName("municipality with the key", ags)


async def _find_agencies(connection: AsyncConnection, case: TakenOverCase) -> dict[str, AgencyRow]:
    referrals = [act for act in case.acts if isinstance(act, PastReferral)]
    keys = [
        case.office,
        *(given.agency for given in case.consents if given.agency),
        *(referral.agency for referral in referrals),
        *(referral.application.office for referral in referrals if referral.application),
    ]
    found = await agencies_by_key(connection, Principal.system(), keys)
    for key in keys:
        if key not in found:
            raise UnknownName("agency with the key", key)
    return found


async def _find_people(connection: AsyncConnection, case: TakenOverCase) -> dict[str, Principal]:
    names = [case.case_manager, *(act.actor for act in case.acts)]
    rows = await connection.execute(
        select(users.c.name, users.c.id, users.c.role, users.c.agency_id).where(
            users.c.name.in_(sorted(set(names)))
        )
    )
    found = {
        row.name: Principal(user_id=row.id, role=Role(row.role), agency_id=row.agency_id)
        for row in rows
    }
    for name in names:
        if name not in found:
            raise UnknownName("user", name)
    return found


async def _find_pathways(connection: AsyncConnection, case: TakenOverCase) -> list[Pathway]:
    found = []
    for path in case.paths:
        pathway = await get(connection, Principal.system(), path.pathway, path.version)
        if pathway is None:
            version = f", version {path.version}" if path.version is not None else ""
            raise UnknownName("published pathway", f"{path.pathway}{version}")
        found.append(pathway)
    return found
