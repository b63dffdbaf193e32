"""The made-up households on paper: plausible on whichever day they are loaded."""

from collections import Counter
from datetime import date, time

import pytest

from service.cases.languages import LANGUAGES
from service.startdata.reading import read_cast, read_municipalities
from service.startdata.stories import read_stories
from service.startdata.world import all_households
from service.takeover.models import PastMove, TakenOverCase
from workflows.domain.actions import Action
from workflows.domain.working_days import BERLIN, is_working_day

TODAY = date(2026, 11, 4)
DAYS = [
    date(2027, 12, 26),  # a holiday on a Sunday
    date(2027, 3, 28),  # the clocks go forward
    date(2028, 2, 29),
    TODAY,
]


@pytest.fixture(params=DAYS, ids=str, scope="module")
def today(request: pytest.FixtureRequest) -> date:
    """The day on which the demo is loaded."""
    day: date = request.param
    return day


@pytest.fixture(scope="module")
def invented(today: date) -> list[TakenOverCase]:
    """The made-up households as they stand on that day."""
    return all_households(today)[6:]


@pytest.fixture(scope="module")
def world() -> list[TakenOverCase]:
    """All households as they stand on an ordinary day."""
    return all_households(TODAY)


def test_there_are_sixty_households_and_each_has_a_name_of_its_own(
    world: list[TakenOverCase],
) -> None:
    names = [case.external_id for case in world]
    assert names == [f"household-{number}" for number in range(1, 61)]


def test_the_same_day_makes_the_same_world(world: list[TakenOverCase]) -> None:
    assert all_households(TODAY) == world


def test_a_household_is_the_same_family_on_another_day(world: list[TakenOverCase]) -> None:
    for now, later in zip(world, all_households(date(2027, 6, 1)), strict=True):
        assert [member.given_name for member in now.household] == [
            member.given_name for member in later.household
        ]


def test_everything_happened_in_order_on_working_days_in_office_hours(
    invented: list[TakenOverCase], today: date
) -> None:
    for case in invented:
        instants = [case.opened_at, *(act.at for act in case.acts)]
        assert instants == sorted(instants)
        for instant in instants:
            local = instant.astimezone(BERLIN)
            assert is_working_day(local.date()), instant
            assert time(8) <= local.time() <= time(16)
            assert local.date() < today


def test_families_fit_their_paths(invented: list[TakenOverCase], today: date) -> None:
    for case in invented:
        ages = [
            (today.toordinal() - member.birth_date.toordinal()) // 365 for member in case.household
        ]
        parents = [age for age, m in zip(ages, case.household, strict=True) if m.role == "adult"]
        children = ages[len(parents) :]
        assert 18 <= min(parents) <= max(parents) < 60
        assert children == sorted(children, reverse=True)
        assert all(min(parents) - child >= 15 for child in children)
        for path in case.paths:
            if path.pathway == "school-entry":
                assert path.member is not None
                assert 6 <= ages[path.member] <= 16


def test_names_are_written_in_many_scripts_and_languages_can_be_chosen_here(
    world: list[TakenOverCase],
) -> None:
    members = [member for case in world for member in case.household]
    spoken = Counter(language for member in members for language in member.languages)
    assert set(spoken) <= set(LANGUAGES)
    assert {"ar", "fa", "uk", "ru", "tr", "ku", "en", "fr"} <= set(spoken)
    first_letters = {member.family_name[0] for member in members}
    assert {letter for letter in first_letters if letter > "\N{HEBREW LETTER ALEF}"}
    assert {letter for letter in first_letters if "А" <= letter <= "я"}  # noqa: RUF001


def test_names_are_names_and_nothing_else(world: list[TakenOverCase]) -> None:
    for case in world[6:]:
        for member in case.household:
            name = f"{member.given_name}{member.family_name}"
            assert not set(name) & set("0123456789()., "), name


def test_stories_lie_in_every_municipality_and_with_every_case_manager() -> None:
    stories = read_stories()
    managers = {person.user for person in read_cast().people if person.role == "case_manager"}
    assert {story.place for story in stories} == {row.name for row in read_municipalities()}
    assert {story.manager for story in stories} == managers


def test_who_waited_too_long_was_followed_up_by_case_manager_and_supervisor(
    world: list[TakenOverCase],
) -> None:
    nudges = Counter(
        act.actor
        for case in world
        for act in case.acts
        if isinstance(act, PastMove) and act.action is Action.NUDGE
    )
    assert nudges["anna"] > 1
    assert nudges["eva"] > 1
    assert nudges["frank"] > 1
