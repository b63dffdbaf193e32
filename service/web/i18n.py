"""Languages: German first, English beside it. Message ids are the English sentences.

Python code that is far from a request marks a sentence with ``_("…")`` and passes it on; who
answers a request translates it with a ``Translator``. Parameters are named: ``%(name)s``.
"""

from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALES = {"de": Locale("de"), "en": Locale("en", "GB")}
DEFAULT_LANGUAGE = "de"
DOMAIN = "nahtlos"


def _(message: str) -> str:
    """Mark a sentence for translation and return it as it is."""
    return message


class Translator:
    """Says things in one language."""

    def __init__(self, language: str, translations: Translations) -> None:
        """Take the language code and its catalogue."""
        self.language = language
        self.locale = LOCALES[language]
        self.translations = translations

    def __call__(self, message: str, **params: object) -> str:
        """Return the message in this language, with its parameters filled in."""
        return self.translations.gettext(message) % params

    def plural(self, singular: str, plural: str, num: int, **params: object) -> str:
        """Return the form that fits the number; ``%(num)s`` is filled in."""
        return self.translations.ngettext(singular, plural, num) % {"num": num, **params}


def catalogue_path(translations: Path, language: str) -> Path:
    """Return where the catalogue of a language is."""
    return translations / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def load_catalogue(translations: Path, language: str) -> Catalog:
    """Read the catalogue of a language."""
    with catalogue_path(translations, language).open("rb") as file:
        return read_po(file, locale=LOCALES[language], domain=DOMAIN)


def load_translators(translations: Path) -> dict[str, Translator]:
    """Read every catalogue, straight from the .po files."""
    return {
        language: Translator(language, _compiled(load_catalogue(translations, language)))
        for language in LOCALES
    }


def _compiled(catalogue: Catalog) -> Translations:
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return Translations(file, domain=DOMAIN)


def preferred_language(accept_language: str) -> str:
    """Return the language that an ``Accept-Language`` header asks for (RFC 9110, 12.5.4)."""
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _sep, weight = part.partition(";q=")
        try:
            wishes.append((-float(weight or 1), tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    wishes.sort(key=lambda wish: wish[0])
    return next((tag for weight, tag in wishes if tag in LOCALES and weight), DEFAULT_LANGUAGE)
