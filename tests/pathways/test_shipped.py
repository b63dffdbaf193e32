"""The definitions that come with Nahtlos."""

from service.pathways.files import read_pathways, shipped_files
from workflows.domain.referral_state import Release


def test_three_pathways_are_shipped_without_a_fault() -> None:
    keys = [pathway.key for pathway in read_pathways(shipped_files())]
    assert keys == ["arrival", "benefit-change", "school-entry"]


def test_every_step_rests_on_a_rule_or_is_advice_and_says_what_to_bring() -> None:
    for pathway in read_pathways(shipped_files()):
        for step in pathway.steps:
            assert step.legal_basis or step.legal_area == "integration-advice", step.key
            assert step.documents, step.key


def test_no_rule_claims_to_be_checked() -> None:
    rules = [
        rule
        for pathway in read_pathways(shipped_files())
        for step in pathway.steps
        for rule in (*step.statutes, *step.legal_basis)
    ]
    assert rules
    assert not any(rule.checked for rule in rules)


def test_the_immigration_office_gets_data_on_consent_only() -> None:
    steps = [step for pathway in read_pathways(shipped_files()) for step in pathway.steps]
    at_immigration_office = [step for step in steps if step.legal_area == "residence"]
    assert len(at_immigration_office) == 2
    assert all(step.statutes == () for step in at_immigration_office)


def test_where_money_or_a_school_place_matters_the_sender_is_released_by_effect() -> None:
    released = {
        step.key: step.release
        for pathway in read_pathways(shipped_files())
        for step in pathway.steps
    }
    assert released["basic-income"] is Release.EFFECT
    assert released["school-start"] is Release.EFFECT
    assert released["residence-title"] is Release.ARRIVAL
