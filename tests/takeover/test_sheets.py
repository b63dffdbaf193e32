"""Files of all sorts: what can be read is read right, the rest is refused with one sentence."""

import io
import re
import time
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from service.takeover.lists.case_columns import CASE_COLUMNS
from service.takeover.sheets.limits import (
    MOST_BYTES,
    MOST_BYTES_UNPACKED,
    MOST_MERGES,
    MOST_ROWS,
    MOST_SHEETS,
)
from service.takeover.sheets.reading import Sheet, read_sheet
from service.takeover.sheets.refusals import SENTENCES, FileRefused
from service.takeover.sheets.table import Unreadable
from service.web.i18n import Translator
from tests.takeover.lists import GOOD, HEADINGS, delimited, saved, workbook

UMLAUTS = GOOD | {"Vorname": "Jürgen", "Nachname": "Weißköpfl", "Stelle": "Ämter \N{EN DASH} Öfen"}


def read(content: bytes) -> Sheet:
    """Read a list of cases."""
    return read_sheet(content, CASE_COLUMNS)


def first(content: bytes) -> dict[str, Any]:
    """Return the first row below the headings."""
    return dict(read(content).records[0].values)


def test_a_workbook_keeps_its_values_and_row_numbers() -> None:
    sheet = read(workbook([GOOD, {}, GOOD]))

    assert [record.number for record in sheet.records] == [2, 4]
    assert sheet.records[0].values["birth_date"] == datetime(1990, 5, 4)  # noqa: DTZ001


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "mac_roman", "cp850", "utf-16", "utf-16-le"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_umlauts_arrive_in_every_common_encoding(encoding: str, delimiter: str) -> None:
    row = UMLAUTS | {"Stelle": "Ämter für Öfen Süd"}

    found = first(delimited([row, row], delimiter, encoding))

    assert (found["given_name"], found["family_name"]) == ("Jürgen", "Weißköpfl")
    assert (found["agency"], found["basis"]) == ("Ämter für Öfen Süd", GOOD["Grundlage"])


def test_windows_1252_has_its_dashes() -> None:
    assert first(delimited([UMLAUTS], encoding="cp1252"))["agency"] == "Ämter \N{EN DASH} Öfen"


def test_excels_hint_at_the_delimiter_is_a_row_of_its_own() -> None:
    content = b"sep=,\r\n" + delimited([GOOD], ",")

    assert read(content).records[0].number == 3


def test_a_cell_may_have_line_breaks() -> None:
    row = GOOD | {"Notiz": "eins\r\nzwei"}
    sheet = read(delimited([row | {"Notiz an die Stelle": "eins\nzwei"}, GOOD]))

    assert sheet.records[0].values["note"] == "eins\nzwei"
    assert sheet.records[1].number == 3


def test_headings_may_be_called_and_ordered_otherwise() -> None:
    renamed = {
        "Az.": "A-1",
        "NAME": "Haddad",
        "Vorname:": "Mariam",
        "geb. am": "4.5.1990",
        "Ort": "Paderborn",
        "Pfad": "benefit-change",
        "aktuelle  Station": "job-centre",
        "Lieblingsfarbe": "blau",
    }

    sheet = read(workbook([renamed], list(renamed)))

    assert sheet.records[0].values["family_name"] == "Haddad"
    assert sheet.headings["reference"] == "Az."
    assert sheet.ignored == ["Lieblingsfarbe"]


def test_titles_may_stand_above_the_headings() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Fälle des Büros, Stand Juni"])
    sheet.merge_cells("A1:F1")
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append([GOOD.get(heading) for heading in HEADINGS])

    [record] = read(saved(book)).records

    assert (record.number, record.values["reference"]) == (4, "A-1")


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.append(HEADINGS)
    hidden.append(["versteckt"] * len(HEADINGS))
    visible = book.create_sheet("Fälle")
    visible.append(HEADINGS)
    visible.append([GOOD.get(heading) for heading in HEADINGS])
    book.active = 1
    hidden.sheet_state = "hidden"

    assert first(saved(book))["reference"] == "A-1"


def test_days_are_the_same_in_the_1904_date_system() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append([GOOD.get(heading) for heading in HEADINGS])

    content = saved(book)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'date1904="1"' in archive.read("xl/workbook.xml")
    found = first(content)["birth_date"]
    assert isinstance(found, datetime)
    assert found.date() == date(1990, 5, 4)


