"""Keeps the translation catalogues complete: ``python -m service.web.catalogues extract|check``."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from service.web.i18n import DOMAIN, LOCALES, catalogue_path, load_catalogue
from service.web.places import CHECKOUT

TEMPLATES_AND_CODE: list[tuple[str, str]] = [
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
    ("service/**.py", "python"),
]
JINJA_OPTIONS = {"trimmed": "true", "silent": "false"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "t": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
}
MUST_BE_TRANSLATED = {"de"}
"""English message ids are the English texts."""

Texts = str | list[str] | tuple[str, ...] | None
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def extracted(checkout: Path) -> Catalog:
    """Return every message that the templates and the code of a checkout contain."""
    found = Catalog(domain=DOMAIN)
    for file, _line, message, comments, context in extract_from_dir(
        checkout,
        method_map=TEMPLATES_AND_CODE,
        options_map={pattern: JINJA_OPTIONS for pattern, kind in TEMPLATES_AND_CODE[:2]},
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).name not in {"node_modules", "static"},
    ):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def extract(checkout: Path) -> None:
    """Bring the catalogues up to date: new messages come in empty, unused ones go."""
    sources = extracted(checkout)
    for language in LOCALES:
        path = catalogue_path(checkout / "templates" / "translations", language)
        catalogue = _catalogue(path, language)
        sources.creation_date = catalogue.creation_date
        catalogue.update(sources, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, include_lineno=False, width=100)


def check(checkout: Path) -> list[str]:
    """Return what is wrong with the catalogues, a sentence each."""
    sources = extracted(checkout)
    translations = checkout / "templates" / "translations"
    return [
        f"{language}: {complaint}"
        for language in LOCALES
        for complaint in _complaints(
            sources, load_catalogue(translations, language), language in MUST_BE_TRANSLATED
        )
    ]


def _complaints(sources: Catalog, catalogue: Catalog, must_translate: bool) -> Iterator[str]:  # noqa: FBT001
    for message in _messages(sources):
        if message.id not in catalogue:
            yield f"{_name(message)} is missing"
    for message in _messages(catalogue):
        if message.id not in sources:
            yield f"{_name(message)} is used nowhere"
        elif message.fuzzy:
            yield f"{_name(message)} is marked as fuzzy"
        elif not all(_texts(message.string)):
            if must_translate:
                yield f"{_name(message)} is not translated"
        elif _placeholders(message.id) != _placeholders(message.string):
            yield f"{_name(message)} has other placeholders in its translation"
    for message in catalogue.obsolete.values():
        yield f"{_name(message)} is obsolete"


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _texts(value: Texts) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _placeholders(value: Texts) -> set[str]:
    return {name for text in _texts(value) for name in PLACEHOLDER.findall(text)}


def _name(message: Message) -> str:
    return repr(_texts(message.id)[0])


def _catalogue(path: Path, language: str) -> Catalog:
    if path.exists():
        return load_catalogue(path.parents[2], language)
    path.parent.mkdir(parents=True, exist_ok=True)
    return Catalog(
        LOCALES[language],
        domain=DOMAIN,
        project="Nahtlos",
        version="1",
        header_comment="# Texts of Nahtlos. Message ids are the English texts.",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        fuzzy=False,
    )


def main(arguments: list[str]) -> int:
    """Run ``extract`` or ``check``; 1 when the check finds something."""
    if arguments == ["extract"]:
        extract(CHECKOUT)
        return 0
    if arguments != ["check"]:
        sys.stderr.write("Say what to do: extract or check.\n")
        return 2
    complaints = check(CHECKOUT)
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
