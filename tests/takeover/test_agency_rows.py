"""A list of agencies: new ones come in, known ones change where nothing rests on it."""

from collections.abc import Mapping
from typing import Any

import pytest

from service.agencies.capacity import Capacity
from service.agencies.repository import agencies_by_key
from service.takeover.agencies import check_agency_list, write_agencies
from service.takeover.lists.agencies import CheckedAgencies, check_agencies
from service.takeover.lists.agency_columns import AGENCY_COLUMNS
from service.takeover.sheets.reading import read_sheet
from service.web.i18n import Translator
from tests.takeover.lists import agency, surroundings, workbook
from tests.world import PADERBORN, World
from workflows.domain.principal import Principal

HEADINGS = [column.heading for column in AGENCY_COLUMNS]

NEW = {
    "Schlüssel": "sozialamt",
    "Name": "Sozialamt Paderborn",
    "Rechtsbereich": "Asylbewerberleistungen",
    "Gemeinden": "Paderborn; 05774016",
    "dabei": "ja",
    "E-Mail der Eingangsstelle": "eingang@sozialamt.example",
    "Telefon": "05251 000-1",
    "Plätze": "voll bis 31.12.2026",
}
SAME = {
    "Schlüssel": "receiver",
    "Name": "Jobcenter Paderborn",
    "Rechtsbereich": "basic-income",
    "Gemeinden": "Paderborn",
}

Change = dict[str, Any]


def checked(*rows: Mapping[str, Any]) -> CheckedAgencies:
    """Check these rows as a list."""
    sheet = read_sheet(workbook(rows, HEADINGS), AGENCY_COLUMNS)
    return check_agencies(sheet, surroundings())


def test_a_new_agency_is_read_whole() -> None:
    [new] = checked(NEW).new

    assert (new.key, new.legal_area, new.on_board) == ("sozialamt", "asylum-benefits", True)
    assert new.municipalities == ["05774016", PADERBORN]
    assert (new.capacity, str(new.full_until)) == (Capacity.FULL, "2026-12-31")
    assert (new.telephone, new.fax) == ("05251 000-1", None)


def test_all_municipalities_are_one_word() -> None:
    [new] = checked(NEW | {"Gemeinden": "alle"}).new

    assert new.municipalities == ["05774016", PADERBORN]


def test_what_is_here_like_this_stays() -> None:
    found = checked(SAME)

    assert (found.same, found.new, found.changed, found.faults) == (1, [], [], [])


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"Name": "Jobcenter Kreis"}, "name", "Jobcenter Kreis"),
        ({"Telefon": "05251 1"}, "telephone", "05251 1"),
        ({"Plätze": "voll"}, "capacity", Capacity.FULL),
        ({"Gemeinden": "Paderborn, Büren"}, "municipalities", ["05774016", PADERBORN]),
    ],
)
def test_what_nothing_rests_on_may_change(change: Change, field: str, value: object) -> None:
    [changed] = checked(SAME | change).changed

    before = agency(2)
    assert getattr(changed, field) == value
    assert getattr(before, field) != value
    assert changed.queue_address == before.queue_address


FAULTY: dict[str, tuple[Change, str, str]] = {
    "no key": ({"Schlüssel": ""}, "Schlüssel", "missing"),
    "a key with blanks": ({"Schlüssel": "Sozial Amt"}, "Schlüssel", "bad-key"),
    "no name": ({"Name": None}, "Name", "missing"),
    "a legal area that is none": (
        {"Rechtsbereich": "Steuern"},
        "Rechtsbereich",
        "unknown-legal-area",
    ),
    "no municipality": ({"Gemeinden": ""}, "Gemeinden", "missing"),
    "a municipality that is not here": (
        {"Gemeinden": "Paderborn, Gütersloh"},
        "Gemeinden",
        "unknown-municipality",
    ),
    "neither yes nor no": ({"dabei": "vielleicht"}, "dabei", "yes-or-no"),
    "no address": (
        {"E-Mail der Eingangsstelle": ""},
        "E-Mail der Eingangsstelle",
        "address-missing",
    ),
    "an address that is none": (
        {"E-Mail der Eingangsstelle": "eingang"},
        "E-Mail der Eingangsstelle",
        "bad-address",
    ),
    "nothing to call": ({"dabei": "nein", "Telefon": ""}, "Telefon", "unreachable"),
    "places in other words": ({"Plätze": "mal sehen"}, "Plätze", "bad-capacity"),
    "another legal area": (
        SAME | {"Rechtsbereich": "Schule"},
        "Rechtsbereich",
        "legal-area-fixed",
    ),
    "off board again": (SAME | {"dabei": "nein"}, "dabei", "stays-on-board"),
    "a place less": (SAME | {"Gemeinden": "Büren"}, "Gemeinden", "municipality-stays"),
}


@pytest.mark.parametrize(("change", "column", "code"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_told_by_row_column_and_kind(
    translators: dict[str, Translator], change: Change, column: str, code: str
) -> None:
    found = checked(NEW | change, NEW | {"Schlüssel": "other-office"})

    [fault] = found.faults
    assert (fault.row, fault.column, fault.code) == (2, column, code)
    assert [one.key for one in found.new] == ["other-office"]
    for t in translators.values():
        assert "%(" not in fault.wrong(t) + fault.remedy(t)


def test_a_key_twice_is_a_fault_of_the_second_row() -> None:
    found = checked(NEW, NEW)

    assert [(one.row, one.code) for one in found.faults] == [(3, "key-twice")]
    assert len(found.new) == 1


async def test_a_list_is_entered_once(world: World) -> None:
    parts, engine = world.container, Principal.system()
    content = workbook([NEW | {"Gemeinden": "alle"}, SAME | {"Name": "Jobcenter Kreis"}], HEADINGS)

    _, found = await check_agency_list(parts, engine, content, "de")
    await write_agencies(parts, engine, found)
    _, again = await check_agency_list(parts, engine, content, "de")

    assert (len(found.new), len(found.changed)) == (1, 1)
    assert (again.new, again.changed, again.same) == ([], [], 2)
    async with parts.database.transaction() as connection:
        here = await agencies_by_key(connection, engine, ["sozialamt", "receiver"])
    assert here["sozialamt"].municipalities == [PADERBORN]
    assert here["receiver"].name == "Jobcenter Kreis"
