"""Lists of cases in the cast's world: a good row, changes to it, and files of rows."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from openpyxl import Workbook

from service.agencies.capacity import Capacity
from service.agencies.repository import AgencyRow, MunicipalityRow
from service.takeover.lists.case_columns import CASE_COLUMNS
from service.takeover.lists.cases import CheckedCases, check_cases
from service.takeover.lists.surroundings import Account, Surroundings
from service.takeover.sheets.reading import Sheet, read_sheet
from tests.world import AGENCIES, PADERBORN, STATUTE, pathway

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)

HEADINGS = [column.heading for column in CASE_COLUMNS]

GOOD: dict[str, Any] = {
    "Aktenzeichen": "A-1",
    "Vorname": "Mariam",
    "Nachname": "Haddad",
    "Geburtsdatum": date(1990, 5, 4),
    "Sprachen": "Arabisch, en",
    "Gemeinde": "Paderborn",
    "Case Management": "anna",
    "Integrationspfad": "Rechtskreiswechsel",
    "Station": "Station job-centre",
    "Stand": "angenommen",
    "Stelle": "Jobcenter Paderborn",
    "Angefragt am": date(2026, 3, 2),
    "Angenommen am": date(2026, 3, 9),
    "Grundlage": STATUTE,
}
"""Row 2 of a list that has no other."""

MEMBER: dict[str, Any] = {
    "Aktenzeichen": "A-1",
    "Vorname": "Idris",
    "Nachname": "Haddad",
    "Geburtsdatum": "04.05.2015",
}
"""A further member of the same household."""

DUE: dict[str, Any] = {
    **{key: GOOD[key] for key in HEADINGS if key in GOOD},
    "Stand": "offen",
    "Fall seit": date(2026, 3, 2),
    "Stelle": None,
    "Angefragt am": None,
    "Angenommen am": None,
    "Grundlage": None,
}
"""The station has not been requested."""


def workbook(rows: Sequence[Mapping[str, Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return an XLSX with these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(headings))
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def delimited(
    rows: Sequence[Mapping[str, Any]], delimiter: str = ";", encoding: str = "utf-8"
) -> bytes:
    """Return a CSV with these rows, days as people write them."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(HEADINGS)
    for row in rows:
        values = [row.get(heading) for heading in HEADINGS]
        writer.writerow([f"{one:%d.%m.%Y}" if isinstance(one, date) else one for one in values])
    return file.getvalue().encode(encoding)


def agency(number: int, **changes: Any) -> AgencyRow:
    """Return one of the cast's agencies."""
    agency_id, key, name, legal_area, on_board = AGENCIES[number]
    row: dict[str, Any] = {
        "id": agency_id,
        "key": key,
        "name": name,
        "legal_area": legal_area,
        "municipalities": [PADERBORN],
        "capacity": Capacity.AVAILABLE,
        "full_until": None,
        "on_board": on_board,
        "telephone": "05251 000-0",
        "fax": None,
        "queue_address": f"{key}@example.org" if on_board else None,
    }
    return AgencyRow(**row | changes)


def surroundings(**changes: Any) -> Surroundings:
    """Return what Anna's office sees, and a municipality and an agency that are not for it."""
    office, other_office = agency(0), agency(1)
    elsewhere = agency(
        2,
        key="jobcenter-bueren",
        name="Jobcenter Büren",
        municipalities=["05774016"],
    )
    here: dict[str, Any] = {
        "today": TODAY,
        "language": "de",
        "municipalities": [
            MunicipalityRow(PADERBORN, "Paderborn"),
            MunicipalityRow("05774016", "Büren"),
        ],
        "agencies": [office, other_office, agency(2), agency(3), agency(4), elsewhere],
        "accounts": [
            Account("anna", "Anna Albers", office),
            Account("ben", "Ben Brandt", other_office),
        ],
        "pathways": [pathway()],
        "office": office,
    }
    return Surroundings(**here | changes)


def sheet_of(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """Return the rows as they are read from a workbook."""
    return read_sheet(workbook(rows), CASE_COLUMNS)


def checked(*rows: Mapping[str, Any], **changes: Any) -> CheckedCases:
    """Check these rows as a list."""
    return check_cases(sheet_of(rows), surroundings(**changes), NOW)


def many(good: int, faulty: int) -> list[dict[str, Any]]:
    """Return so many good rows, and so many of all kinds of faults, mixed in a fixed order."""
    from tests.takeover.test_case_rows import FAULTY  # noqa: PLC0415 - it uses this module

    standings = (
        DUE,
        GOOD,
        GOOD | {"Stand": "", "Angekommen am": "11.3.26"},
        GOOD | {"Stand": "erledigt", "Angekommen am": "2026-03-11", "Erledigt am": "01.04.2026"},
        GOOD
        | {"Stand": "angefragt", "Angenommen am": None, "Grundlage": "Einwilligung vom 1.3.26"},
    )
    rows = [standings[n % len(standings)] | {"Aktenzeichen": f"G-{n}"} for n in range(good)]
    kinds = [change for change, _, _ in FAULTY.values() if "Aktenzeichen" not in change]
    for n in range(faulty):
        position = n * (good + faulty) // max(faulty, 1)
        rows.insert(position, GOOD | {"Aktenzeichen": f"F-{n}"} | kinds[n % len(kinds)])
    return rows
