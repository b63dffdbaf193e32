"""What a rehearsal found, in words and figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

from service.agencies.legal_areas import name_of_legal_area
from service.rehearsal.rehearsals import Comparison, Found
from service.versions.value_words import term_words
from service.web.i18n import Translator, _
from workflows.domain.gaps import GapKind
from workflows.domain.notices import Audience
from workflows.domain.pathway import Pathway
from workflows.domain.rehearsal_findings import DeadlineFound, RemindersFound
from workflows.domain.terms import Term, Terms

DUE: dict[GapKind, str] = {
    GapKind.UNROUTED: _("asking an agency"),
    GapKind.UNANSWERED: _("the agency's answer"),
    GapKind.NO_APPOINTMENT: _("naming an appointment"),
    GapKind.NOT_ARRIVED: _("arrival"),
    GapKind.NO_PROGRESS: _("effect"),
    GapKind.REJECTED: _("asking another agency"),
}
"""What has to happen before a gap of this kind opens."""

WHO: dict[Audience, str] = {
    Audience.SENDER: _("Case management"),
    Audience.SENDERS_SUPERVISORS: _("Supervisors of the office"),
    Audience.COORDINATORS: _("Coordination"),
    Audience.RECEIVER: _("%(area)s: the agency"),
    Audience.RECEIVERS_SUPERVISORS: _("%(area)s: its supervisors"),
}


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline of a step. ``before``: the share that the earlier version misses, or empty."""

    step: str
    what: str
    term: str
    missed: int
    awaited: int
    share: str
    before: str


@dataclass(frozen=True)
class ReminderLine:
    """How many reminders somebody gets in a week, now and with the earlier version."""

    who: str
    usual: str
    most: int
    before: str


def deadline_lines(t: Translator, pathway: Pathway, found: Comparison) -> list[DeadlineLine]:
    """Return every deadline that was missed at least once in either version, the worst first."""
    before = _by_place(found.before)
    return [
        DeadlineLine(
            step=pathway.step(one.step).title.in_language(t.language),
            what=t(DUE[one.kind]),
            term=term_words(t, _term(pathway.step(one.step).terms, one.kind)),
            missed=one.missed,
            awaited=one.awaited,
            share=_percent(t, one),
            before=_percent(t, earlier) if (earlier := before.get((one.step, one.kind))) else "",
        )
        for one in found.found.deadlines
        if one.missed or ((was := before.get((one.step, one.kind))) and was.missed)
    ]


def reminder_lines(t: Translator, found: Comparison) -> list[ReminderLine]:
    """Return who is reminded how often, whoever is reminded most first."""
    before = {_party(one): one for one in found.before.reminders} if found.before else {}
    return [
        ReminderLine(
            who=t(WHO[one.audience], area=name_of_legal_area(one.legal_area or "", t.language)),
            usual=_number(t, one.usual),
            most=one.most,
            before=_number(t, before[_party(one)].usual) if _party(one) in before else "",
        )
        for one in found.found.reminders
    ]


def weeks_in_words(t: Translator, found: Found) -> str:
    """Say how long the path takes."""
    middle, longest = (_number(t, round(weeks)) for weeks in found.weeks)
    sentence = _("Half of the paths end within %(middle)s weeks, the longest after %(longest)s.")
    return t(sentence, middle=middle, longest=longest)


def _by_place(found: Found | None) -> Mapping[tuple[str, GapKind], DeadlineFound]:
    return {(one.step, one.kind): one for one in found.deadlines} if found else {}


def _party(one: RemindersFound) -> tuple[Audience, str | None]:
    return one.audience, one.legal_area


def _term(terms: Terms, kind: GapKind) -> Term | None:
    match kind:
        case GapKind.UNANSWERED:
            return terms.respond
        case GapKind.NO_APPOINTMENT:
            return terms.appoint
        case GapKind.NOT_ARRIVED:
            return terms.record if terms.appoint else terms.arrive
        case GapKind.NO_PROGRESS:
            return terms.effect
        case _:
            return terms.refer


def _percent(t: Translator, one: DeadlineFound) -> str:
    return format_percent(one.share, locale=t.locale)


def _number(t: Translator, value: float) -> str:
    return format_decimal(value, locale=t.locale)
