"""Agencies as programs see them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.agencies.capacity import Capacity

WELFARE_OFFICE: dict[str, Any] = {
    "id": "01920000-0000-7000-8000-00000000000c",
    "key": "sozialamt-paderborn",
    "name": "Sozialamt der Stadt Paderborn",
}
OFFICE: dict[str, Any] = {
    "id": "01920000-0000-7000-8000-00000000000a",
    "key": "kim-stadt",
    "name": "Kommunales Integrationsmanagement der Stadt Paderborn",
}


class AgencyLink(BaseModel):
    """An agency where it is mentioned."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [WELFARE_OFFICE]}
    )

    id: UUID
    key: str
    name: str


class AgencyAnswer(AgencyLink):
    """An agency of the directory. ``municipalities``: AGS keys of where it is competent."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                WELFARE_OFFICE
                | {
                    "legal_area": "asylum-benefits",
                    "municipalities": ["05774032"],
                    "capacity": "available",
                    "full_until": None,
                    "on_board": True,
                    "telephone": "05251 000000",
                    "fax": None,
                }
            ]
        },
    )

    legal_area: str
    municipalities: list[str]
    capacity: Capacity
    full_until: date | None
    on_board: Annotated[
        bool,
        Field(description="false: its people do not use Nahtlos; the sender records its answers."),
    ]
    telephone: str | None
    fax: str | None
