"""Everything that a page says: its texts and those of its attributes."""

import re
from collections.abc import Iterable

from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from babel.units import format_unit
from playwright.async_api import Page
from sqlalchemy import Column, select

from service.accounts.tables import users
from service.agencies.legal_areas import LEGAL_AREAS
from service.agencies.tables import agencies, municipalities
from service.bootstrap import Container
from service.cases.tables import consents, notes, persons
from service.entitlements.law import application_rules, kinds, legal_rules
from service.needs.catalogue import needs
from service.pathways import repository as pathways
from service.pathways.plain_yaml import read_yaml
from service.takeover.lists.case_columns import CASE_COLUMNS
from service.web.i18n import LOCALES
from service.web.places import TEMPLATES
from workflows.domain.pathway import Pathway, Texts
from workflows.domain.principal import Principal

TEXTS = """() => {
    const said = [document.title]
    const peoples = 'script, style, noscript, [data-text], textarea, code'
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest(peoples))
            said.push(walker.currentNode.data)
    }
    for (const one of document.querySelectorAll('noscript')) {
        const without = new DOMParser().parseFromString(one.textContent, 'text/html')
        said.push(without.body.textContent)
    }
    const attributes = [
        'title', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext',
        'placeholder', 'alt', 'label', 'content', 'data-text',
    ]
    for (const one of document.querySelectorAll('body *, meta[name=description]')) {
        for (const name of attributes) said.push(one.getAttribute(name) ?? '')
        if (one.matches('input[type=submit], input[type=button]')) said.push(one.value)
    }
    return said.map(text => text.replace(/\\s+/g, ' ').trim()).filter(text => text)
}"""

WRITTEN_BY_PEOPLE: tuple[Column[str], ...] = (
    users.c.display_name,
    agencies.c.name,
    agencies.c.telephone,
    agencies.c.fax,
    municipalities.c.name,
    persons.c.given_name,
    persons.c.family_name,
    consents.c.purpose,
    notes.c.body,
    notes.c.spoken_to,
)
"""Columns that hold names and texts of people: those stand on pages in whatever language."""


GERMAN = re.compile(
    r"[äöüßÄÖÜ]|\b(der|die|das|den|dem|und|oder|nicht|ist|sind|wird|bitte|Sie|Ihr|Ihre|bis|seit"
    r"|noch|kein|keine|Fall|Frist|Stelle|Anfrage|Lücke|Haus)\b"
)


async def texts_of(page: Page) -> list[str]:
    """Return every text of the page and of its attributes."""
    texts: list[str] = await page.evaluate(TEXTS)
    return texts


async def data_of(parts: Container, language: str) -> re.Pattern[str]:
    """Return what matches data: what people wrote, and what comes in both languages already."""
    known: set[str] = {"Nahtlos"}
    async with parts.database.transaction() as connection:
        for column in WRITTEN_BY_PEOPLE:
            known.update(await connection.scalars(select(column).distinct().where(column != None)))  # noqa: E711
        newest = await pathways.newest(connection, Principal.system())
        versions = [
            one.pathway
            for last in newest
            for one in await pathways.versions_of(connection, Principal.system(), last.key)
        ]
        beginning = TEMPLATES / "editor" / f"new.{language}.yaml"
        versions.append(Pathway.model_validate(read_yaml(beginning.read_text("utf-8")).data))
        for pathway in versions:
            known |= {pathway.title.in_language(language), pathway.summary.in_language(language)}
            for step in pathway.steps:
                texts: Iterable[Texts] = (step.title, *step.documents)
                known |= {text.in_language(language) for text in texts}
                known |= {rule.paragraph for rule in (*step.statutes, *step.legal_basis)}
    for kind in kinds().values():
        known |= {kind.title.in_language(language), kind.paragraph}
    for need in needs():
        known |= {need.title.in_language(language), need.about.in_language(language)}
    for rule in (*legal_rules(), *application_rules()):
        known |= {rule.title.in_language(language), rule.paragraph}
    known |= {column.heading for column in CASE_COLUMNS}
    known |= {area.in_language(language) for area in LEGAL_AREAS.values()}
    locale = LOCALES[language]
    known |= {*locale.languages.values(), *_words_of_dates(language), *_words_of_lists(language)}
    known |= {
        name.capitalize() for other in LOCALES.values() if (name := other.get_language_name())
    }
    lines = {" ".join(line.split()) for text in known for line in (text, *text.splitlines())}
    longest_first = sorted(lines - {""}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first))


def _words_of_dates(language: str) -> set[str]:
    locale = LOCALES[language]
    return {
        name
        for width in ("wide", "abbreviated")
        for names in (
            get_day_names(width, "format", locale),
            get_day_names(width, "stand-alone", locale),
            get_month_names(width, "format", locale),
            get_month_names(width, "stand-alone", locale),
        )
        for name in names.values()
    }


def _words_of_lists(language: str) -> set[str]:
    """Return what stands between the last two of several, and the names of spans of time."""
    locale = LOCALES[language]
    units = ("duration-day", "duration-hour", "duration-minute")
    spans = (format_unit(count, unit, locale=locale) for unit in units for count in (1, 2))
    return {format_list(["", ""], locale=locale).strip(), *(span.split()[1] for span in spans)}


async def german_left(page: Page, data: re.Pattern[str]) -> list[str]:
    """Return the texts of an English page, without its ``data``, that hold a German word."""
    return [
        f"{german.group()!r} in {text!r}"
        for text in await texts_of(page)
        if (german := GERMAN.search(data.sub("", text)))
    ]
