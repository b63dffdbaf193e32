"""The kinds of entitlements and the rules of law that come with Nahtlos."""

from service.agencies.legal_areas import LEGAL_AREAS
from service.entitlements.law import application_rules, kinds, legal_rules
from service.pathways.files import read_pathways, shipped_files
from workflows.domain.legal_rules import Rule


def test_the_kinds_lead_on_to_pathways_that_there_are() -> None:
    pathways = {pathway.key for pathway in read_pathways(shipped_files())}
    assert {kind.proposes for kind in kinds().values() if kind.proposes} <= pathways
    assert len(kinds()) == 14


def test_a_provisional_certificate_holds_until_the_decision() -> None:
    """§ 81(4) AufenthG; likewise § 67(1) AsylG of the permission to stay."""
    assert {key for key, kind in kinds().items() if kind.until_decided} == {
        "provisional-residence",
        "permission-to-stay",
    }


def test_the_rules_speak_of_kinds_and_areas_that_there_are_and_say_that_no_lawyer_looked() -> None:
    for rule in legal_rules():
        assert {rule.trigger, rule.ends} <= set(kinds())
    everything: list[Rule] = [*legal_rules(), *application_rules()]
    assert {area for one in everything for area in one.scope} <= set(LEGAL_AREAS)
    assert not any(one.checked for one in everything)
    versions = [(one.key, one.valid_from) for one in everything]
    assert len(set(versions)) == len(versions)
