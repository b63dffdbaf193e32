"""What a pathway may say, and the sentences with which the rest is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.counts import PROPERTY
from workflows.domain.pathway import Pathway, Texts
from workflows.domain.terms import Term

TITLE = {"de": "Ankommen", "en": "Arrival"}


def step(key: str, after: Any = None, **more: Any) -> dict[str, Any]:
    """Return a step as a file would hold it."""
    return {"key": key, "title": TITLE, "legal_area": "residence", "after": after or [], **more}


def pathway(*steps: dict[str, Any], **more: Any) -> Pathway:
    """Read a pathway of these steps."""
    head = {"key": "arrival", "version": 1, "title": TITLE, "summary": TITLE}
    return Pathway.model_validate({**head, "steps": list(steps), **more})


def test_a_pathway_is_read_and_written() -> None:
    terms = {"respond": "2 working days", "effect": "PT4H"}
    read = pathway(
        step("register", terms=terms, release="effect", fields=["name", "birth_date"]),
        step("school", ["register"], legal_basis=[{"paragraph": "§ 34(6) SchulG NRW"}]),
        step("doctor", {"any": ["register", "school"]}),
    )
    assert read.step("register").terms.respond == Term(working_days=2)
    assert read.step("doctor").after.join == "any"
    assert not read.step("school").legal_basis[0].checked
    assert Pathway.model_validate_json(read.model_dump_json()) == read


def test_a_step_that_is_not_there_is_not_found() -> None:
    with pytest.raises(KeyError, match="school"):
        pathway(step("register")).step("school")


def test_texts_come_in_the_language_of_the_page_and_otherwise_in_german() -> None:
    texts = Texts(de="Schule", en="School")
    assert [texts.in_language(name) for name in ("de", "en", "uk")] == [
        "Schule",
        "School",
        "Schule",
    ]


def test_two_steps_of_the_same_key_are_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="key-twice: school"):
        pathway(step("school"), step("register"), step("school"))


def test_a_step_after_an_unknown_one_is_refused_by_name() -> None:
    with pytest.raises(ValidationError) as refused:
        pathway(step("register"), step("school", ["registr", "heaven"]))
    assert "step-much-like-another: registr; register" in str(refused.value)
    assert "step-unknown: heaven; register, school" in str(refused.value)


@pytest.mark.parametrize(
    ("steps", "named"),
    [
        ([step("school", ["school"])], "school"),
        ([step("one-a", ["one-b"]), step("one-b", ["one-a"])], "one-a, one-b"),
        (
            [step("start"), step("one-a", ["start", "one-b"]), step("one-b", ["one-a"])],
            "one-a, one-b",
        ),
        ([step("one-a", {"any": ["one-b"]}), step("one-b", {"any": ["one-a"]})], "one-a, one-b"),
        (
            [
                step("one-a", {"any": ["one-b", "one-c"]}),
                step("one-b", ["one-a"]),
                step("one-c", ["one-a"]),
            ],
            "one-a, one-b, one-c",
        ),
    ],
    ids=["itself", "two", "two-after-a-start", "any", "any-of-two"],
)
def test_steps_that_wait_for_each_other_are_refused_by_name(
    steps: list[dict[str, Any]], named: str
) -> None:
    with pytest.raises(ValidationError, match=f"circle: {named}"):
        pathway(*steps)


def test_any_of_two_may_lead_back_as_long_as_the_other_opens_it() -> None:
    read = pathway(
        step("start"), step("one-a", {"any": ["start", "one-b"]}), step("one-b", ["one-a"])
    )
    assert [found.key for found in read.steps] == ["start", "one-a", "one-b"]


@pytest.mark.parametrize(
    "join",
    [
        {"some": ["register"]},
        {"all": ["register"], "any": ["register"]},
        "register",
        ["Register"],
        {"join": "most", "steps": ["register"]},
    ],
)
def test_a_join_of_another_kind_is_refused(join: object) -> None:
    with pytest.raises(ValidationError):
        pathway(step("register"), step("school", join))


@pytest.mark.parametrize("key", ["", "a", "School", "schule entry", "1-school", "a" * 61])
def test_a_key_is_a_code(key: str) -> None:
    with pytest.raises(ValidationError):
        pathway(step(key))


def test_a_pathway_has_at_least_one_step_and_at_most_forty() -> None:
    forty = [step(f"step-{number}") for number in range(40)]
    assert len(pathway(*forty).steps) == 40
    for steps in ([], [*forty, step("one-more")]):
        with pytest.raises(ValidationError):
            pathway(*steps)


def test_what_a_step_cannot_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        pathway(step("school", colour="blue"))


def test_personal_data_that_nobody_knows_of_is_refused() -> None:
    with pytest.raises(ValidationError, match="fields"):
        pathway(step("school", fields=["religion"]))


@st.composite
def any_order(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw steps that come after any others at all, by any join."""
    keys = [f"step-{number}" for number in range(draw(st.integers(1, 5)))]
    before = st.lists(st.sampled_from(keys), max_size=3, unique=True)
    joins = st.sampled_from(["all", "any"])
    return [step(key, {draw(joins): draw(before)}) for key in keys]


def can_all_begin(steps: list[dict[str, Any]]) -> bool:
    """Try it out: finish whatever can begin until nothing changes."""
    finished: set[str] = set()
    for _ in steps:
        for tried in steps:
            ((join, before),) = tried["after"].items()
            met = all if join == "all" else any
            if not before or met(key in finished for key in before):
                finished.add(tried["key"])
    return len(finished) == len(steps)


@given(any_order())
@PROPERTY
def test_refused_are_exactly_the_pathways_that_could_never_end(steps: list[dict[str, Any]]) -> None:
    if can_all_begin(steps):
        assert len(pathway(*steps).steps) == len(steps)
    else:
        with pytest.raises(ValidationError, match="circle"):
            pathway(*steps)
