"""The rules of law, and the open cases that each touches: with names for the office only."""

from datetime import date
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from service.cases.acting import close_case
from service.cases.household import members_of
from service.cases.schemas import CloseCase, NewReferral
from service.entitlements import law, rules_pages
from service.entitlements.waiting import count_waiting
from service.referrals.sending import send_referral
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import STATUTE, World
from workflows.domain.actions import Action
from workflows.domain.basis import Application, Basis
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome
from workflows.domain.working_days import local_day

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


FAILURE_TO_ACT = "/rules/failure-to-act-social-courts"


async def _apply(world: World, filed: date, family_name: str = "Haddad") -> UUID:
    """Ask the job centre, with an application that was filed on that day."""
    case_id = await world.open_case(family_name=family_name)
    application = Application(benefit="basic-income", office=cast.RECEIVER, filed_at=filed)
    new = NewReferral(
        step="job-centre",
        agency="receiver",
        basis=Basis(statute=STATUTE),
        application=application,
    )
    return await send_referral(world.container, cast.ANNA, case_id, new, str(uuid7()))


async def test_whoever_waited_six_months_for_a_decision_is_told_what_can_be_done(
    working: World, sign_in: SignIn
) -> None:
    waited = await _apply(working, date(2026, 1, 15))
    recent = await _apply(working, local_day(working.container.clock.now()))
    anna = await sign_in(cast.ANNA)
    page = await anna.see(f"/referrals/{waited}")
    assert "Über den Antrag ist seit dem 15.1.2026 nicht entschieden." in page
    assert "Untätigkeitsklage beim Sozialgericht" in page
    assert "§ 88 Abs. 1 SGG, rechtlich ungeprüft" in page
    assert "Untätigkeitsklage" not in await anna.see(f"/referrals/{recent}")
    assert "Untätigkeitsklage" not in await (await sign_in(cast.CLARA)).see(f"/referrals/{waited}")

    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await working.act(waited, action)
    assert "Untätigkeitsklage" not in await anna.see(f"/referrals/{waited}")


async def test_a_rule_lists_the_applications_that_wait_and_the_coordination_their_number(
    working: World, sign_in: SignIn
) -> None:
    referral = await _apply(working, date(2026, 1, 15))
    decided = await _apply(working, date(2026, 1, 15), "Yilmaz")
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await working.act(decided, action)
    page = await (await sign_in(cast.ANNA)).see(FAILURE_TO_ACT)
    listed = page.part("Offene Fälle, die sie betrifft")
    assert "Haddad" in listed
    assert "Yilmaz" not in listed
    assert "beantragt am 15.1.2026 · möglich ab 16.7.2026" in listed
    assert page.links["Mariam Haddad"] == f"/referrals/{referral}"

    page = await (await sign_in(cast.KATJA)).see(FAILURE_TO_ACT)
    assert "betrifft einen offenen Fall" in page
    assert "Haddad" not in page
    assert "betrifft 0 offene Fälle" in await (await sign_in(cast.BEN)).see(FAILURE_TO_ACT)


async def test_a_case_in_which_two_applications_wait_is_one_case(working: World) -> None:
    case_id = await working.open_case()
    applied = Application(benefit="basic-income", office=cast.RECEIVER, filed_at=date(2026, 1, 15))
    for step, agency in (("job-centre", "receiver"), ("school", "silent-agency")):
        new = NewReferral(
            step=step, agency=agency, basis=Basis(statute=STATUTE), application=applied
        )
        await send_referral(working.container, cast.ANNA, case_id, new, str(uuid7()))
    both = law.application_rules()[0].model_copy(update={"scope": ("basic-income", "schooling")})
    async with working.container.database.transaction() as connection:
        now = working.container.clock.now()
        assert await count_waiting(connection, cast.ANNA, now, [both]) == {both.key: 1}


async def test_whoever_has_left_the_household_is_touched_by_no_rule(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.note(case_id, "asylum-seekers-benefits")
    await working.add(case_id)
    async with working.container.database.transaction() as connection:
        father, _baby = await members_of(connection, case_id)
    await working.remove(case_id, father.id)
    page = await (await sign_in(cast.ANNA)).see(RULE)
    assert "betrifft 0 offene Fälle" in page
    assert "Haddad" not in page.part("Offene Fälle, die sie betrifft")
