"""A language that nobody speaks: what does not look like it was never given to the translators.

Every letter of a message becomes a wide one (U+FF21 and following), between brackets: ``⟦…⟧``.
"""

import re
from pathlib import Path
from string import ascii_letters

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from service.web.catalogues import PLACEHOLDER
from service.web.i18n import LOCALES, catalogue_path, load_catalogue
from service.web.places import TRANSLATIONS

TO_WIDE = 0xFEE0
WIDE = {ord(letter): ord(letter) + TO_WIDE for letter in ascii_letters}
KEPT = re.compile(rf"({PLACEHOLDER.pattern}|%%)")


def pseudo(text: str) -> str:
    """Return the text in that language; placeholders stay."""
    parts = KEPT.split(text)
    wide = [part if KEPT.fullmatch(part) else part.translate(WIDE) for part in parts]
    return f"⟦{''.join(wide)}⟧"


def write_catalogues(folder: Path) -> None:
    """Write catalogues in which every language is that one."""
    for language in LOCALES:
        catalogue = load_catalogue(TRANSLATIONS, language)
        path = catalogue_path(folder, language)
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_po(file, _translated(catalogue))


def _translated(catalogue: Catalog) -> Catalog:
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = pseudo(message.id)
        else:
            message.string = tuple(pseudo(form) for form in message.id)
    return catalogue
