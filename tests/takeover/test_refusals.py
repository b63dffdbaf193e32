"""A past that cannot have happened is refused whole, with a sentence about the act."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from service.all_tables import metadata
from service.takeover.errors import DoneOutOfOrder, IllegalHistory, UnknownName
from service.takeover.models import StartedPath
from tests.takeover.stories import HAPPY_LIFE, MONDAY, SGB_X, bring, consent, count, story
from tests.world import World

REFERRED, RECEIVED, CLAIMED, ACCEPTED, _, _, COMPLETED = HAPPY_LIFE
BY_CONSENT = {key: value for key, value in REFERRED.items() if key != "statute"} | {"consent": 0}

HELD = {"action": "hold", "day": 3, "actor": "clara", "reason": "decision-pending"}
REDIRECTED = {"action": "redirect", "day": 1, "actor": "clara", "agency": "other-agency"}
OFFERED = {"action": "transfer", "day": 1, "actor": "anna", "office": "office-b", "statute": SGB_X}

ILLEGAL = {
    "a step that is not due": (
        [REFERRED | {"step": "residence", "agency": "other-agency"}],
        1,
        "the step was 'waiting' at that time, not due",
    ),
    "a step that was sent already": (
        [REFERRED, REFERRED | {"day": 1}],
        2,
        "the step was 'referred' at that time, not due",
    ),
    "a step that the path does not have": (
        [REFERRED | {"step": "nowhere"}],
        1,
        "its path has no such step",
    ),
    "a move of a step that the path does not have": (
        [ACCEPTED | {"step": "nowhere"}],
        1,
        "its path has no such step",
    ),
    "an answer to nothing": ([ACCEPTED], 1, "it does not fit the status 'due'"),
    "an effect before the arrival": (
        [REFERRED, ACCEPTED, COMPLETED],
        3,
        "it does not fit the status 'accepted'",
    ),
    "an answer of the wrong agency": (
        [REFERRED, ACCEPTED | {"actor": "dieter"}],
        2,
        "it is not up to this person",
    ),
    "a referral by another office": (
        [REFERRED | {"actor": "ben"}],
        1,
        "it is not up to this person",
    ),
    "an agency of another legal area": (
        [REFERRED | {"agency": "other-agency"}],
        1,
        "the agency does not serve this legal area in this municipality",
    ),
    "a statute that the step does not name": (
        [REFERRED | {"statute": "§ 1 BGB"}],
        1,
        "neither a consent nor a statute that it names covers the transfer",
    ),
    "a rejection without a reason": (
        [REFERRED, {"action": "reject", "day": 1, "actor": "clara"}],
        2,
        "it needs one of the reasons for such an act",
    ),
    "an answer for a silent agency from nowhere": (
        [
            REFERRED | {"step": "school", "agency": "silent-agency"},
            ACCEPTED | {"step": "school", "actor": "anna"},
        ],
        2,
        "the agency is not on board, so it must say how the answer came",
    ),
    "a request that a colleague had taken on": (
        [REFERRED, CLAIMED, CLAIMED | {"actor": "karim"}],
        3,
        "a colleague had taken the request on",
    ),
    "a question without words": (
        [REFERRED, {"action": "ask", "day": 1, "actor": "clara"}],
        2,
        "it needs a note, since it says something",
    ),
    "a hold for nobody": (
        [REFERRED, ACCEPTED, HELD | {"until": "2026-03-10"}],
        3,
        "it must say whom it waits for: sender, client or third-party",
    ),
    "a hold that was over before it began": (
        [REFERRED, ACCEPTED, HELD | {"party": "client", "until": "2026-03-04"}],
        3,
        "it needs a day that lies ahead of it, by 2026-06-05 at the latest",
    ),
    "a deadline that was moved for no reason": (
        [REFERRED, {"action": "move-deadline", "day": 1, "actor": "anna", "until": "2026-03-20"}],
        2,
        "it needs one of the reasons for such an act",
    ),
    "an appointment without a day": (
        [REFERRED, ACCEPTED, {"action": "appoint", "day": 3, "actor": "clara"}],
        3,
        "it needs an appointment that lies ahead of it, by a year at most",
    ),
    "an appointment that was missed before it came": (
        [
            REFERRED,
            ACCEPTED,
            {
                "action": "appoint",
                "day": 3,
                "actor": "clara",
                "appointment": {"at": MONDAY + timedelta(days=9)},
            },
            {"action": "no-show", "day": 4, "actor": "clara"},
        ],
        4,
        "the appointment was still to come",
    ),
    "an agency that passes it on to itself": (
        [REFERRED, {"action": "redirect", "day": 1, "actor": "clara", "agency": "receiver"}],
        2,
        "it must name an agency that is neither asking nor asked",
    ),
    "a colleague of another house": (
        [REFERRED, {"action": "assign", "day": 1, "actor": "sabine", "assignee": "dieter"}],
        2,
        "it needs a colleague of that agency who takes the request on",
    ),
    "a case conference without a result": (
        [
            REFERRED,
            REDIRECTED,
            REFERRED | {"day": 2},
            REDIRECTED | {"day": 3},
            {"action": "confer", "day": 4, "actor": "anna", "note": "Offen."},
        ],
        5,
        "it ends with either an agency or a next legal step",
    ),
    "an offer to an agency that is no office": (
        [OFFERED | {"office": "receiver"}],
        1,
        "the agency does not serve this legal area in this municipality",
    ),
    "an offer on a statute that does not permit it": (
        [OFFERED | {"statute": "§ 1 BGB"}],
        1,
        "neither a consent nor a statute that it names covers the transfer",
    ),
    "a case that was opened again and had not been closed": (
        [{"action": "reopen", "day": 1, "actor": "anna"}],
        1,
        "it does not fit the status 'open'",
    ),
    "acts out of order": (
        [REFERRED | {"day": 2}, RECEIVED],
        2,
        "it lies before what comes before it in the list",
    ),
    "an act before the case was opened": (
        [REFERRED | {"day": -1}],
        1,
        "it lies before what comes before it in the list",
    ),
    "an act in the future": ([REFERRED | {"day": 90}], 1, "it lies in the future"),
}


@pytest.mark.parametrize(("acts", "number", "why"), ILLEGAL.values(), ids=ILLEGAL)
async def test_an_illegal_past_is_refused_whole(
    world: World, acts: list[dict[str, Any]], number: int, why: str
) -> None:
    before = await everything(world)

    with pytest.raises(IllegalHistory) as refusal:
        await bring(world, story(*acts))

    assert refusal.value.number == number
    assert str(refusal.value).endswith(f"like this: {why}. Correct it and try again.")
    assert await everything(world) == before


BAD_CONSENTS = {
    "it does not cover a field": consent(fields=["name"]),
    "it was for another agency": consent(agency="other-agency"),
    "it was for another legal area": consent(agency=None, legal_area="residence"),
    "it was over": consent(given_at="2026-01-01", valid_until="2026-03-01"),
    "it was given later": consent(given_at="2026-03-04"),
    "it was another member's": consent(member=1),
}


@pytest.mark.parametrize("given", BAD_CONSENTS.values(), ids=BAD_CONSENTS)
async def test_a_consent_that_does_not_cover_the_transfer_is_no_basis(
    world: World, given: object
) -> None:
    with pytest.raises(IllegalHistory, match="covers the transfer"):
        await bring(world, story(BY_CONSENT, consents=[given]))


async def test_the_sentence_names_act_person_step_and_time_in_berlin(world: World) -> None:
    with pytest.raises(IllegalHistory) as refusal:
        await bring(world, story(ACCEPTED))

    assert str(refusal.value) == (
        "Act 1 ('accept' by clara for step 'job-centre' on 2026-03-04 10:00) cannot have happened "
        "like this: it does not fit the status 'due'. Correct it and try again."
    )


UNKNOWN = {
    "municipality with the key '05774099'": {"municipality": "05774099"},
    "agency with the key 'nowhere'": {"office": "nowhere"},
    "user 'nobody'": {"case_manager": "nobody"},
    "published pathway 'nowhere'": {"paths": [StartedPath(pathway="nowhere")]},
    "published pathway 'benefit-change, version 9'": {
        "paths": [StartedPath(pathway="benefit-change", version=9)]
    },
}


@pytest.mark.parametrize(("what", "change"), UNKNOWN.items(), ids=UNKNOWN)
async def test_unknown_names_are_refused_by_name(
    world: World, what: str, change: dict[str, object]
) -> None:
    with pytest.raises(UnknownName) as refusal:
        await bring(world, story(**change))

    assert str(refusal.value).startswith(f"There is no {what} here")


async def test_a_step_is_not_done_before_what_it_comes_after(world: World) -> None:
    path = StartedPath(pathway="benefit-change", member=0, done=("residence",))

    with pytest.raises(DoneOutOfOrder, match="Step 'residence' cannot be done before"):
        await bring(world, story(paths=[path]))


async def test_a_step_that_the_path_does_not_have_is_not_done(world: World) -> None:
    path = StartedPath(pathway="benefit-change", member=0, done=("nowhere",))

    with pytest.raises(UnknownName, match="step of this pathway with the key 'nowhere'"):
        await bring(world, story(paths=[path]))


async def test_records_do_not_make_an_illegal_past_legal(world: World) -> None:
    noted = ACCEPTED | {"actor": "anna", "from_records": True}

    with pytest.raises(IllegalHistory, match="it does not fit the status"):
        await bring(world, story(REFERRED, noted, noted | {"day": 3}))
    with pytest.raises(IllegalHistory, match="it is not up to this person"):
        await bring(world, story(REFERRED, noted | {"actor": "ben"}))


async def test_a_refused_case_can_be_brought_again_corrected(world: World) -> None:
    with pytest.raises(IllegalHistory):
        await bring(world, story(ACCEPTED))

    await bring(world, story(REFERRED, ACCEPTED))

    assert await count(world, metadata.tables["cases"]) == 1


PAST = {"at": MONDAY, "step": "job-centre", "actor": "anna"}

MALFORMED: dict[str, dict[str, object]] = {
    "a path or a consent names a member": {"paths": [{"pathway": "benefit-change", "member": 2}]},
    "names a member who is not in the household": {"consents": [consent(member=2)]},
    "an act names a consent that the case does not have": {
        "acts": [PAST | {"action": "refer", "agency": "receiver", "consent": 0}]
    },
    "a transfer of data rests on either a consent or a statute": {
        "acts": [PAST | {"action": "refer", "agency": "receiver"}]
    },
    "an act names a member who is not": {
        "acts": [
            {key: PAST[key] for key in ("at", "actor")}
            | {"action": "record-entitlement", "kind": "passport", "starts_on": "2026-01-01"}
            | {"member": 2}
        ]
    },
    "an act names a path that the case does not have": {
        "acts": [PAST | {"action": "receive", "path": 1}]
    },
    "Input should have timezone info": {"opened_at": datetime(2026, 3, 2, 9, 0)},  # noqa: DTZ001
    "Input tag 'dance' found using 'action' does not match": {"acts": [PAST | {"action": "dance"}]},
    "at least 1 item": {"household": []},
}


@pytest.mark.parametrize(("why", "change"), MALFORMED.items(), ids=MALFORMED)
def test_a_malformed_case_does_not_come_in(why: str, change: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=why):
        story(**change)


async def everything(world: World) -> dict[str, int]:
    """The number of rows in every table."""
    return {table.name: await count(world, table) for table in metadata.sorted_tables}
