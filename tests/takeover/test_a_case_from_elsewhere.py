"""What stands in the tables after a running case was taken over."""

import asyncio
from datetime import timedelta

from service.cases.tables import cases, notes, persons, steps
from service.cases.tables import consents as consents_table
from service.gaps.tables import gaps
from service.ledger.tables import events, workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import access, clock_spans, referrals
from tests import cast
from tests.takeover.stories import (
    HAPPY_LIFE,
    MONDAY,
    MUCH_LATER,
    bring,
    consent,
    count,
    rows,
    story,
)
from tests.world import World

AFTER_THE_EFFECT = timedelta(days=13, hours=20)
"""When the office is reminded to say whether it has happened: a working day before the end."""

OBJECTIONS_END = timedelta(days=15, hours=13, minutes=59, seconds=59)
"""Five working days after the effect, at the end of the day in Berlin."""


def referred(day: int = 0, **changes: object) -> dict[str, object]:
    return HAPPY_LIFE[0] | {"day": day} | changes


async def test_its_events_carry_the_instants_and_people_of_then(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))

    [referral] = await rows(world, referrals)
    found = [row for row in await rows(world, events, "seq") if row["referral_id"]]
    assert [(row["action"], row["at"] - MONDAY) for row in found] == [
        ("request", timedelta(0)),
        ("receive", timedelta(days=1)),
        ("claim", timedelta(days=1)),
        ("accept", timedelta(days=2)),
        ("arrive", timedelta(days=3)),
        ("progress", timedelta(days=4)),
        ("complete", timedelta(days=8)),
        ("remind", AFTER_THE_EFFECT),
        ("lapse", OBJECTIONS_END),
    ]
    assert [row["seq"] for row in found] == list(range(1, 10))
    assert found[5]["actor_id"] == cast.KARIM.user_id
    assert referral["status"] == "completed"
    assert referral["closed_at"] == MONDAY + OBJECTIONS_END


async def test_its_referrals_age_is_cut_into_spans_without_a_hole(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))

    spans = await rows(world, clock_spans, "seq")
    assert [(span["party"], span["status"], span["until"] - span["since"]) for span in spans] == [
        ("receiver", "received", timedelta(days=2)),
        ("receiver", "accepted", timedelta(days=1)),
        ("receiver", "in-progress", timedelta(days=5)),
        ("client", "completed", OBJECTIONS_END - timedelta(days=8)),
    ]
    assert sum((span["until"] - span["since"] for span in spans), timedelta()) == OBJECTIONS_END


async def test_each_step_has_the_responsible_agency_of_its_status(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))

    found = {row["key"]: row for row in await rows(world, steps)}
    assert (found["job-centre"]["status"], found["job-centre"]["responsible_id"]) == ("done", None)
    assert found["residence"]["status"] == "due"
    assert found["residence"]["responsible_id"] == cast.OFFICE_A
    assert found["residence"]["clock_since"] == MONDAY + timedelta(days=8)
    assert found["school"]["responsible_id"] == cast.OFFICE_A


async def test_the_receiver_is_responsible_once_the_client_has_arrived(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE[:5]), now=MONDAY + timedelta(days=4))

    [step] = [row for row in await rows(world, steps) if row["key"] == "job-centre"]
    assert (step["status"], step["responsible_id"]) == ("in-progress", cast.RECEIVER)


async def test_everything_is_marked_as_taken_over(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))

    assert {row["source"] for row in await rows(world, events)} == {"import"}


async def test_reminder_and_gap_stand_where_the_clock_put_them_and_nobody_is_written_to(
    world: World,
) -> None:
    await bring(world, story(referred()))

    found = [row for row in await rows(world, events, "seq") if row["referral_id"]]
    acts = ["request", "remind", "overdue", "escalate", "escalate"]
    assert [row["action"] for row in found] == acts
    [gap] = [row for row in await rows(world, gaps) if row["referral_id"]]
    assert gap["level"] == "everyone"
    [referral] = await rows(world, referrals)
    assert gap["opened_at"] == referral["clock_due_at"]
    assert (gap["kind"], gap["party"], gap["closed_at"]) == ("unanswered", "receiver", None)
    assert await count(world, notifications) == 0


async def test_a_late_answer_closes_the_gap(world: World) -> None:
    accepted = {"action": "accept", "day": 15, "actor": "clara"}
    await bring(world, story(referred(), accepted), now=MONDAY + timedelta(days=16))

    [gap] = [row for row in await rows(world, gaps) if row["referral_id"]]
    assert gap["closed_at"] == MONDAY + timedelta(days=15)


async def test_a_step_that_was_sent_on_late_had_a_gap_until_then(world: World) -> None:
    late = MONDAY + timedelta(days=10)
    await bring(world, story(referred(day=10)), now=late + timedelta(hours=1))

    found = {row["step"]: row for row in await rows(world, gaps)}
    sent_on, forgotten = found["job-centre"], found["school"]
    assert (sent_on["kind"], sent_on["referral_id"]) == ("unrouted", None)
    assert sent_on["opened_at"] < late == sent_on["closed_at"]
    assert (forgotten["kind"], forgotten["closed_at"]) == ("unrouted", None)


async def test_a_moment_that_is_yet_to_come_has_not_passed(world: World) -> None:
    await bring(world, story(referred()), now=MONDAY + timedelta(days=1))

    found = [row for row in await rows(world, events, "seq") if row["referral_id"]]
    assert [row["action"] for row in found] == ["request"]


