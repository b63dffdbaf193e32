"""What a version of a pathway changes, in words: one sentence for each thing that is different."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from service.agencies.legal_areas import name_of_legal_area
from service.versions.value_words import (
    RELEASES,
    condition_words,
    join_words,
    listed,
    rule_words,
    term_words,
)
from service.web.entry_words import CONCERNED, PERSONAL_DATA
from service.web.i18n import Translator, _
from workflows.domain.pathway import LegalBasis, Pathway, StepDefinition
from workflows.domain.pathway_changes import Change, Changed, StepAdded, StepRemoved

Titles = Mapping[str, str]
"""Names of steps by their keys."""

Say = Callable[[Translator, Any, Titles], str]
Sentences = Callable[[Translator, Changed, Titles], list[str]]


def titles_of(t: Translator, *versions: Pathway) -> dict[str, str]:
    """Name every step of these versions; where they differ, as the last one does."""
    return {step.key: step.title.in_language(t.language) for one in versions for step in one.steps}


def sentences_of(t: Translator, change: Change, titles: Titles) -> list[str]:
    """Say what is different; one sentence, or several where parts of a list are."""
    match change:
        case StepAdded(step=step):
            return _new_step(t, step, titles)
        case StepRemoved():
            return [t(_("The step is no longer there."))]
        case _:
            return FIELDS[change.field](t, change, titles)


def _new_step(t: Translator, step: StepDefinition, titles: Titles) -> list[str]:
    area = name_of_legal_area(step.legal_area, t.language)
    said = [
        t(_("New step. Legal area: %(area)s."), area=area),
        t(_("It begins: %(when)s."), when=join_words(t, step.after, titles)),
    ]
    if step.when:
        said.append(t(_("It is there %(condition)s."), condition=condition_words(t, step.when)))
    return said


def _instead(label: str, say: Say) -> Sentences:
    """Say the new value and the one before."""

    def sentences(t: Translator, change: Changed, titles: Titles) -> list[str]:
        words = t(
            _("%(what)s: %(after)s instead of %(before)s"),
            what=t(label),
            after=say(t, change.after, titles),
            before=say(t, change.before, titles),
        )
        return [words]

    return sentences


def _more_and_less(more: str, less: str, say: Say) -> Sentences:
    """Say what has come to a list, and what has gone from it."""

    def sentences(t: Translator, change: Changed, titles: Titles) -> list[str]:
        come = [one for one in change.after if one not in change.before]
        gone = [one for one in change.before if one not in change.after]
        said = [t(more, what=say(t, one, titles)) for one in come]
        said += [t(less, what=say(t, one, titles)) for one in gone]
        return said or [t(_("The order of a list is different: %(list)s"), list=_all(t, change))]

    def _all(t: Translator, change: Changed) -> str:
        return listed(t, (say(t, one, {}) for one in change.after))

    return sentences


def _rules(more: str, less: str) -> Sentences:
    """Say which rules have come or gone, and of which the days or the check are different."""
    plain = _more_and_less(more, less, lambda t, rule, _titles: rule_words(t, rule))

    def sentences(t: Translator, change: Changed, titles: Titles) -> list[str]:
        before, after = _by_paragraph(change.before), _by_paragraph(change.after)
        if before is None or after is None:
            return plain(t, change, titles)
        kept = {name for name in before.keys() & after.keys() if before[name] != after[name]}
        said = [
            t(
                _("%(after)s instead of %(before)s"),
                after=rule_words(t, after[name]),
                before=rule_words(t, before[name]),
            )
            for name in after
            if name in kept
        ]
        rest = Changed(
            change.step,
            change.field,
            tuple(rule for rule in change.before if rule.paragraph not in kept),
            tuple(rule for rule in change.after if rule.paragraph not in kept),
        )
        is_more = not said or set(rest.before) != set(rest.after)
        return [*said, *(plain(t, rest, titles) if is_more else [])]

    return sentences


def _by_paragraph(rules: Sequence[LegalBasis]) -> dict[str, LegalBasis] | None:
    """Return the rules by their paragraphs; None if one stands there twice."""
    found = {rule.paragraph: rule for rule in rules}
    return found if len(found) == len(rules) else None


def _optional(t: Translator, change: Changed, _titles: Titles) -> list[str]:
    if change.after:
        return [t(_("It may be left out without a reason now."))]
    return [t(_("It may not be left out without a reason any more."))]


def _order(t: Translator, change: Changed, titles: Titles) -> list[str]:
    names = listed(t, (titles.get(key, key) for key in change.after))
    return [t(_("The steps are shown in another order: %(steps)s"), steps=names)]


def _named(words: Mapping[str, str]) -> Say:
    return lambda t, code, _titles: t(words[code])


def _text(t: Translator, texts: Any, _titles: Titles) -> str:
    return f"„{texts.de}“" if t.language == "de" else f"“{texts.en}”"


def _concerned(t: Translator, role: str | None, _titles: Titles) -> str:
    return t(_("for everybody")) if role is None else t(CONCERNED[role])


def _facts(t: Translator, facts: Iterable[str], _titles: Titles) -> str:
    return condition_words(t, facts)


def _area(t: Translator, area: str, _titles: Titles) -> str:
    return name_of_legal_area(area, t.language)


def _term(label: str) -> Sentences:
    return _instead(label, lambda t, term, _titles: term_words(t, term))


FIELDS: dict[str, Sentences] = {
    "title": _instead(_("Name"), _text),
    "summary": _instead(_("What it leads to"), _text),
    "steps": _order,
    "legal_area": _instead(_("Legal area"), _area),
    "household_role": _instead(_("Whom it is about"), _concerned),
    "after": _instead(_("It begins"), join_words),
    "when": _instead(_("It is there"), _facts),
    "optional": _optional,
    "documents": _more_and_less(
        _("To bring as well: %(what)s"), _("Not to bring any more: %(what)s"), _text
    ),
    "fields": _more_and_less(
        _("The agency sees as well: %(what)s"),
        _("The agency does not see any more: %(what)s"),
        _named(PERSONAL_DATA),
    ),
    "statutes": _rules(
        _("This permits the transfer of data as well: %(what)s"),
        _("This does not permit the transfer of data any more: %(what)s"),
    ),
    "legal_basis": _rules(
        _("It rests on this as well: %(what)s"), _("It does not rest on this any more: %(what)s")
    ),
    "release": _instead(_("The sender is released"), _named(RELEASES)),
    "terms.refer": _term(_("Time for asking an agency")),
    "terms.respond": _term(_("Time for the answer")),
    "terms.answer": _term(_("Time for answering a question")),
    "terms.appoint": _term(_("Time for making an appointment")),
    "terms.record": _term(_("Time for saying how an appointment went")),
    "terms.come_back": _term(_("Time for coming back after a missed appointment")),
    "terms.arrive": _term(_("Time for the arrival")),
    "terms.effect": _term(_("Time for the effect")),
    "terms.confirm": _term(_("Time for saying whether it happened")),
    "terms.remind_before": _term(_("Reminder before the deadline")),
    "terms.supervisor_after": _term(_("The supervisor hears of it after")),
    "terms.everyone_after": _term(_("Everybody hears of it after")),
}
"""How each field is put in words, by the name that ``Changed`` gives it."""
