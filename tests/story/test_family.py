"""Father M.'s family, three times: undisturbed, with kill -9, and with the engine's data gone."""

from collections import Counter
from pathlib import Path

import httpx
from playwright.async_api import Browser

from tests.story.family import TYPED, Interruptions, Story
from tests.story.nahtlos import RunningNahtlos
from tests.story.traces import histories_of

STEPS_IN_THE_END = {
    "permission": "done",
    "job-search": "done",
    "start": "due",
    "school-advice": "referred",
    "health-check": "due",
}
ACTS_IN_THE_END = {
    "permission": ["request", "accept", "arrive", "progress", "complete"],
    "job-search": ["request", "remind", "overdue", "nudge", "accept", "arrive", "complete"],
    "school-advice": ["request"],
}


async def test_the_family_reaches_work_and_nobody_is_lost_on_the_way(
    nahtlos: RunningNahtlos, chromium: Browser
) -> None:
    story = Story(chromium, nahtlos)

    await story.tell()

    _assert_the_end(nahtlos, story)
    _assert_only_those_whose_turn_it_was_got_mail(nahtlos)
    await _assert_names_stayed_in_the_database(nahtlos, story)


async def test_the_same_end_when_every_process_is_killed_once(
    nahtlos: RunningNahtlos, chromium: Browser
) -> None:
    async def kill_worker() -> None:
        nahtlos.kill("worker")

    async def kill_postgresql_and_web() -> None:
        nahtlos.kill("postgresql")
        nahtlos.kill("web")

    async def kill_temporal() -> None:
        nahtlos.kill("temporal")

    interruptions: Interruptions = {
        "after the first referral": kill_worker,
        "while the job centre is silent": kill_postgresql_and_web,
        "before the job centre answers": kill_temporal,
    }
    story = Story(chromium, nahtlos, interruptions)

    await story.tell()

    _assert_the_end(nahtlos, story)


async def test_the_same_end_when_the_engines_data_are_deleted(
    nahtlos: RunningNahtlos, chromium: Browser
) -> None:
    async def lose_the_engine() -> None:
        nahtlos.stop()
        for file in nahtlos.data.glob("temporal.db*"):
            file.unlink()
        nahtlos.start()
        nahtlos.command("engine", "rebuild")

    story = Story(chromium, nahtlos, {"before the job centre answers": lose_the_engine})

    await story.tell()

    _assert_the_end(nahtlos, story)


def _assert_the_end(nahtlos: RunningNahtlos, story: Story) -> None:
    """Every step where it belongs; every act once, in order."""
    token = nahtlos.command("token", "create", "--user", "anna").strip()
    with httpx.Client(
        base_url=f"{nahtlos.address}/api/v1", headers={"Authorization": f"Bearer {token}"}
    ) as api:
        case = api.get(f"/cases/{story.case_id}").json()
        steps = {step["key"]: step["status"] for path in case["paths"] for step in path["steps"]}
        assert STEPS_IN_THE_END.items() <= steps.items()
        for key, acts in ACTS_IN_THE_END.items():
            referral = api.get(f"/referrals/{story.referrals[key]}").json()
            done = [event["action"] for event in referral["events"]]
            assert Counter(done) == Counter(acts), key
            assert [event["seq"] for event in referral["events"]] == [*range(1, len(acts) + 1)]


def _assert_only_those_whose_turn_it_was_got_mail(nahtlos: RunningNahtlos) -> None:
    received = Counter((mail["to"], mail["subject"]) for mail in nahtlos.mails())
    reminded = {to for to, subject in received if "fällig" in subject}
    assert reminded == {"eingang@jobcenter-paderborn.example"}
    assert [to for to, subject in received if "Lücke" in subject] == ["eva@kim-stadt.example"]
    assert max(received.values()) == 1


async def _assert_names_stayed_in_the_database(nahtlos: RunningNahtlos, story: Story) -> None:
    places = await histories_of(nahtlos, story)
    places |= {str(log): log.read_text() for log in _logs(nahtlos.data)}
    places |= {mail["message_id"]: str(mail) for mail in nahtlos.mails()}
    assert len(places) > 10
    for place, content in places.items():
        for typed in TYPED:
            assert typed not in content, f"{typed!r} stands in {place}"


def _logs(data: Path) -> list[Path]:
    logs = sorted((data / "logs").glob("*.log"))
    assert len(logs) >= 5
    return logs
