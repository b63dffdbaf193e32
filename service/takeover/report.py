"""The report of a list as a file."""

import csv
import io
from collections.abc import Iterable

from service.takeover.lists.faults import Fault
from service.web.i18n import Translator, _

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula (OWASP, CSV injection)."""


def headings(t: Translator) -> list[str]:
    """Return the headings of the report."""
    return [t(_("Row")), t(_("Column")), t(_("What is wrong")), t(_("What to write"))]


def lines(t: Translator, faults: Iterable[Fault]) -> list[list[str]]:
    """Return the report, a line for each fault."""
    return [[str(one.row), one.column, one.wrong(t), one.remedy(t)] for one in faults]


def as_csv(t: Translator, faults: Iterable[Fault]) -> bytes:
    """Return the report for a spreadsheet: semicolons, UTF-8 with a mark, no formulas."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headings(t))
    writer.writerows([[_harmless(cell) for cell in line] for line in lines(t, faults)])
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