def test_of_a_formula_its_last_result_counts() -> None:
    content = workbook([GOOD | {"Vorname": '="Mar"&"iam"'}])
    with_result = _replaced(
        content,
        rb"<c r=\"B2\"><f>(.*?)</f><v\s*/?>(</v>)?",
        rb'<c r="B2" t="str"><f>\1</f><v>Mariam</v>',
    )

    assert first(content)["given_name"] is Unreadable.FORMULA
    assert first(with_result)["given_name"] == "Mariam"


def test_a_formula_that_failed_is_no_value() -> None:
    content = workbook([GOOD | {"Vorname": "#REF!"}])

    assert first(content)["given_name"] is Unreadable.ERROR


def test_merged_cells_belong_to_no_row() -> None:
    book = load_workbook(io.BytesIO(workbook([GOOD, GOOD, GOOD])))
    book.worksheets[0].merge_cells("B2:C3")

    records = read(saved(book)).records

    marked = [record.values["given_name"] is Unreadable.MERGED for record in records]
    assert marked == [True, True, False]
    assert records[1].values["family_name"] is Unreadable.MERGED
    assert records[1].values["reference"] == "A-1"


def test_what_the_file_says_of_its_size_does_not_matter() -> None:
    content = _replaced(workbook([GOOD]), rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD9"')

    started = time.process_time()
    assert len(read(content).records) == 1
    assert time.process_time() - started < 2


def _replaced(content: bytes, pattern: bytes, new: bytes) -> bytes:
    """Return the workbook with something replaced in its first sheet."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part, count = re.subn(pattern, new, part)
                assert count
            changed.writestr(name, part)
    return file.getvalue()


def _archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def _bomb() -> bytes:
    return _archive(
        xl__workbook_xml=b"<x/>", xl__sharedStrings_xml=b" " * (MOST_BYTES_UNPACKED + 1)
    )


def _entities() -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    return _archive(xl__workbook_xml=bomb, xl___rels__workbook_xml_rels=bomb)


def _long(rows: int) -> bytes:
    return delimited([{}] * rows + [GOOD])


def _many_sheets() -> bytes:
    book = Workbook()
    for number in range(MOST_SHEETS):
        book.create_sheet(f"Sheet {number}")
    return saved(book)


def _many_merges() -> bytes:
    book = Workbook()
    for row in range(1, 2 * MOST_MERGES + 3, 2):
        book.worksheets[0].merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=2)
    return saved(book)


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blanks": (b"\xef\xbb\xbf \r\n", "empty"),
    "50 MB": (b"x;" * 25_000_000, "too-large"),
    "a zip bomb": (_bomb(), "too-large-unpacked"),
    "a million empty rows": (_long(MOST_ROWS), "too-many-rows"),
    "a workbook of sheets": (_many_sheets(), "too-many-sheets"),
    "merged cells all over": (_many_merges(), "too-many-merges"),
    "a PDF": (b"%PDF-1.7 ...", "pdf"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old-excel"),
    "an OpenDocument": (_archive(content_xml=b"<x/>", mimetype=b"x"), "opendocument"),
    "a binary workbook": (_archive(xl__workbook_bin=b"x"), "binary-excel"),
    "another archive": (_archive(readme_txt=b"x"), "not-a-table"),
    "a web page": (b"<!DOCTYPE html><table></table>", "markup"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x01\x02\xff" * 50, "not-a-table"),
    "half an archive": (workbook([GOOD])[:2000], "damaged"),
    "a broken workbook": (_archive(xl__workbook_xml=b"<x"), "damaged"),
    "entities within entities": (_entities(), "damaged"),
    "no headings": (b"a;b;c\r\n1;2;3\r\n", "no-headings"),
    "headings that are missing": (
        workbook([GOOD], ["Aktenzeichen", "Vorname", "Nachname"]),
        "headings-missing",
    ),
    "a heading twice": (workbook([GOOD], [*HEADINGS, "Sprache"]), "heading-twice"),
    "headings alone": (workbook([]), "no-rows"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence(
    translators: dict[str, Translator], content: bytes, code: str
) -> None:
    started = time.process_time()
    with pytest.raises(FileRefused) as refusal:
        read(content)

    assert refusal.value.code == code
    for language, t in translators.items():
        sentence = refusal.value.sentence(t)
        assert "%(" not in sentence
        assert (sentence == SENTENCES[code] % refusal.value.params) is (language == "en")
    assert time.process_time() - started < 5


def test_a_large_list_is_small() -> None:
    assert len(workbook([GOOD] * 2000)) < MOST_BYTES / 10
