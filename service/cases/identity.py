"""The same person, however the names were written down."""

import unicodedata
from datetime import date
from hashlib import sha256

from service.sorting import sort_key

_BETWEEN_NAMES = ("P", "Z")
"""How the Unicode categories of hyphens, dots and gaps begin."""

_INVISIBLE = "Cf"
"""The Unicode category of marks of direction and other signs that nobody sees."""

_NON_JOINER = "\u200c"
"""Stands in Persian where others write a gap or a hyphen."""


def identity_key(given_name: str, family_name: str, born: date) -> str:
    """Return what is the same for the same names and the same birth date.

    Case, accents, hyphens and the order of all the names do not count: the offices write them from
    papers of many countries. It says something of a person, so it leaves the database for nowhere.
    """
    names = sorted("".join(map(_seen, sort_key(f"{given_name} {family_name}"))).split())
    return sha256(" ".join([born.isoformat(), *names]).encode()).hexdigest()


def _seen(letter: str) -> str:
    """Return what a reader sees of it."""
    category = unicodedata.category(letter)
    if letter == _NON_JOINER or category.startswith(_BETWEEN_NAMES):
        return " "
    return "" if category == _INVISIBLE else letter
