"""Merged cells of a workbook, which openpyxl does not tell while it streams."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse
from openpyxl.utils.cell import range_boundaries

from service.takeover.sheets.limits import MOST_MERGES
from service.takeover.sheets.refusals import FileRefused

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Merged:
    """One block of merged cells; rows and columns are counted from 1."""

    first_column: int
    last_column: int
    first_row: int
    last_row: int


def merged_on(content: bytes, title: str) -> list[Merged]:
    """Return the merged cells of a sheet (ECMA-376, 18.3.1.55)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _merged_on(archive, _parts(archive)[title])


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        one.attrib["Id"]: one.attrib["Target"]
        for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = fromstring(archive.read("xl/workbook.xml")).iter(f"{_SHEET}sheet")
    return {sheet.attrib["name"]: _path(relations[sheet.attrib[_RELATION]]) for sheet in sheets}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _merged_on(archive: zipfile.ZipFile, part: str) -> list[Merged]:
    found = []
    element: Element
    with archive.open(part) as file:
        for _, element in iterparse(file):
            if element.tag == f"{_SHEET}mergeCell":
                left, top, right, bottom = range_boundaries(element.attrib["ref"])
                found.append(Merged(left or 1, right or 1, top or 1, bottom or 1))
                if len(found) > MOST_MERGES:
                    raise FileRefused("too-many-merges", limit=str(MOST_MERGES))
            if element.tag == f"{_SHEET}row":
                element.clear()
    return found
