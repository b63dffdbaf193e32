"""The files that people get back: the report, and the templates."""

import csv
import io
from dataclasses import replace

from openpyxl import load_workbook

from service.takeover import report
from service.takeover.lists.agency_columns import AGENCY_COLUMNS
from service.takeover.lists.case_columns import CASE_COLUMNS
from service.takeover.lists.cases import check_cases
from service.takeover.lists.faults import Fault
from service.takeover.sheets.reading import read_sheet
from service.takeover.template import template_for_agencies, template_for_cases
from service.web.i18n import Translator
from tests.takeover.lists import NOW, surroundings


def test_the_report_opens_in_a_spreadsheet(translators: dict[str, Translator]) -> None:
    fault = Fault(7, "Stelle", "unknown-agency", {"value": "Jobzenter", "choices": "„A“"})

    content = report.as_csv(translators["de"], [fault])

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) == [
        ["Zeile", "Spalte", "Was ist falsch", "Was hinschreiben"],
        [
            "7",
            "Stelle",
            "Es gibt keine Stelle „Jobzenter“.",
            "Schreiben Sie eines von diesen: „A“.",
        ],
    ]


def test_nothing_in_the_report_is_taken_for_a_formula(translators: dict[str, Translator]) -> None:
    params = {"value": "=1", "office": "=HYPERLINK(1)", "choices": "@x"}
    fault = Fault(7, "+49", "municipality-elsewhere", params)

    content = report.as_csv(translators["en"], [fault]).decode("utf-8-sig")

    [_, line] = csv.reader(io.StringIO(content), delimiter=";")
    assert [cell[0] for cell in line] == ["7", "'", "'", "W"]


def test_the_template_is_a_list_with_nothing_to_take_over(
    translators: dict[str, Translator],
) -> None:
    here = surroundings()

    sheet = read_sheet(template_for_cases(translators["de"], here), CASE_COLUMNS)

    assert set(sheet.headings) == {column.key for column in CASE_COLUMNS}
    assert check_cases(sheet, here, NOW).rows == 0


def test_the_template_explains_every_column_and_lists_the_choices(
    translators: dict[str, Translator],
) -> None:
    content = template_for_cases(translators["de"], surroundings())

    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Fälle", "Spalten", "Auswahl"]
    explained = [row[0] for row in book["Spalten"].iter_rows(min_row=2, values_only=True)]
    assert explained[: len(CASE_COLUMNS)] == [column.heading for column in CASE_COLUMNS]
    offered = {value for row in book["Auswahl"].iter_rows(values_only=True) for value in row}
    assert {"anna", "Paderborn", "Jobcenter Paderborn"} <= offered
    assert {"ben", "Büren"}.isdisjoint(offered)


def test_there_is_a_template_for_agencies(translators: dict[str, Translator]) -> None:
    sheet = read_sheet(template_for_agencies(translators["de"], surroundings()), AGENCY_COLUMNS)

    assert set(sheet.headings) == {column.key for column in AGENCY_COLUMNS}


def test_nothing_in_the_template_is_a_formula(translators: dict[str, Translator]) -> None:
    here = surroundings()
    [first, *others] = here.agencies
    here = replace(
        here, agencies=[replace(first, name='=HYPERLINK("https://evil.example")'), *others]
    )

    book = load_workbook(io.BytesIO(template_for_cases(translators["de"], here)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
