"""The definitions that come with Nahtlos."""

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.pathways.files import read_pathways, shipped_files
from workflows.domain.household import HouseholdFact
from workflows.domain.pathway import StepDefinition, Texts
from workflows.domain.personal_data import PersonalData
from workflows.domain.referral_state import Release

SHIPPED = {pathway.key: pathway for pathway in read_pathways(shipped_files())}
STEPS = [step for pathway in SHIPPED.values() for step in pathway.steps]
NO_RULE_NEEDED = {"integration-advice"}


def test_eleven_pathways_are_shipped_without_a_fault() -> None:
    assert list(SHIPPED) == [
        "arrival",
        "benefit-change",
        "day-care",
        "housing",
        "integration-course",
        "moving",
        "naturalisation",
        "provisional-residence",
        "psychosocial-help",
        "school-entry",
        "work-with-toleration",
    ]


def test_every_step_rests_on_a_rule_or_is_advice_and_says_what_to_bring() -> None:
    for step in STEPS:
        assert step.legal_basis or step.legal_area in NO_RULE_NEEDED, step.key
        assert step.documents, step.key


def test_every_text_is_there_in_german_and_in_english() -> None:
    for pathway in SHIPPED.values():
        texts: list[Texts] = [pathway.title, pathway.summary]
        for step in pathway.steps:
            texts += [step.title, *step.documents]
        assert [text for text in texts if text.de == text.en] == [], pathway.key


def test_no_rule_claims_to_be_checked() -> None:
    rules = [rule for step in STEPS for rule in (*step.statutes, *step.legal_basis)]
    assert len(rules) > 50
    assert not any(rule.checked for rule in rules)


def test_the_immigration_office_gets_data_on_consent_only_and_no_note_or_language() -> None:
    at_immigration_office = _steps_at("residence")
    assert len(at_immigration_office) == 6
    allowed = {PersonalData.NAME, PersonalData.BIRTH_DATE, PersonalData.HOUSEHOLD}
    for step in at_immigration_office:
        assert step.statutes == ()
        assert set(step.fields) <= allowed, step.key


def test_no_pathway_asks_the_office_that_opens_the_case() -> None:
    assert _steps_at(INTEGRATION_MANAGEMENT) == []


def test_where_money_a_place_or_a_permission_matters_the_sender_is_released_by_effect() -> None:
    released = {step.key: step.release for step in STEPS}
    for key in ("basic-income", "school-start", "continued-payment", "course-start", "work-permit"):
        assert released[key] is Release.EFFECT
    assert released["residence-title"] is Release.ARRIVAL


def test_a_family_without_pupils_is_not_sent_to_a_school_when_it_moves() -> None:
    step = next(one for one in SHIPPED["moving"].steps if one.legal_area == "school-supervision")
    assert not step.is_for({HouseholdFact.HAS_ADULT, HouseholdFact.HAS_CHILD_UNDER_SCHOOL_AGE})
    assert step.is_for({HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE})


def test_day_care_and_a_flat_are_two_paths_each_with_an_agency_of_its_own() -> None:
    areas = {key: {step.legal_area for step in SHIPPED[key].steps} for key in SHIPPED}
    assert areas["day-care"] == {"youth-welfare"}
    assert areas["housing"] == {"housing"}


def test_one_of_three_agencies_entitles_to_a_course_and_the_others_are_left_out() -> None:
    course = SHIPPED["integration-course"]
    admission = course.step("course-admission").after
    assert admission.join == "any"
    assert all(course.step(key).optional for key in admission.steps)


def _steps_at(legal_area: str) -> list[StepDefinition]:
    return [step for step in STEPS if step.legal_area == legal_area]
