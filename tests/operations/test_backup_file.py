"""The file: whole under its name or not there, and refused when it is not as it was written."""

import asyncio
import json
import random
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from service.backup.archive import DRAFT_PREFIX, DRAFT_SUFFIX, opened
from service.backup.backing_up import back_up
from service.backup.programs import program_for, without_password
from service.backup.restoring import refuse_newer
from service.clock import SystemClock
from service.failure import Failure
from service.migrations.lock import SCHEMA_LOCK
from service.owner import connect_as_owner, owner_url
from service.settings import Settings
from tests.operations.conftest import content_of, quiet
from tests.world import World

FLIPS = 150


def check(path: Path) -> None:
    """Look at all of it, as a restore does before it begins."""
    with opened(path) as backup:
        refuse_newer(backup)
        backup.check(quiet)


def rewritten(path: Path, **changes: object) -> Path:
    """Return a copy of a backup with another manifest."""
    copy = path.with_name("copy.nahtlos")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            new.writestr(name, content)
    return copy


def test_a_backup_says_what_it_is(backup: Path) -> None:
    with opened(backup) as found:
        found.check(quiet)
        manifest = found.manifest
    assert manifest.format == 1
    assert manifest.dump_bytes > 1000
    assert manifest.rights["events"] == ("INSERT", "SELECT")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [*backup.parent.iterdir()] == [backup]


async def test_in_a_directory_it_is_named_after_the_time(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "Sicherungen für 2026" / ("tief" * 40) / ("tiefer" * 30)
    folder.mkdir(parents=True)

    file = await back_up(world.container.settings, SystemClock(), folder, quiet)

    assert file.parent == folder
    assert file.name.startswith("nahtlos-20")
    check(file)


async def test_two_backups_at_once_are_both_whole(world: World, tmp_path: Path) -> None:
    settings = world.container.settings
    files = await asyncio.gather(
        *(back_up(settings, SystemClock(), tmp_path / name, quiet) for name in ("a", "b"))
    )
    for file in files:
        check(file)


async def test_a_file_that_is_there_is_not_overwritten(world: World, tmp_path: Path) -> None:
    letter = tmp_path / "letter.odt"
    letter.write_text("important")

    with pytest.raises(Failure, match=r"letter\.odt is there already"):
        await back_up(world.container.settings, SystemClock(), letter, quiet)

    assert letter.read_text() == "important"


@pytest.mark.parametrize("place", ["missing/b.nahtlos", "x" * 256])
async def test_a_place_that_cannot_be_written_is_named(
    world: World, tmp_path: Path, place: str
) -> None:
    with pytest.raises(Failure, match=r"could not be written to .*name another place\.$"):
        await back_up(world.container.settings, SystemClock(), tmp_path / place, quiet)
    assert content_of(tmp_path) == []


async def test_a_draft_that_a_killed_backup_left_is_removed_and_one_in_use_is_not(
    world: World, tmp_path: Path
) -> None:
    abandoned = tmp_path / f"{DRAFT_PREFIX}abandoned{DRAFT_SUFFIX}"
    abandoned.write_text("names")
    drafts: list[Path] = []

    def look(_done: int) -> None:
        drafts.extend(tmp_path.glob(f"{DRAFT_PREFIX}*{DRAFT_SUFFIX}"))
        drafts.append(tmp_path)

    settings = world.container.settings
    await asyncio.gather(
        *(back_up(settings, SystemClock(), tmp_path / name, look) for name in ("a", "b"))
    )

    assert drafts
    assert abandoned not in drafts
    assert content_of(tmp_path) == ["a", "b"]


async def test_while_the_tables_are_changed_no_backup_is_made(world: World, tmp_path: Path) -> None:
    migrating = await connect_as_owner(owner_url(world.container.settings))
    async with migrating.transaction():
        await migrating.execute("select pg_advisory_xact_lock($1)", SCHEMA_LOCK)
        with pytest.raises(Failure, match=r"^The tables are being changed"):
            await back_up(world.container.settings, SystemClock(), tmp_path, quiet)
    await migrating.close()


async def test_a_database_without_tables_is_not_backed_up(
    empty_database: Settings, tmp_path: Path
) -> None:
    with pytest.raises(Failure, match=r"^There is nothing to back up"):
        await back_up(empty_database, SystemClock(), tmp_path, quiet)


async def test_a_backup_that_pg_dump_breaks_off_leaves_nothing(
    world: World, tmp_path: Path
) -> None:
    """As when PostgreSQL is restarted: the connection of `pg_dump` ends."""

    url = owner_url(world.container.settings)
    holding, ending = await connect_as_owner(url), await connect_as_owner(url)

    async def end_the_dump() -> None:
        ended = 0
        while not ended:
            ended = await ending.fetchval(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity "
                "where application_name = 'nahtlos pg_dump' and wait_event_type = 'Lock'"
            )

    async def back_up_and_end() -> None:
        async with asyncio.timeout(60), holding.transaction():
            await holding.execute("lock table gaps")  # the dump waits for it
            await asyncio.gather(
                back_up(world.container.settings, SystemClock(), tmp_path / "b", quiet),
                end_the_dump(),
            )

    with pytest.raises(Failure, match=r"^The backup was not made \(pg_dump: error: .*try again\.$"):
        await back_up_and_end()
    await holding.close()
    await ending.close()
    assert content_of(tmp_path) == []


def test_a_server_that_asks_for_tls_needs_the_systems_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    url = "postgresql://o@h/n?sslmode="
    assert program_for("pg_dump", f"{url}prefer").endswith("/pginstall/bin/pg_dump")
    with pytest.raises(Failure, match=r"asks for TLS, and pg_dump is not installed: install"):
        program_for("pg_dump", f"{url}verify-full")

    (tmp_path / "pg_dump").touch(0o755)
    assert program_for("pg_dump", f"{url}verify-full") == str(tmp_path / "pg_dump")


def test_no_password_stands_in_the_list_of_processes() -> None:
    address, secret = without_password("postgresql://o:p%40s@h:1/n?sslmode=disable&password=x%26y")
    assert address == "postgresql://o@h:1/n?sslmode=disable"
    assert secret == {"PGPASSWORD": "x&y"}
    assert without_password("postgresql://o:p%40s@h/n") == (
        "postgresql://o@h/n",
        {"PGPASSWORD": "p@s"},
    )
    assert without_password("postgresql:///n?host=/run/x") == (
        "postgresql:///n?host=%2Frun%2Fx",
        {},
    )


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"letter", b"\0" * 10_000])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(Failure, match=r"is not a backup of Nahtlos, or not as it was written"):
        check(file)


