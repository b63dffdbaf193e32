"""Reads the start data from the files in this folder."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from service.agencies.capacity import Capacity
from service.agencies.repository import MunicipalityRow, NewAgency
from workflows.domain.principal import Role

HERE = Path(__file__).parent
CITY = "05774032"
"""Paderborn itself; the district's offices serve the other nine."""


class _Agency(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str
    name: str
    legal_area: str
    municipalities: list[str] | Literal["all", "district"]
    on_board: bool
    queue_address: str | None = None
    telephone: str | None = None
    fax: str | None = None
    capacity: Capacity = Capacity.AVAILABLE
    full_for_days: Annotated[int, Field(ge=1)] | None = None


class Person(BaseModel):
    """A member of the demo's cast. ``house``: the key of the agency that they work for."""

    model_config = ConfigDict(extra="forbid")

    user: str
    display_name: str
    role: Role
    house: str | None = None


class Cast(BaseModel):
    """Everybody in the demo, the password that they share, and whom to show at the start."""

    model_config = ConfigDict(extra="forbid")

    password: str
    people: list[Person]
    shown: list[str]


def read_municipalities() -> list[MunicipalityRow]:
    """Return the municipalities of the district."""
    with (HERE / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return [MunicipalityRow(row["ags"], row["name"]) for row in csv.DictReader(file)]


def read_agencies(today: date) -> list[NewAgency]:
    """Return the agencies; who is full is so for some days from ``today`` (in Berlin)."""
    everywhere = [row.ags for row in read_municipalities()]
    places = {"all": everywhere, "district": [ags for ags in everywhere if ags != CITY]}
    return [
        NewAgency(
            key=agency.key,
            name=agency.name,
            legal_area=agency.legal_area,
            municipalities=(
                places[agency.municipalities]
                if isinstance(agency.municipalities, str)
                else agency.municipalities
            ),
            on_board=agency.on_board,
            queue_address=agency.queue_address,
            telephone=agency.telephone,
            fax=agency.fax,
            capacity=agency.capacity,
            full_until=today + timedelta(agency.full_for_days) if agency.full_for_days else None,
        )
        for agency in map(_Agency.model_validate, read_file("agencies.yaml"))
    ]


def read_cast() -> Cast:
    """Return the people of the demo."""
    return Cast.model_validate(read_file("people.yaml"))


def read_file(name: str) -> Any:
    """Return the content of a YAML file in this folder."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
