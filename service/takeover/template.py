"""The template of a list: headings, an example, what each column means, and what can be chosen."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.agencies.legal_areas import LEGAL_AREAS
from service.takeover.lists.agency_columns import AGENCY_COLUMNS
from service.takeover.lists.case_columns import CASE_COLUMNS
from service.takeover.lists.explanations import AGENCIES, CASES
from service.takeover.lists.standings import proposed
from service.takeover.lists.surroundings import Surroundings
from service.takeover.sheets.reading import Column
from service.web.i18n import Translator, _

WIDTH = 20
WIDE = 90
HEADING = PatternFill("solid", fgColor="DDE6F0")

EXAMPLE_CASE = {
    "reference": "BEISPIEL",
    "given_name": "Amal",
    "family_name": "Beispiel",
    "birth_date": "03.02.1991",
    "languages": "Arabisch, Deutsch",
    "status": "angenommen",
    "since": "01.09.2025",
    "requested": "03.11.2025",
    "accepted": "10.11.2025",
}
EXAMPLE_AGENCY = {
    "key": "beispiel",
    "name": "Jobcenter Beispielstadt",
    "municipalities": "alle",
    "on_board": "ja",
    "queue_address": "eingang@jobcenter.example",
    "telephone": "05251 000-0",
    "capacity": "frei",
}


def template_for_cases(t: Translator, here: Surroundings) -> bytes:
    """Return the workbook for a list of cases, with the choices of the office."""
    workbook = Workbook()
    example = EXAMPLE_CASE | _example_path(t, here)
    _write_list(_first(workbook, "Fälle"), CASE_COLUMNS, example)
    _explain(workbook.create_sheet(t(_("Columns"))), t, CASE_COLUMNS, CASES)
    stations = [
        f"{pathway.title.in_language(t.language)}: {step.title.in_language(t.language)}"
        for pathway in here.pathways
        for step in pathway.steps
    ]
    offices = [here.office] if here.office else []
    served = {ags for office in offices for ags in office.municipalities}
    choices = {
        "municipality": [
            row.name for row in here.municipalities if row.ags in served or not served
        ],
        "case_manager": [one.name for one in here.accounts if one.office in offices or not offices],
        "pathway": [one.title.in_language(t.language) for one in here.pathways],
        "step": stations,
        "status": proposed("de"),
        "agency": [one.name for one in here.agencies],
    }
    _offer(workbook.create_sheet(t(_("Choices"))), CASE_COLUMNS, choices)
    return _saved(workbook)


def template_for_agencies(t: Translator, here: Surroundings) -> bytes:
    """Return the workbook for a list of agencies."""
    workbook = Workbook()
    areas = [texts.in_language(t.language) for texts in LEGAL_AREAS.values()]
    _write_list(
        _first(workbook, "Stellen"), AGENCY_COLUMNS, EXAMPLE_AGENCY | {"legal_area": areas[0]}
    )
    _explain(workbook.create_sheet(t(_("Columns"))), t, AGENCY_COLUMNS, AGENCIES)
    choices = {"legal_area": areas, "municipalities": [row.name for row in here.municipalities]}
    _offer(workbook.create_sheet(t(_("Choices"))), AGENCY_COLUMNS, choices)
    return _saved(workbook)


def _example_path(t: Translator, here: Surroundings) -> dict[str, str]:
    if not here.pathways:
        return {}
    pathway = here.pathways[0]
    step = pathway.steps[0]
    fitting = [one for one in here.agencies if one.legal_area == step.legal_area]
    basis = step.statutes[0].paragraph if step.statutes else "Einwilligung vom 01.11.2025"
    return {
        "municipality": here.municipalities[0].name if here.municipalities else "",
        "pathway": pathway.title.in_language(t.language),
        "step": step.title.in_language(t.language),
        "agency": fitting[0].name if fitting else "",
        "basis": basis,
    }


def _first(workbook: Workbook, title: str) -> Worksheet:
    sheet = workbook.worksheets[0]
    sheet.title = title
    return sheet


def _write_list(sheet: Worksheet, columns: Sequence[Column], example: Mapping[str, str]) -> None:
    sheet.append([column.heading for column in columns])
    _append_texts(sheet, [example.get(column.key, "") for column in columns])
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEADING
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="595959")
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH


def _explain(
    sheet: Worksheet, t: Translator, columns: Sequence[Column], words: Mapping[str, str]
) -> None:
    sheet.append([t(_("Column")), t(_("Needed")), t(_("Meaning"))])
    for column in columns:
        needed = t(_("yes")) if column.required else ""
        sheet.append([column.heading, needed, t(words[column.key])])
    sheet.append(["", "", t(_("The row BEISPIEL is an example and is never taken over."))])
    _lay_out(sheet, (26, 10, WIDE))


def _offer(
    sheet: Worksheet, columns: Sequence[Column], choices: Mapping[str, Sequence[str]]
) -> None:
    sheet.append([column.heading for column in columns if column.key in choices])
    offered = [choices[column.key] for column in columns if column.key in choices]
    for position in range(max(map(len, offered), default=0)):
        _append_texts(
            sheet, [names[position] if position < len(names) else "" for names in offered]
        )
    _lay_out(sheet, (48,) * len(offered))


def _append_texts(sheet: Worksheet, texts: Sequence[str]) -> None:
    """Append what people have named: text, even where it looks like a formula."""
    sheet.append([*texts])
    for cell in sheet[sheet.max_row]:
        cell.data_type = "s"


def _lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEADING
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
