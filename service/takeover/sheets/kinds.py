"""What kind of file it is, by its first bytes: names of files say little."""

import io
import re
import zipfile
from enum import StrEnum

from service.takeover.sheets.refusals import FileRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound File Binary ([MS-CFB] 2.2): Excel until 2003, and encrypted workbooks."""
_MARKUP = re.compile(rb"^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table)", re.IGNORECASE)


class Kind(StrEnum):
    """The kinds of file that can be read."""

    WORKBOOK = "xlsx"
    DELIMITED = "csv"


def kind_of(content: bytes) -> Kind:
    """Return what can be read. Raises FileRefused with the sentence for what cannot."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("empty")
    if content.startswith(b"PK"):
        return _kind_of_archive(content)
    if content.startswith(_OLE):
        raise FileRefused("old-excel")
    if content.startswith(b"%PDF"):
        raise FileRefused("pdf")
    if _MARKUP.match(content):
        raise FileRefused("markup")
    return Kind.DELIMITED


def _kind_of_archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise FileRefused("damaged") from None
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    if "xl/workbook.bin" in names:
        raise FileRefused("binary-excel")
    if "content.xml" in names:
        raise FileRefused("opendocument")
    raise FileRefused("not-a-table")
