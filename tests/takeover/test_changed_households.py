"""A household that changed before its case was taken over is the one that it had become."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from service.cases.tables import notes, persons, steps
from service.entitlements.tables import entitlements
from service.ledger.tables import workflow_states
from service.takeover.errors import IllegalHistory
from tests.takeover.stories import HAPPY_LIFE, MONDAY, bring, member, rows, story
from tests.world import World

REFERRED, *_ = HAPPY_LIFE
JOINED = {"action": "add-member", "day": 1, "actor": "anna", "person": dict(member("Nour"))}
LEFT = {
    "action": "remove-member",
    "day": 2,
    "actor": "anna",
    "member": 0,
    "reason": "own-household",
    "note": "In Soest.",
}


async def test_who_joined_and_who_left_stand_there_as_they_would_have(world: World) -> None:
    await bring(world, story(JOINED, LEFT))

    first, second, third = await rows(world, persons, "position")
    days = (MONDAY + timedelta(days=1)).date(), (MONDAY + timedelta(days=2)).date()
    assert [one["given_name"] for one in (first, second, third)] == ["Mariam", "Idris", "Nour"]
    assert (first["left_on"], first["left_reason"]) == (days[1], "own-household")
    assert (third["position"], third["joined_on"]) == (2, days[0])
    assert [one["names_case"] for one in (first, second, third)] == [False, True, False]
    [state] = [row["state"] for row in await rows(world, workflow_states)]
    assert (state["joined"], state["gone"]) == ([str(third["id"])], [str(first["id"])])
    assert {step["status"] for step in await rows(world, steps)} == {"waived"}
    assert [note["body"] for note in await rows(world, notes)] == ["In Soest."]


async def test_whoever_joined_can_have_left_again(world: World) -> None:
    await bring(world, story(JOINED, LEFT | {"member": 2}))
    assert [one["left_on"] is None for one in await rows(world, persons, "position")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("acts", "why"),
    [
        ([REFERRED, LEFT], "agencies had requests for this person alone"),
        ([LEFT, LEFT | {"day": 3}], "did not belong to the household at that time"),
        ([LEFT | {"member": 2}], "did not belong to the household at that time"),
        ([LEFT | {"left_on": date(2099, 1, 1)}], "did not belong to the household at that time"),
        ([LEFT | {"left_on": date(1980, 1, 1)}], "did not belong to the household at that time"),
        ([LEFT, LEFT | {"member": 1, "day": 3}], "nobody would have been left in the household"),
    ],
)
async def test_what_cannot_have_happened_is_refused(
    world: World, acts: list[dict[str, object]], why: str
) -> None:
    with pytest.raises(IllegalHistory, match=why):
        await bring(world, story(*acts))
    assert await rows(world, persons) == []


@pytest.mark.parametrize("joined_on", [date(1990, 5, 3), date(2026, 3, 4)])
def test_nobody_has_joined_before_birth_or_later_than_it_was_noted(joined_on: date) -> None:
    with pytest.raises(ValidationError, match="nobody joins before birth"):
        story(JOINED | {"joined_on": joined_on})


async def test_whoever_joined_can_hold_an_entitlement(world: World) -> None:
    noted = {"action": "record-entitlement", "day": 2, "actor": "anna", "kind": "passport"}
    noted |= {"member": 2, "starts_on": MONDAY.date()}
    await bring(world, story(JOINED, noted))
    [held] = await rows(world, entitlements)
    *_, joined = await rows(world, persons, "position")
    assert held["member_id"] == joined["id"]
    with pytest.raises(ValidationError, match="not in the household"):
        story(JOINED, noted | {"member": 3})
