"""Municipalities, by name or official key."""

from service.agencies.repository import AgencyRow, MunicipalityRow
from service.takeover.lists.choices import find, similar
from service.takeover.lists.entries import Entries
from service.takeover.lists.surroundings import Surroundings

AGS_DIGITS = 8


def municipality_called(typed: str, here: Surroundings) -> MunicipalityRow | None:
    """Return the municipality of that name or AGS; a spreadsheet drops the key's first zero."""
    key = typed.rjust(AGS_DIGITS, "0") if typed.isdecimal() else typed
    by_name = {row.name: row for row in here.municipalities}
    by_key = {row.ags: row for row in here.municipalities}
    return by_key.get(key) or find(typed, by_name)


def municipality_of(
    entries: Entries, here: Surroundings, office: AgencyRow | None
) -> MunicipalityRow | None:
    """Return where the household lives; None, with the fault noted, if the office is not there."""
    typed = entries.needed("municipality")
    if not typed:
        return None
    served = set(office.municipalities) if office else {row.ags for row in here.municipalities}
    names = [row.name for row in here.municipalities if row.ags in served]
    found = municipality_called(typed, here)
    choices = similar(typed, names, here.language)
    if found is None:
        entries.wrong("municipality", "unknown-municipality", value=typed, choices=choices)
    elif found.ags not in served and office:
        entries.wrong(
            "municipality",
            "municipality-elsewhere",
            value=found.name,
            office=office.name,
            choices=choices,
        )
        return None
    return found
