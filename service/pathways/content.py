"""What fits the model of a pathway and is wrong all the same, in whatever of it can be read."""

from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from service.agencies.legal_areas import LEGAL_AREAS
from service.pathways.order_words import sentence_about_order
from service.pathways.plain_yaml import Location
from service.pathways.sentences import Sentence, shown
from service.web.i18n import _
from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After
from workflows.domain.order import PlacedStep, faults_of_order
from workflows.domain.pathway import LegalBasis
from workflows.domain.terms import ReminderPlan, Term, Terms

Finding = tuple[Location, Sentence]
"""Where in the model something is wrong, and what."""

Part = TypeVar("Part", bound=BaseModel)

_PLAN = set(ReminderPlan.model_fields)


def findings_of_content(data: dict[str, Any]) -> Iterator[Finding]:
    """Find it all: in each step, and in their order."""
    steps = data.get("steps")
    if not isinstance(steps, list):
        return
    for number, step in enumerate(steps):
        if isinstance(step, dict):
            for location, sentence in _of_step(step):
                yield ("steps", number, *location), sentence
    yield from _of_order(steps)


def _of_step(step: dict[str, Any]) -> Iterator[Finding]:
    area = step.get("legal_area")
    if isinstance(area, str) and area not in LEGAL_AREAS:
        yield ("legal_area",), _unknown_area(area)
    if "statutes" not in step:
        sentence = _(
            "is missing; name the statutes that permit passing the fields on, "
            "or write 'statutes: []' where only consent does"
        )
        yield ("statutes",), Sentence(sentence)
    for name in ("statutes", "legal_basis"):
        rules = step.get(name)
        for number, written in enumerate(rules if isinstance(rules, list) else []):
            rule = _read(LegalBasis, written)
            if rule and rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
                sentence = _("lies before valid_from; exchange both, or take one out")
                yield (name, number, "valid_to"), Sentence(sentence)
    terms = step.get("terms")
    if isinstance(terms, dict):
        yield from (((("terms", name)), said) for name, said in _of_terms(terms))


def _unknown_area(area: str) -> Sentence:
    params = {"area": shown(area), "known": ", ".join(LEGAL_AREAS)}
    if close := get_close_matches(area[:80], LEGAL_AREAS, n=1):
        sentence = _(
            "no agency has the legal area '%(area)s'; did you mean '%(meant)s'? Known are %(known)s"
        )
        return Sentence(sentence, {**params, "meant": close[0]})
    return Sentence(_("no agency has the legal area '%(area)s'; Known are %(known)s"), params)


def _of_terms(written: dict[str, Any]) -> Iterator[tuple[str, Sentence]]:
    """Find what can never come true: a reminder before the beginning, the last to hear first."""
    named = {name: _read(Term, written[name]) for name in Terms.model_fields if name in written}
    remind = named.get("remind_before")
    for name, term in named.items():
        if remind and term and name not in _PLAN and _is_longer(remind, term):
            sentence = _(
                "is shorter than remind_before (%(term)s), so that nobody is reminded of it; "
                "write a longer term, or a shorter remind_before"
            )
            yield name, Sentence(sentence, {"term": str(remind)})
    defaults = ReminderPlan()
    first = named.get("supervisor_after", defaults.supervisor_after)
    last = named.get("everyone_after", defaults.everyone_after)
    if first and last and _is_longer(first, last):
        place = "everyone_after" if "everyone_after" in named else "supervisor_after"
        sentence = _(
            "everyone would hear (%(last)s) before the supervisor (%(first)s); exchange both"
        )
        yield place, Sentence(sentence, {"last": str(last), "first": str(first)})


def _is_longer(one: Term, other: Term) -> bool:
    """Tell whether it is longer; working days and durations cannot be compared."""
    if one.working_days and other.working_days:
        return one.working_days > other.working_days
    return bool(one.duration and other.duration and one.duration > other.duration)


def _of_order(steps: list[Any]) -> Iterator[Finding]:
    named = [
        (number, step)
        for number, step in enumerate(steps)
        if isinstance(step, dict) and isinstance(step.get("key"), str)
    ]
    placed = [
        PlacedStep(
            key=shown(step["key"]),
            after=_read(After, step.get("after", [])) or After(),
            when=frozenset(_facts(step.get("when"))),
        )
        for _, step in named
    ]
    for fault in faults_of_order(placed):
        number, _ = named[fault.step]
        yield ("steps", number, *fault.field), sentence_about_order(fault)


def _facts(written: Any) -> Iterator[HouseholdFact]:
    for fact in written if isinstance(written, list) else []:
        with suppress(ValueError):
            yield HouseholdFact(fact)


def _read(model: type[Part], written: Any) -> Part | None:
    """Return the part, None if it does not fit: that is a finding of its own."""
    try:
        return model.model_validate(written)
    except ValidationError:
        return None
