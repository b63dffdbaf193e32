"""Sort keys: the database's collation knows no umlauts, so names are ordered by a key."""

import unicodedata

_APOSTROPHES = "'`´‘’ʻʼʾʿ"  # noqa: RUF001 - typewriters and transcriptions have many
_LETTERS = str.maketrans(
    {
        # Unicode does not take these apart.
        **dict(zip("łđðøħŧıəґ", "lddohtieг", strict=True)),  # noqa: RUF001
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        # The same letters as Persian and as Arabic keyboards write them.
        **dict(zip("کی", "كي", strict=True)),
        **dict.fromkeys(_APOSTROPHES, ""),
        "-": " ",
    }
)


def sort_key(text: str) -> str:
    """Return what orders texts as DIN 5007-1 does: case and umlaut dots do not count, ß is ss.

    Scripts follow each other as in Unicode: Latin, Greek, Cyrillic, Hebrew, Arabic and so on.
    """
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