async def test_a_rejected_step_that_went_out_again_keeps_its_first_day(world: World) -> None:
    rejected = {"action": "reject", "day": 2, "actor": "clara", "reason": "documents-missing"}
    await bring(world, story(referred(), rejected, referred(3)), now=MONDAY + timedelta(days=4))

    first, second = await rows(world, referrals, "opened_at")
    assert (first["status"], first["closed_at"]) == ("rejected", MONDAY + timedelta(days=3))
    assert second["predecessor_id"] == first["id"]
    assert second["referred_at"] == MONDAY
    assert second["opened_at"] == MONDAY + timedelta(days=3)
    spans = await rows(world, clock_spans, "seq")
    assert [span["party"] for span in spans] == ["receiver", "sender"]


async def test_a_request_that_was_taken_back_leaves_its_step_due(world: World) -> None:
    cancelled = {"action": "cancel", "day": 1, "actor": "anna"}
    await bring(world, story(referred(), cancelled), now=MONDAY + timedelta(days=2))

    [step] = [row for row in await rows(world, steps) if row["key"] == "job-centre"]
    assert (step["status"], step["responsible_id"]) == ("due", cast.OFFICE_A)
    assert step["clock_since"] == MONDAY + timedelta(days=1)


async def test_a_step_that_was_left_out_lets_the_next_one_begin(world: World) -> None:
    waived = {"action": "waive", "day": 1, "actor": "anna", "reason": "no-longer-needed"}
    await bring(world, story(waived))

    found = {row["key"]: row["status"] for row in await rows(world, steps)}
    assert found == {"job-centre": "waived", "residence": "due", "school": "due"}


async def test_waiving_what_came_back_ends_its_referral(world: World) -> None:
    rejected = {"action": "reject", "day": 2, "actor": "clara", "reason": "no-capacity"}
    waived = {"action": "waive", "day": 3, "actor": "anna", "reason": "client-declined"}
    await bring(world, story(referred(), rejected, waived))

    [referral] = await rows(world, referrals)
    assert referral["closed_at"] == MONDAY + timedelta(days=3)


async def test_an_answer_by_telephone_names_channel_and_day_and_who_was_spoken_to(
    world: World,
) -> None:
    call = {"channel": "telephone", "on": "2026-03-03", "spoken_to": "Frau Wächter"}
    asked = referred(step="school", agency="silent-agency")
    answer = {"action": "accept", "day": 1, "actor": "anna", "step": "school", "source": call}
    await bring(world, story(asked, answer))

    [note] = await rows(world, notes)
    [event] = [row for row in await rows(world, events) if row["action"] == "accept"]
    assert (note["spoken_to"], note["author_id"]) == ("Frau Wächter", cast.ANNA.user_id)
    assert event["note_id"] == note["id"]
    assert event["details"]["source"] == {"channel": "telephone", "on": "2026-03-03"}


async def test_household_notes_and_application_are_kept(world: World) -> None:
    application = {"benefit": "basic-income", "office": "receiver", "filed_on": "2026-03-01"}
    await bring(world, story(referred(application=application, note="Bitte nachmittags anrufen.")))

    assert [row["given_name"] for row in await rows(world, persons, "position")] == [
        "Mariam",
        "Idris",
    ]
    [note] = await rows(world, notes)
    [referral] = await rows(world, referrals)
    assert (note["body"], note["created_at"]) == ("Bitte nachmittags anrufen.", MONDAY)
    assert referral["note_id"] == note["id"]
    assert referral["application_office_id"] == cast.RECEIVER


async def test_a_consent_is_kept_and_named_as_the_basis(world: World) -> None:
    await bring(world, story(referred(statute=None, consent=0), consents=[consent()]))

    [given] = await rows(world, consents_table)
    [referral] = await rows(world, referrals)
    assert (referral["basis_consent_id"], referral["basis_statute"]) == (given["id"], None)


async def test_the_office_sees_the_case_and_both_agencies_see_the_referral(world: World) -> None:
    case_id = await bring(world, story(referred()))

    [referral] = await rows(world, referrals)
    seen = {
        (row["agency_id"], row["case_id"] or row["referral_id"])
        for row in await rows(world, access)
    }
    assert seen == {
        (cast.OFFICE_A, case_id),
        (cast.OFFICE_A, referral["id"]),
        (cast.RECEIVER, referral["id"]),
    }


async def test_the_same_case_again_changes_nothing(world: World) -> None:
    first = await bring(world, story(*HAPPY_LIFE))
    before = await rows(world, events, "workflow_id", "seq")

    second = await bring(world, story(*HAPPY_LIFE[:2]), now=MUCH_LATER + timedelta(days=1))

    assert second == first
    assert await rows(world, events, "workflow_id", "seq") == before


async def test_the_same_case_twice_at_once_is_taken_over_once(world: World) -> None:
    case = story(*HAPPY_LIFE)

    first, second = await asyncio.gather(bring(world, case), bring(world, case))

    assert first == second
    assert await count(world, cases) == 1


async def test_the_same_number_from_another_system_is_another_case(world: World) -> None:
    first = await bring(world, story(referred()))

    assert await bring(world, story(referred(), source="another-system")) != first


async def test_workflows_that_have_ended_stay_ended(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))

    states = {row["kind"]: row["is_open"] for row in await rows(world, workflow_states)}
    assert states == {"case": True, "referral": False}
