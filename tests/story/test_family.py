"""Father M.'s family, three times: undisturbed, with kill -9, and with the engine's data gone."""

from pathlib import Path

from playwright.async_api import Browser

from tests.story.ending import assert_only_those_whose_turn_it_was_got_mail, assert_the_end
from tests.story.family import TYPED, Interruptions, Story
from tests.story.nahtlos import RunningNahtlos
from tests.story.traces import histories_of


async def test_the_family_reaches_work_and_nobody_is_lost_on_the_way(
    nahtlos: RunningNahtlos, chromium: Browser
) -> None:
    story = Story(chromium, nahtlos)

    await story.tell()

    assert_the_end(nahtlos, story)
    assert_only_those_whose_turn_it_was_got_mail(nahtlos)
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

    assert_the_end(nahtlos, story)


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

    assert_the_end(nahtlos, story)


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
