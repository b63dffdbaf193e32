"""The same person, however the names were written down."""

import unicodedata
from datetime import date
from hashlib import sha256

from service.sorting import sort_key

_BETWEEN_NAMES = ("P", "Z")
"""How the Unicode categories of hyphens, dots and gaps begin."""


def identity_key(given_name: str, family_name: str, born: date) -> str:
    """Return what is the same for the same names and the same birth date.

    Case, accents, hyphens and the order of all the names do not count: the offices write them from
    papers of many countries. It says something of a person, so it leaves the database for nowhere.
    """
    letters = (
        " " if unicodedata.category(letter).startswith(_BETWEEN_NAMES) else letter
        for letter in sort_key(f"{given_name} {family_name}")
    )
    names = sorted("".join(letters).split())
    return sha256(" ".join([born.isoformat(), *names]).encode()).hexdigest()