def test_a_missing_file_a_directory_and_one_of_somebody_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"missing cannot be read \(No such file or directory\)"):
        check(tmp_path / "missing")
    with pytest.raises(Failure, match=r"cannot be read \(Is a directory\)"):
        check(tmp_path)


def test_a_backup_of_a_newer_version_is_refused(backup: Path) -> None:
    with pytest.raises(Failure, match=r"was written by a newer version of Nahtlos: install"):
        check(rewritten(backup, format=2, surprise=True))
    newer = rewritten(backup, schema_revision="0999", application="9.9")
    with pytest.raises(Failure, match=r"was written by Nahtlos 9\.9, whose tables \(revision 0999"):
        check(newer)


def test_a_truncated_backup_is_refused_wherever_it_ends(backup: Path) -> None:
    whole = backup.read_bytes()
    for length in (1, 100, len(whole) // 2, len(whole) - 100, len(whole) - 1):
        backup.write_bytes(whole[:length])
        with pytest.raises(Failure):
            check(backup)


def test_no_damaged_backup_passes_for_the_one_that_was_written(backup: Path) -> None:
    """Whichever bit has turned over: it is refused, or the dump is still as it was."""
    whole = backup.read_bytes()
    with opened(backup) as found:
        dump, refused = b"".join(found.pieces()), 0
    chance = random.Random(1)  # noqa: S311
    edges = [*range(60), *range(len(whole) - 400, len(whole))]
    for place in [*edges, *(chance.randrange(len(whole)) for _ in range(FLIPS))]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(damaged)
        try:
            check(backup)
        except Failure:
            refused += 1
        else:
            with opened(backup) as found:
                assert b"".join(found.pieces()) == dump
    assert refused > FLIPS
