"""The rules of law, and the open cases that each touches: with names for the office only."""

from datetime import date

import pytest

from service.cases.acting import close_case
from service.cases.schemas import CloseCase
from service.entitlements import law, rules_pages
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome

RULE = "/rules/asylum-benefits-end"


async def test_a_rule_lists_the_offices_open_cases_in_which_what_it_ends_still_holds(
    working: World, sign_in: SignIn
) -> None:
    holds = await working.open_case(family_name="Haddad")
    ended = await working.open_case(family_name="Yilmaz")
    closed = await working.open_case(family_name="Kovalenko")
    other = await working.open_case(family_name="Okafor")
    for case in (holds, closed):
        await working.note(case, "asylum-seekers-benefits")
    await working.note(ended, "asylum-seekers-benefits", printed_until=date(2026, 1, 31))
    await working.note(other, "basic-income")
    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(working.container, cast.ANNA, closed, ending, "close")

    page = await (await sign_in(cast.ANNA)).see(RULE)

    listed = page.part("Offene Fälle, die sie betrifft")
    assert "Haddad" in listed
    assert not any(name in listed for name in ("Yilmaz", "Kovalenko", "Okafor"))
    assert "betrifft einen offenen Fall" in page
    assert "rechtlich ungeprüft" in page
    assert "mit Ablauf des Monats" in page
    assert "nach einem Jahr" in await (await sign_in(cast.ANNA)).see("/rules")


async def test_the_coordination_sees_how_many_there_are_and_nobodys_name(
    working: World, sign_in: SignIn
) -> None:
    await working.note(await working.open_case(), "asylum-seekers-benefits")
    browser = await sign_in(cast.KATJA)
    for address in ("/rules", RULE):
        page = await browser.see(address)
        assert "betrifft einen offenen Fall" in page
        assert "Haddad" not in page


async def test_another_office_sees_nothing_of_it(working: World, sign_in: SignIn) -> None:
    await working.note(await working.open_case(), "asylum-seekers-benefits")
    page = await (await sign_in(cast.BEN)).see(RULE)
    assert "Kein offener Fall Ihres Büros." in page
    assert "betrifft 0 offene Fälle" in page


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("person", [cast.CLARA, cast.OLGA], ids=["clerk", "administrator"])
async def test_others_have_no_use_for_it(sign_in: SignIn, person: Principal) -> None:
    browser = await sign_in(person)
    for address in ("/rules", RULE):
        assert (await browser.see(address)).status == 403


@pytest.mark.usefixtures("working")
async def test_a_rule_that_changes_shows_both_versions_and_when_each_is_in_force(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    [old] = [rule for rule in law.legal_rules() if rule.key == "course-right-lapses"]
    versions = (
        old.model_copy(update={"valid_to": date(2096, 12, 31)}),
        old.model_copy(update={"valid_from": date(2097, 1, 1), "checked": True}),
    )
    monkeypatch.setattr(rules_pages, "legal_rules", lambda: versions)
    page = await (await sign_in(cast.ANNA)).see("/rules/course-right-lapses")

    assert "gilt bis 31.12.2096" in page
    assert "gilt ab 1.1.2097" in page
    assert page.text.count("rechtlich ungeprüft") == 1
    assert (await (await sign_in(cast.ANNA)).see("/rules/to-the-moon")).status == 404
