"""Twice not competent: everybody who was asked is called to a case conference."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from service.agencies.tables import agencies, agency_municipalities
from service.bootstrap import Container
from service.database import Database
from service.notifications.outbox import PostgresOutbox
from service.notifications.tables import notifications
from service.referrals.tables import access
from tests import cast
from tests.api.programs import Program, problem
from tests.api.surroundings import NEXT_DOOR, TELEPHONE_ONLY
from tests.world import STATUTE
from workflows.domain.undoing import UNDO_WINDOW

CALL = {"channel": "telephone", "on": "2026-01-05", "spoken_to": "Frau Muster"}
BASIS = {"statute": STATUTE}


@pytest.fixture
async def first(anna: Program, clara: Program) -> str:
    """Clara's agency is not competent."""
    request_id = await anna.refer(await anna.open_case())
    await clara.act(request_id, "redirect", agency=TELEPHONE_ONLY)
    return request_id


@pytest.fixture
async def second(anna: Program, first: str) -> str:
    """Neither is the one that it had named."""
    again = await anna.act(first, "refer-again", agency=TELEPHONE_ONLY, basis=BASIS)
    request_id = str(again["id"])
    await anna.act(request_id, "redirect", agency="receiver", source=CALL)
    return request_id


async def test_the_first_bounce_calls_nobody(anna: Program, first: str) -> None:
    found = await anna.read(f"/referrals/{first}")
    assert found["conference"] is None
    assert "confer" not in found["allowed_actions"]


async def test_everybody_in_the_chain_sees_the_chain_and_the_conference(
    anna: Program, clara: Program, first: str, second: str
) -> None:
    ours = await anna.read(f"/referrals/{second}")
    theirs = await clara.read(f"/referrals/{first}")

    assert ours["chain"] == theirs["chain"]
    assert [
        (link["id"], link["agency"]["key"], link["status"], link["competent_agency"]["key"])
        for link in ours["chain"]
    ] == [
        (first, "receiver", "rejected", TELEPHONE_ONLY),
        (second, TELEPHONE_ONLY, "rejected", "receiver"),
    ]
    assert ours["conference"] == theirs["conference"]
    assert ours["conference"]["closed_at"] is None
    assert "confer" in ours["allowed_actions"]
    assert "confer" not in theirs["allowed_actions"]


async def test_an_agreement_is_seen_by_all_and_leads_to_the_agency(
    anna: Program, clara: Program, first: str, second: str
) -> None:
    said = "They take it on from Monday."
    ended = await anna.act(second, "confer", agency=NEXT_DOOR, note=said)
    assert ended["conference"]["agreed"]["key"] == NEXT_DOOR
    assert ended["competent_agency"]["key"] == NEXT_DOOR
    assert (await clara.read(f"/referrals/{first}"))["conference"] == ended["conference"]
    assert ended["conference"]["said"] == said

    third = await anna.act(second, "refer-again", agency=NEXT_DOOR, basis=BASIS)
    assert third["referred_at"] == ended["referred_at"]
    assert len(third["chain"]) == 3


async def test_whom_they_agreed_on_can_be_asked_wherever_it_lies(
    owner: Database, anna: Program, second: str
) -> None:
    async with owner.transaction() as connection:
        next_door = select(agencies.c.id).where(agencies.c.key == NEXT_DOOR)
        await connection.execute(
            delete(agency_municipalities).where(agency_municipalities.c.agency_id.in_(next_door))
        )
    again = {"agency": NEXT_DOOR, "basis": BASIS}
    refused = await anna.send_act(f"/referrals/{second}/refer-again", again)
    problem(refused, 422, "agency-unfit")

    await anna.act(second, "confer", agency=NEXT_DOOR, note="They will.")

    third = await anna.act(second, "refer-again", **again)
    assert third["to_agency"]["key"] == NEXT_DOOR


async def test_without_an_agreement_the_next_legal_step_stands_there(
    anna: Program, second: str
) -> None:
    ended = await anna.act(second, "confer", next_step="advance-benefits", note="Nobody moved.")
    assert ended["conference"]["next_step"] == "advance-benefits"
    assert ended["conference"]["agreed"] is None
    assert (ended["status"], ended["clock"]["party"]) == ("rejected", "sender")


