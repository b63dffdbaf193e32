"""Addresses within our own pages."""

from urllib.parse import urlsplit

START = "/my-day"
LONGEST = 1000


def own_path(wanted: str, otherwise: str = START) -> str:
    """Return ``wanted`` if it is a path of our own pages, else ``otherwise``.

    Browsers read a backslash as a slash and skip control characters, so both are refused:
    nobody is sent to another host by a link to us.
    """
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    if not plain or len(wanted) > LONGEST or not wanted.startswith("/"):
        return otherwise
    if wanted.startswith("//") or urlsplit(wanted).netloc:
        return otherwise
    return wanted
