"""What is different between two versions: every field of the model, and nothing else."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counts import PATHS
from tests.domain.test_any_pathway_ends import pathways
from tests.domain.test_pathway_definitions import pathway, step
from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.pathway_changes import (
    Changed,
    StepAdded,
    StepRemoved,
    changes_between,
    fields_compared,
)
from workflows.domain.terms import Terms

OTHER: dict[str, Any] = {
    "title": {"de": "Anders", "en": "Different"},
    "summary": {"de": "Anders", "en": "Different"},
    "legal_area": "schooling",
    "household_role": "child",
    "after": {"any": ["first", "third"]},
    "when": ["has-child-of-school-age"],
    "optional": True,
    "documents": [{"de": "Ausweis", "en": "Identity card"}],
    "fields": ["name", "birth_date"],
    "statutes": [{"paragraph": "§ 69 SGB X"}],
    "legal_basis": [
        {
            "paragraph": "§ 34 Abs. 6 SchulG NRW",
            "valid_from": date(2026, 8, 1),
            "valid_to": date(2027, 7, 31),
            "checked": True,
        }
    ],
    "release": "effect",
    "terms.refer": "1 working day",
    "terms.respond": "PT4H",
    "terms.answer": "1 working day",
    "terms.appoint": "1 working day",
    "terms.record": "1 working day",
    "terms.come_back": "1 working day",
    "terms.arrive": "1 working day",
    "terms.effect": "1 working day",
    "terms.confirm": None,
    "terms.remind_before": "PT90M",
    "terms.supervisor_after": "1 working day",
    "terms.everyone_after": "8 working days",
}
"""For every field a value that is not the usual one; ``steps`` stands for their order."""

BEFORE = (step("first"), step("second"), step("third"))


def changed(field: str) -> Pathway:
    """Return the later version in which only this field is different."""
    value = OTHER[field]
    if field == "summary":
        return pathway(*BEFORE).model_copy(
            update={"summary": type(pathway(*BEFORE).summary).model_validate(value)}
        )
    more = {"terms": {field.removeprefix("terms."): value}} if "." in field else {field: value}
    return pathway(BEFORE[0], BEFORE[1] | more, BEFORE[2])


def test_every_field_of_the_model_is_compared() -> None:
    in_steps = set(StepDefinition.model_fields) - {"key", "terms"}
    in_terms = {f"terms.{name}" for name in Terms.model_fields}
    of_the_whole = set(Pathway.model_fields) - {"key", "version"}
    assert fields_compared() == in_steps | in_terms | of_the_whole
    assert set(OTHER) == fields_compared() - {"steps"}


@pytest.mark.parametrize("field", sorted(OTHER))
def test_a_change_of_any_field_is_found_and_nothing_else(field: str) -> None:
    earlier, later = pathway(*BEFORE), changed(field)
    [found] = changes_between(earlier, later)
    assert isinstance(found, Changed)
    assert found.field == field
    assert found.step == (None if field == "summary" else "second")
    assert found.before != found.after
    [back] = changes_between(later, earlier)
    assert back == Changed(found.step, field, found.after, found.before)


def test_steps_come_and_go() -> None:
    earlier, later = pathway(*BEFORE), pathway(step("first"), step("new"), step("third"))
    assert changes_between(earlier, later) == [
        StepAdded(later.step("new")),
        StepRemoved(earlier.step("second")),
    ]


def test_another_order_of_the_same_steps_is_said_once() -> None:
    earlier = pathway(*BEFORE)
    later = pathway(BEFORE[2], step("new"), BEFORE[0], BEFORE[1])
    [order, added] = changes_between(earlier, later)
    assert order == Changed(
        None, "steps", ("first", "second", "third"), ("third", "first", "second")
    )
    assert added == StepAdded(later.step("new"))


def test_the_number_of_the_version_is_no_change() -> None:
    earlier = pathway(*BEFORE)
    assert changes_between(earlier, earlier.model_copy(update={"version": 2})) == []


@PATHS
@given(earlier=pathways(), later=pathways())
def test_two_versions_differ_exactly_where_something_is_found(
    earlier: Pathway, later: Pathway
) -> None:
    same = earlier.model_copy(update={"version": later.version}) == later
    assert (changes_between(earlier, later) == []) == same
    assert changes_between(earlier, earlier) == []


@PATHS
@given(data=st.data(), earlier=pathways(), later=pathways())
def test_each_step_is_told_of_by_its_own_changes_only(
    data: st.DataObject, earlier: Pathway, later: Pathway
) -> None:
    key = data.draw(st.sampled_from([one.key for one in (*earlier.steps, *later.steps)]))
    before = {one.key: one for one in earlier.steps}.get(key)
    after = {one.key: one for one in later.steps}.get(key)
    found = [
        change
        for change in changes_between(earlier, later)
        if (change.step if isinstance(change, Changed) else change.step.key) == key
    ]
    assert bool(found) == (before != after)
