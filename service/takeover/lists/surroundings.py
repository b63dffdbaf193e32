"""What a list is checked against: everything here that its rows can name."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.agencies.repository import AgencyRow, MunicipalityRow
from workflows.domain.pathway import Pathway


@dataclass(frozen=True)
class Account:
    """An account of a case manager, with the office."""

    name: str
    display_name: str
    office: AgencyRow


@dataclass(frozen=True)
class Surroundings:
    """What is here on ``today`` (Berlin), for people who speak ``language``.

    ``office``: whose list it is; None lets the case manager of each row decide.
    ``own_account``: who looks after a case that names nobody. ``taken_over``: office and
    reference of every case that came in before.
    """

    today: date
    language: str
    municipalities: list[MunicipalityRow]
    agencies: list[AgencyRow]
    accounts: list[Account]
    pathways: list[Pathway]
    taken_over: frozenset[tuple[UUID, str]] = frozenset()
    office: AgencyRow | None = None
    own_account: str | None = None