@pytest.mark.parametrize(
    "body", [{"note": "x"}, {"note": "x", "agency": NEXT_DOOR, "next_step": "objection"}]
)
async def test_a_result_is_one_of_both(anna: Program, second: str, body: dict[str, str]) -> None:
    refused = await anna.send_act(f"/referrals/{second}/confer", body)
    problem(refused, 422, "conference-result-missing")


async def test_a_result_without_a_word_of_what_was_said_is_refused(
    anna: Program, second: str
) -> None:
    refused = await anna.send_act(f"/referrals/{second}/confer", {"agency": NEXT_DOOR})
    problem(refused, 422, "note-missing")


async def test_supervisors_hear_of_it_by_the_request_that_their_house_knows(
    container: Container, anna: Program, first: str, second: str
) -> None:
    assert await _told(container, "conference") == {
        (cast.STEFAN.user_id, UUID(second)),
        (cast.SABINE.user_id, UUID(first)),
    }
    await anna.act(second, "confer", agency=NEXT_DOOR, note="Agreed.")
    outbox, now = PostgresOutbox(container.database), container.clock.now()
    while letter := await outbox.next_letter(now + UNDO_WINDOW):
        assert "conference" not in {matter.about for matter in letter.matters}


async def test_an_agency_that_was_asked_twice_takes_part_once(
    container: Container, anna: Program, clara: Program, first: str
) -> None:
    again = await anna.act(first, "refer-again", agency="receiver", basis=BASIS)
    await clara.act(str(again["id"]), "redirect", agency=NEXT_DOOR)
    assert await _told(container, "conference") == {
        (cast.STEFAN.user_id, UUID(str(again["id"]))),
        (cast.SABINE.user_id, UUID(str(again["id"]))),
    }


async def test_before_it_has_ended_it_is_mailed(
    container: Container,
    second: str,  # noqa: ARG001 - it has opened it
) -> None:
    outbox, later = PostgresOutbox(container.database), container.clock.now() + UNDO_WINDOW
    mailed = set()
    while letter := await outbox.next_letter(later):
        mailed |= {(matter.about, letter.to_address) for matter in letter.matters}
    assert mailed == {
        ("conference", "stefan@example.org"),
        ("conference", "sabine@example.org"),
    }


async def test_who_had_refused_sees_it_until_a_week_after_its_end(
    container: Container, anna: Program, clara: Program, first: str, second: str
) -> None:
    assert await _sees_until(container, first) is None
    ended = await anna.act(second, "confer", agency=NEXT_DOOR, note="Agreed.")
    until = await _sees_until(container, first)
    assert until is not None
    assert ended["conference"]["closed_at"][:10] == str((until - timedelta(days=7)).date())
    async with container.database.transaction() as connection:
        past = container.clock.now() - timedelta(seconds=1)
        await connection.execute(update(access).values(until_at=past))
    assert (await clara.get(f"/referrals/{first}")).status_code == 404


async def test_a_bounce_that_is_taken_back_ends_it_at_once(
    container: Container, anna: Program, clara: Program, first: str, second: str
) -> None:
    await anna.act(second, "undo")
    assert (await anna.read(f"/referrals/{second}"))["conference"]["closed_at"]
    assert await _sees_until(container, first) is not None
    assert (await clara.read(f"/referrals/{first}"))["status"] == "rejected"


async def _told(container: Container, kind: str) -> set[tuple[object, object]]:
    async with container.database.transaction() as connection:
        rows = await connection.execute(
            select(notifications.c.to_user_id, notifications.c.referral_id).where(
                notifications.c.kind == kind
            )
        )
        return {(row.to_user_id, row.referral_id) for row in rows}


async def _sees_until(container: Container, referral_id: str) -> datetime | None:
    async with container.database.transaction() as connection:
        until: datetime | None = await connection.scalar(
            select(access.c.until_at).where(
                access.c.referral_id == UUID(referral_id), access.c.side == "receiver"
            )
        )
        return until
