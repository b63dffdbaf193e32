"""Single values of a pathway's definition in words: terms, rules, joins, conditions."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from babel.lists import format_list
from babel.units import format_unit

from service.web.dates import day_in_numbers
from service.web.i18n import Translator, _
from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After
from workflows.domain.pathway import LegalBasis
from workflows.domain.referral_state import Release
from workflows.domain.terms import Term

FACTS: dict[str, str] = {
    HouseholdFact.HAS_ADULT: _("an adult"),
    HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE: _("a child of school age"),
    HouseholdFact.HAS_CHILD_UNDER_SCHOOL_AGE: _("a child under school age"),
}
"""Who has to be in a household, for a step that is not for every household."""

RELEASES: dict[str, str] = {
    Release.ARRIVAL: _("when the family has arrived"),
    Release.EFFECT: _("when it has taken effect"),
}

_UNITS = (
    ("duration-day", timedelta(days=1)),
    ("duration-hour", timedelta(hours=1)),
    ("duration-minute", timedelta(minutes=1)),
    ("duration-second", timedelta(seconds=1)),
)


def listed(t: Translator, words: Iterable[str]) -> str:
    """Return ``A, B und C``."""
    return format_list(list(words), locale=t.locale)


def term_words(t: Translator, term: Term | None) -> str:
    """Return ``5 Arbeitstage`` or ``4 Stunden``; of one that is missing, that there is none."""
    if term is None:
        return t(_("no time limit"))
    if term.working_days is not None:
        return t.plural("%(num)s working day", "%(num)s working days", term.working_days)
    left, parts = term.duration or timedelta(0), []
    for unit, length in _UNITS:
        count, left = divmod(left, length)
        if count:
            parts.append(format_unit(count, unit, locale=t.locale))
    return " ".join(parts) or str(term)


def rule_words(t: Translator, rule: LegalBasis) -> str:
    """Return the paragraph, the days between which it is in force, and whether it is checked."""
    notes = [
        t(_("from %(day)s"), day=day_in_numbers(t, rule.valid_from)) if rule.valid_from else "",
        t(_("until %(day)s"), day=day_in_numbers(t, rule.valid_to)) if rule.valid_to else "",
        t(_("legally checked")) if rule.checked else t(_("legally unchecked")),
    ]
    return f"{rule.paragraph} ({', '.join(note for note in notes if note)})"


def join_words(t: Translator, after: After, titles: Mapping[str, str]) -> str:
    """Say after which steps one begins."""
    names = [titles.get(key, key) for key in after.steps]
    if not names:
        return t(_("at once"))
    if len(names) == 1:
        return t(_("after %(step)s"), step=names[0])
    if after.join == "all":
        return t(_("when all of these are done: %(steps)s"), steps=listed(t, names))
    return t(_("as soon as one of these is done: %(steps)s"), steps=listed(t, names))


def condition_words(t: Translator, facts: Iterable[str]) -> str:
    """Say for which households a step is."""
    who = [t(FACTS[fact]) for fact in facts]
    if not who:
        return t(_("for every household"))
    return t(_("only for a household with %(people)s"), people=listed(t, who))
