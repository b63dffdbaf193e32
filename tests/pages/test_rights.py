"""Who may see and do what: outsiders find nothing, and everybody only what is theirs."""

from uuid import UUID

import pytest
from sqlalchemy import select

from service.cases.tables import paths
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World
from workflows.domain.principal import Principal

OUTSIDERS = (cast.BEN, cast.DIETER, cast.KATJA, cast.OLGA)


async def _pages(world: World) -> tuple[UUID, UUID, list[str], list[str]]:
    """Return a case, its referral, every page of theirs and every address of an act."""
    case = await world.open_case()
    referral = await world.refer(case)
    async with world.container.database.transaction() as connection:
        path = await connection.scalar(select(paths.c.id))
    new = f"/cases/{case}/referrals/new?path={path}&step=school"
    seen = [f"/cases/{case}", f"/referrals/{referral}", new, f"/cases/{case}/consents/new"]
    acts = [
        *(f"/cases/{case}/{act}" for act in ("assign", "close", f"paths/{path}/school/waive")),
        f"/cases/{case}/consents/new",
        new,
        *(f"/referrals/{referral}/{act}" for act in ("accept", "reject", "nudge", "record")),
    ]
    return case, referral, seen, acts


@pytest.mark.parametrize("outsider", OUTSIDERS, ids=lambda person: str(person.role))
async def test_an_outsider_finds_nothing(
    working: World, sign_in: SignIn, outsider: Principal
) -> None:
    _case, _referral, seen, acts = await _pages(working)
    browser = await sign_in(outsider)
    for path in seen:
        assert (await browser.see(path)).status == 404, path
    form = (await browser.see("/my-day")).form("/sign-out")
    for path in acts:
        form.action = path
        answer = await browser.send(
            form,
            idempotency_key="one",
            **{"close-outcome": "other", "reject-reason": "duplicate", "record-action": "accept"},
        )
        assert answer.status == 404, path


async def test_the_receiver_sees_the_request_but_not_the_case(
    working: World, sign_in: SignIn
) -> None:
    case, referral, _seen, _acts = await _pages(working)
    browser = await sign_in(cast.CLARA)
    assert (await browser.see(f"/referrals/{referral}")).status == 200
    assert (await browser.see(f"/cases/{case}")).status == 404


async def test_a_clerk_cannot_do_what_is_the_senders(working: World, sign_in: SignIn) -> None:
    _case, referral, _seen, _acts = await _pages(working)
    browser = await sign_in(cast.CLARA)
    form = (await browser.see(f"/referrals/{referral}")).form("/accept")
    form.action = f"/referrals/{referral}/cancel"
    refused = await browser.send(form)
    assert refused.status == 403
    assert "Das liegt bei jemand anderem" in refused


@pytest.mark.parametrize(
    ("person", "entries"),
    [
        (cast.ANNA, {"Mein Tag", "Fälle", "Neuer Fall"}),
        (cast.STEFAN, {"Mein Tag", "Fälle", "Stockt"}),
        (cast.CLARA, {"Mein Tag", "Eingang"}),
        (cast.SABINE, {"Mein Tag", "Eingang", "Stockt"}),
        (cast.KATJA, {"Mein Tag"}),
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
    known = {"Mein Tag", "Fälle", "Eingang", "Stockt", "Neuer Fall"}
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
