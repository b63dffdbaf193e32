"""Who may see and do what: outsiders find nothing, and everybody only what is theirs."""

from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from service.cases.tables import paths, persons
from service.web.routes import PAGES
from tests import cast
from tests.api.operations import operations
from tests.pages.conftest import SignIn
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.principal import Principal

OUTSIDERS = (cast.BEN, cast.DIETER, cast.KATJA, cast.OLGA)
SENT_FORMS: dict[str, dict[str, str]] = {
    "close": {"close-outcome": "other"},
    "reject": {"reject-reason": "duplicate"},
    "record": {"record-action": "accept"},
}


async def _addresses(world: World) -> tuple[list[str], list[str]]:
    """Open a case, send a request, and return every page of theirs and every address of a form.

    They come from the routes themselves, so that a new page is asked for as well.
    """
    case = await world.open_case()
    referral = await world.refer(case)
    async with world.container.database.transaction() as connection:
        path = await connection.scalar(select(paths.c.id))
        member = await connection.scalar(select(persons.c.id))
    entitlement = await world.note(case, "residence-title", printed_until=date(2030, 1, 1))
    known = {
        "case_id": case,
        "referral_id": referral,
        "path_id": path,
        "member_id": member,
        "step": "school",
        "entitlement_id": entitlement,
    }
    scratch = FastAPI()
    for router in PAGES:
        scratch.include_router(router)
    found: dict[str, list[str]] = {"GET": [], "POST": []}
    for method, template, _description in operations(scratch):
        leads_back = method == "GET" and template.startswith("/offered-cases/")
        if not leads_back and ("{case_id}" in template or "{referral_id}" in template):
            names = (*Action, "record") if "{name}" in template else ("",)
            for name in names:
                address = template.format(**known, name=name)
                asked = f"?path={path}&step=school" if address.endswith("referrals/new") else ""
                found[method].append(address + asked)
    return found["GET"], found["POST"]


@pytest.mark.parametrize("outsider", OUTSIDERS, ids=lambda person: str(person.role))
async def test_an_outsider_finds_nothing(
    working: World, sign_in: SignIn, outsider: Principal
) -> None:
    seen, sent = await _addresses(working)
    insider, browser = await sign_in(cast.ANNA), await sign_in(outsider)
    for address in seen:
        assert (await insider.see(address)).status == 200, address
        assert (await browser.see(address)).status == 404, address
    form = (await browser.see("/my-day")).form("/sign-out")
    for address in sent:
        form.action = address
        typed = SENT_FORMS.get(address.rpartition("/")[2], {})
        answer = await browser.send(form, idempotency_key="one", **typed)
        assert answer.status == 404, address
    # The case and its referral, three forms, a sheet, ten acts on the case, all on the referral,
    # the timeline with its form, an entry and three acts on that, who joins and who leaves.
    acts = len(Action) + len(["record"])
    assert (len(seen), len(sent)) == (20 + acts, 18 + acts)


async def test_the_receiver_sees_the_request_but_not_the_case(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    referral = await working.refer(case)
    browser = await sign_in(cast.CLARA)
    assert (await browser.see(f"/referrals/{referral}")).status == 200
    assert (await browser.see(f"/cases/{case}")).status == 404


async def test_a_clerk_cannot_do_what_is_the_senders(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/accept")
    form.action = f"/referrals/{referral}/cancel"
    refused = await browser.send(form)
    assert refused.status == 403
    assert "Das liegt bei jemand anderem" in refused


@pytest.mark.parametrize(
    ("person", "entries"),
    [
        (cast.ANNA, {"Mein Tag", "Fälle", "Integrationspfade", "Neuer Fall"}),
        (cast.STEFAN, {"Mein Tag", "Fälle", "Stockt", "Integrationspfade"}),
        (cast.CLARA, {"Mein Tag", "Eingang"}),
        (cast.SABINE, {"Mein Tag", "Eingang", "Stockt"}),
        (cast.KATJA, {"Mein Tag", "Integrationspfade"}),
        (cast.OLGA, set()),
    ],
)
async def test_everybody_is_led_to_their_own_pages(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
    person: Principal,
    entries: set[str],
) -> None:
    browser = await sign_in(person)
    page = await browser.see("/my-day")
    known = {"Mein Tag", "Fälle", "Eingang", "Stockt", "Integrationspfade", "Neuer Fall"}
    assert known & set(page.links) == entries
    for entry in entries:
        assert (await browser.see(page.links[entry])).status == 200


async def test_boards_of_others_are_refused(working: World, sign_in: SignIn) -> None:  # noqa: ARG001
    assert (await (await sign_in(cast.ANNA)).see("/inbox")).status == 403
    assert (await (await sign_in(cast.ANNA)).see("/stalled")).status == 403
    assert (await (await sign_in(cast.CLARA)).see("/stalled")).status == 403
    for person in (cast.KATJA, cast.OLGA):
        for path in ("/stalled", "/inbox", "/cases"):
            assert (await (await sign_in(person)).see(path)).status == 403, path
    assert (await (await sign_in(cast.STEFAN)).see("/inbox")).status == 403
    assert (await (await sign_in(cast.CLARA)).see("/cases")).status == 403
    assert (await (await sign_in(cast.SABINE)).see("/cases")).status == 403
