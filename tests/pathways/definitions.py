"""A small pathway file to break in one place at a time."""

from pathlib import Path

GOOD = """\
key: small
version: 1
title: {de: Klein, en: Small}
summary: {de: Ein kleiner Weg., en: A small path.}
steps:
  - key: first
    title: {de: Erste Station, en: First step}
    legal_area: residence
    statutes: []
    legal_basis:
      - {paragraph: § 1 BGB, valid_from: 2020-01-01, valid_to: null, checked: false}
  - key: second
    title: {de: Zweite Station, en: Second step}
    legal_area: schooling
    after: [first]
    statutes: [{paragraph: § 2 BGB}]
    terms: {respond: 5 working days, arrive: PT4H}
    release: effect
"""


def write(folder: Path, text: str = GOOD, name: str = "small.yaml") -> Path:
    """Write the file and return its path."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
