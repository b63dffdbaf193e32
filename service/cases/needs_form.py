"""What the family needs, on the page of a new case: ticked, then answered by proposed paths."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from service.cases.case_form import WHOLE_HOUSEHOLD, blocks_of, name_of, used_blocks
from service.needs.catalogue import INTERPRETING, needs
from service.web.forms import Form
from service.web.i18n import Translator, _
from workflows.domain.case_paths import first_steps
from workflows.domain.household import HouseholdFact, facts_of
from workflows.domain.needs import Facts, Need, Ticked, Whom, propose_paths
from workflows.domain.pathway import Pathway, StepDefinition

PATHS = "paths"
"""The field that stands for all the proposed paths together."""
MARKS = "proposed[]"
"""The field that names each path that was shown."""


@dataclass(frozen=True)
class Question:
    """What one person, or the whole household, may need: (key, title) for each box."""

    name: str
    legend: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Proposal:
    """A path that answers what is ticked, as a box. ``whom`` None: for the whole household."""

    pathway: Pathway
    value: str
    whom: str | None
    needs: list[Need]
    first: list[StepDefinition]

    @property
    def field(self) -> str:
        """The name of its box."""
        return f"path-{self.pathway.key}"

    @property
    def mark(self) -> str:
        """What the page sends along for it, to tell that the person has seen it."""
        return f"{self.pathway.key}:{self.value}"


def questions(
    t: Translator, form: Form, members: int, pathways: list[Pathway], today: date
) -> list[Question]:
    """Return what can be ticked: for the household, then for each person what fits the age.

    What is ticked already stays there, too: ``check_needs`` says what is wrong with it.
    """
    offered = _offered(pathways)
    for_all = [need for need in offered if need.whom is Whom.HOUSEHOLD]
    people = [
        Question(f"need-{index}", name_of(t, form, index), _options(t, fitting))
        for index in range(members)
        if (fitting := [need for need in offered if _is_shown(form, index, need, today)])
    ]
    household = t(_("The whole household"))
    return [Question("need-all", household, _options(t, for_all)), *people] if for_all else people


def proposals(t: Translator, form: Form, pathways: list[Pathway], today: date) -> list[Proposal]:
    """Return the paths that answer what is ticked for those who are entered."""
    known = {pathway.key: pathway for pathway in pathways}
    by_key = {need.key: need for need in needs()}
    used = used_blocks(form)
    household = [_facts(form, index, today) for index in range(blocks_of(form).members)]
    facts = frozenset(chain.from_iterable(household[index] for index in used))
    ticked = {
        *(Ticked(key, None) for key in form.values("need-all")),
        *(Ticked(key, index) for index in used for key in form.values(f"need-{index}")),
    }
    return [
        Proposal(
            pathway=known[path.pathway],
            value=WHOLE_HOUSEHOLD if path.member is None else str(path.member),
            whom=None if path.member is None else name_of(t, form, path.member),
            needs=[by_key[key] for key in path.needs],
            first=first_steps(known[path.pathway], facts),
        )
        for path in propose_paths(needs(), ticked, household)
        if path.pathway in known
    ]


def seen(form: Form, found: Iterable[Proposal]) -> list[Proposal]:
    """Return those of the proposals that the person has been shown already."""
    return [proposal for proposal in found if proposal.mark in form.values(MARKS)]


def take_up(form: Form, found: list[Proposal]) -> Form:
    """Return the form with what is proposed for the first time ticked.

    What was proposed before stays as the person left it; what nothing ticked asks for any more is
    no longer chosen.
    """
    now, before = {proposal.mark for proposal in found}, set(form.values(MARKS))
    longer = form
    for mark in before - now:
        pathway, _colon, value = mark.partition(":")
        kept = [one for one in longer.values(f"path-{pathway}") if one != value]
        longer = longer.with_values(f"path-{pathway}", kept)
    for proposal in found:
        if proposal.mark not in before:
            chosen = dict.fromkeys([*longer.values(proposal.field), proposal.value])
            longer = longer.with_values(proposal.field, list(chosen))
    return longer


def check_needs(t: Translator, form: Form, today: date) -> None:
    """Say which needs stand with nobody or with somebody of another age, and whose language is
    missing for an interpreter.
    """
    used = used_blocks(form)
    for index in range(blocks_of(form).members):
        ticked = form.values(f"need-{index}")
        strange = [
            need.title.in_language(t.language)
            for need in needs()
            if need.key in ticked and not need.is_for(_facts(form, index, today))
        ]
        if ticked and index not in used:
            form.refuse(f"need-{index}", t(_("Please enter this person first.")))
        elif strange:
            sentence = _("Person %(number)s: does not fit the date of birth: %(needs)s.")
            form.refuse(f"need-{index}", t(sentence, number=index + 1, needs=", ".join(strange)))
        elif INTERPRETING in ticked and not form.value(f"member-{index}-language"):
            sentence = _("Person %(number)s: please choose the language to interpret from.")
            form.refuse(f"member-{index}-language", t(sentence, number=index + 1))


def _offered(pathways: list[Pathway]) -> list[Need]:
    """Return the needs that something answers here: a pathway can have been left unpublished."""
    known = {pathway.key for pathway in pathways}
    return [need for need in needs() if not need.pathways or not known.isdisjoint(need.pathways)]


def _is_shown(form: Form, index: int, need: Need, today: date) -> bool:
    ticked = need.whom is Whom.PERSON and need.key in form.values(f"need-{index}")
    return ticked or need.is_for(_facts(form, index, today))


def _options(t: Translator, offered: list[Need]) -> list[tuple[str, str]]:
    return [(need.key, need.title.in_language(t.language)) for need in offered]


def _facts(form: Form, index: int, today: date) -> Facts:
    """Return what holds for one person alone: anything, as long as the birth date is not known."""
    try:
        born = date.fromisoformat(form.value(f"member-{index}-birth_date"))
    except ValueError:
        return frozenset(HouseholdFact)
    return facts_of([born], today) if born <= today else frozenset(HouseholdFact)
