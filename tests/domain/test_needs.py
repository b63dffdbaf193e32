"""What a family ticks leads to paths: for the right people, each once."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from service.needs.catalogue import INTERPRETING, needs
from service.pathways.files import read_pathways, shipped_files
from tests.counts import PROPERTY
from workflows.domain.household import HouseholdFact, facts_of
from workflows.domain.needs import Need, ProposedPath, Ticked, Whom, propose_paths

TODAY = date(2026, 11, 28)
FATHER, MOTHER, OLDER, YOUNGER = (
    facts_of([born], TODAY)
    for born in (date(1984, 3, 17), date(1987, 11, 2), date(2015, 6, 23), date(2023, 1, 9))
)
FAMILY = [FATHER, MOTHER, OLDER, YOUNGER]
PATHWAYS = {pathway.key: pathway for pathway in read_pathways(shipped_files())}
NEEDS = {need.key: need for need in needs()}

FACTS = st.sampled_from(HouseholdFact).map(lambda fact: frozenset({fact}))
HOUSEHOLDS = st.lists(FACTS, min_size=1, max_size=6)
TICKS = st.sets(
    st.builds(Ticked, st.sampled_from([*NEEDS, "unheard-of"]), st.none() | st.integers(0, 7))
)


def need(key: str, *pathways: str, whom: Whom = Whom.PERSON, **more: Any) -> Need:
    text = {"de": key, "en": key}
    return Need(key=key, title=text, about=text, whom=whom, pathways=pathways, **more)


def test_the_five_needs_of_father_m_s_family_lead_to_five_paths() -> None:
    ticked = {
        Ticked("work", 0),
        Ticked("flat", None),
        Ticked("school", 2),
        Ticked("day-care", 3),
        Ticked("psychological-support", 1),
    }
    assert propose_paths(needs(), ticked, FAMILY) == [
        ProposedPath("housing", None, ("flat",)),
        ProposedPath("work-with-toleration", 0, ("work",)),
        ProposedPath("school-entry", 2, ("school",)),
        ProposedPath("day-care", 3, ("day-care",)),
        ProposedPath("psychosocial-help", 1, ("psychological-support",)),
    ]


def test_whoever_cannot_have_a_need_is_proposed_nothing() -> None:
    for key, members in (("work", {0, 1}), ("school", {2}), ("day-care", {3})):
        everybody = {Ticked(key, member) for member in range(4)} | {Ticked(key, None)}
        proposed = propose_paths(needs(), everybody, FAMILY)
        assert {path.member for path in proposed} == members


def test_what_a_household_needs_is_not_ticked_for_one_person() -> None:
    assert propose_paths(needs(), {Ticked("flat", 0)}, FAMILY) == []
    [path] = propose_paths(needs(), {Ticked("flat", None), Ticked("flat", 0)}, FAMILY)
    assert path.member is None


def test_two_needs_that_the_same_path_answers_propose_it_once() -> None:
    both = [need("rest", "cure"), need("care", "cure", "visit")]
    ticked = {Ticked("rest", 0), Ticked("care", 0), Ticked("care", 1)}
    assert propose_paths(both, ticked, [FATHER, MOTHER]) == [
        ProposedPath("cure", 0, ("rest", "care")),
        ProposedPath("visit", 0, ("care",)),
        ProposedPath("cure", 1, ("care",)),
        ProposedPath("visit", 1, ("care",)),
    ]


def test_interpreting_goes_along_and_is_no_path() -> None:
    assert propose_paths(needs(), {Ticked(INTERPRETING, 0)}, FAMILY) == []
    assert [one.key for one in needs() if not one.pathways] == [INTERPRETING]


def test_every_pathway_that_a_need_names_is_shipped_and_each_shipped_one_answers_a_need() -> None:
    assert len(NEEDS) == len(needs())
    assert {pathway for one in needs() for pathway in one.pathways} == set(PATHWAYS)


def test_a_need_with_a_fact_that_does_not_exist_is_refused() -> None:
    assert {fact for one in needs() for fact in one.only} == set(HouseholdFact)
    with pytest.raises(ValidationError, match="only"):
        need("rest", "cure", only=["has-uncle"])


def test_every_text_is_there_in_german_and_in_english() -> None:
    texts = [text for one in needs() for text in (one.title, one.about)]
    assert [text for text in texts if text.de == text.en] == []


@PROPERTY
@given(TICKS, HOUSEHOLDS)
def test_each_path_is_proposed_once_for_a_tick_of_somebody_who_can_have_it(
    ticked: set[Ticked], household: list[frozenset[HouseholdFact]]
) -> None:
    proposed = propose_paths(needs(), ticked, household)
    assert len({(path.pathway, path.member) for path in proposed}) == len(proposed)
    for path in proposed:
        assert path.needs
        for key in path.needs:
            assert Ticked(key, path.member) in ticked
            assert path.pathway in NEEDS[key].pathways
            assert path.member is None or NEEDS[key].is_for(household[path.member])
    answered = {(key, path.member) for path in proposed for key in path.needs}
    for tick in ticked:
        one = NEEDS.get(tick.need)
        can_have = one is not None and (
            (one.whom is Whom.HOUSEHOLD and tick.member is None)
            or (
                tick.member is not None
                and tick.member < len(household)
                and one.is_for(household[tick.member])
            )
        )
        assert ((tick.need, tick.member) in answered) is bool(can_have and one and one.pathways)


@PROPERTY
@given(TICKS, TICKS, HOUSEHOLDS)
def test_another_tick_takes_no_proposal_away(
    some: set[Ticked], more: set[Ticked], household: list[frozenset[HouseholdFact]]
) -> None:
    def places(ticked: set[Ticked]) -> set[tuple[str, int | None]]:
        return {(path.pathway, path.member) for path in propose_paths(needs(), ticked, household)}

    assert places(some) | places(more) == places(some | more)
