"""Sort keys: the database's collation knows no umlauts, so names are ordered by a key."""

import unicodedata


def sort_key(text: str) -> str:
    """Return what orders texts as DIN 5007-1 does: case and umlaut dots do not count, ß is ss."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
