"""The languages that can be chosen for a person, as BCP 47 codes."""

from service.sorting import sort_key
from service.web.i18n import Translator

LANGUAGES = (
    *("am", "ar", "bg", "de", "en", "es", "fa", "fr", "hi", "ka", "ku", "ckb", "pl"),
    *("ps", "ro", "ru", "so", "sq", "sr", "sw", "ta", "ti", "tr", "uk", "ur", "vi", "zh"),
)
"""Those that are spoken most among the families; names come from Unicode's own lists (CLDR)."""


def spoken_languages(t: Translator) -> list[tuple[str, str]]:
    """Return the codes with their names, by name."""
    named = ((code, t.locale.languages[code]) for code in LANGUAGES)
    return sorted(named, key=lambda language: sort_key(language[1]))
