"""From names to what they stand for here: agencies, people, pathways."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tables import users
from service.agencies.repository import AgencyRow, agencies_by_key, list_municipalities
from service.pathways.repository import get
from service.takeover.errors import UnknownName
from service.takeover.models import PastMove, PastOffer, PastReferral, TakenOverCase
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class Known:
    """What a case's names stand for. ``pathways`` has one entry for each of its paths."""

    agencies: dict[str, AgencyRow]
    people: dict[str, Principal]
    pathways: list[Pathway]


@dataclass(frozen=True)
class Directory:
    """What the names of several cases stand for. Pathways go by key and version."""

    municipalities: frozenset[str]
    agencies: dict[str, AgencyRow]
    people: dict[str, Principal]
    pathways: dict[tuple[str, int | None], Pathway]

    def known_to(self, case: TakenOverCase) -> Known:
        """Return what this case names. Raises UnknownName."""
        if case.municipality not in self.municipalities:
            raise UnknownName("municipality with the key", case.municipality)
        for key in _agencies_of(case):
            if key not in self.agencies:
                raise UnknownName("agency with the key", key)
        for name in _people_of(case):
            if name not in self.people:
                raise UnknownName("user", name)
        return Known(self.agencies, self.people, self._pathways_of(case))

    def _pathways_of(self, case: TakenOverCase) -> list[Pathway]:
        for path in case.paths:
            if (path.pathway, path.version) not in self.pathways:
                version = f", version {path.version}" if path.version is not None else ""
                raise UnknownName("published pathway", f"{path.pathway}{version}")
        return [self.pathways[path.pathway, path.version] for path in case.paths]


async def look_up(connection: AsyncConnection, cases: Sequence[TakenOverCase]) -> Directory:
    """Look up everything that these cases name."""
    here = await list_municipalities(connection, Principal.system())
    keys = {key for case in cases for key in _agencies_of(case)}
    return Directory(
        municipalities=frozenset(municipality.ags for municipality in here),
        agencies=await agencies_by_key(connection, Principal.system(), keys),
        people=await _find_people(connection, cases),
        pathways=await _find_pathways(connection, cases),
    )


def _agencies_of(case: TakenOverCase) -> list[str]:
    referrals = [act for act in case.acts if isinstance(act, PastReferral)]
    moves = [act for act in case.acts if isinstance(act, PastMove)]
    return [
        case.office,
        *(given.agency for given in case.consents if given.agency),
        *(referral.agency for referral in referrals),
        *(referral.application.office for referral in referrals if referral.application),
        *(move.agency for move in moves if move.agency),
        *(act.office for act in case.acts if isinstance(act, PastOffer)),
    ]


def _people_of(case: TakenOverCase) -> list[str]:
    moves = [act for act in case.acts if isinstance(act, PastMove)]
    return [
        case.case_manager,
        *(act.actor for act in case.acts),
        *(move.assignee for move in moves if move.assignee),
    ]


async def _find_people(
    connection: AsyncConnection, cases: Sequence[TakenOverCase]
) -> dict[str, Principal]:
    names = {name for case in cases for name in _people_of(case)}
    rows = await connection.execute(
        select(users.c.name, users.c.id, users.c.role, users.c.agency_id).where(
            users.c.name.in_(sorted(names))
        )
    )
    return {
        row.name: Principal(user_id=row.id, role=Role(row.role), agency_id=row.agency_id)
        for row in rows
    }


async def _find_pathways(
    connection: AsyncConnection, cases: Sequence[TakenOverCase]
) -> dict[tuple[str, int | None], Pathway]:
    wanted = {(path.pathway, path.version) for case in cases for path in case.paths}
    found = {
        (key, version): await get(connection, Principal.system(), key, version)
        for key, version in wanted
    }
    return {name: pathway for name, pathway in found.items() if pathway is not None}
