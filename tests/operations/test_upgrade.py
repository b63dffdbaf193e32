"""The runbook: stop workers and web, `nahtlos migrate`, start both again. Open work goes on."""

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from alembic import command
from fastapi import FastAPI
from sqlalchemy import select, text

from service import migrate
from service.bootstrap import Container
from service.database import Database
from service.failure import Failure
from service.gaps.tables import gaps
from service.ledger.tables import events
from service.migrate import config_for
from service.owner import application_role, owner_url
from service.schema import known_revisions, refuse_newer_tables
from service.settings import Settings
from service.stack.cluster import Cluster
from service.web.app import create_app
from tests.engine.waiting import until_step
from tests.stack.conftest import without_settings
from tests.world import World, pathway
from workflows.domain.actions import Action

FIRST = "0001"
NEWER = "9999"
OLDER = f"The tables are those of an older version (revision {FIRST}"
NEWEST = f"The tables were made by a newer version (revision {NEWER})"
TERM = 2.0  # seconds


class Tables:
    """Brings the tables back to an earlier revision, or calls them something else."""

    def __init__(self, settings: Settings, owner: Database) -> None:
        self._settings = settings
        self._owner = owner

    async def go_back_to(self, revision: str) -> None:
        """Take the later migrations away again."""
        config = config_for(owner_url(self._settings), application_role(self._settings))
        await asyncio.to_thread(command.downgrade, config, revision)
        await self._owner.dispose()

    async def migrate(self) -> None:
        """Bring them up to date."""
        await asyncio.to_thread(migrate.run, self._settings)
        await self._owner.dispose()

    async def call_them(self, revision: str) -> None:
        """Note a revision and leave the tables as they are."""
        note = text("update alembic_version set version_num = :revision")
        async with self._owner.transaction() as connection:
            await connection.execute(note, {"revision": revision})


@pytest.fixture
async def older(settings: Settings, owner: Database) -> AsyncIterator[Tables]:
    """The tables of the first release; up to date again after the test."""
    tables = Tables(settings, owner)
    await tables.go_back_to(FIRST)
    yield tables
    await tables.migrate()


@pytest.fixture
async def misnamed(settings: Settings, owner: Database) -> AsyncIterator[Tables]:
    """The tables of this version, to be called something else."""
    tables = Tables(settings, owner)
    yield tables
    await tables.call_them(known_revisions()[0])


async def test_open_work_goes_on_after_an_upgrade_from_the_first_release(
    world: World, settings: Settings, owner: Database
) -> None:
    tables = Tables(settings, owner)
    terms = {"respond": f"PT{TERM}S", "remind_before": f"PT{TERM - 0.2}S"}
    await world.publish(pathway("quick", **terms))
    async with world.worker():
        case_id = await world.open_case(pathway_key="quick")
        referral_id = await world.refer(case_id)
        await world.act(referral_id, Action.RECEIVE, key="receive once")
    sent_at = time.monotonic()
    await world.container.database.dispose()
    await tables.go_back_to(FIRST)
    await tables.migrate()
    await asyncio.sleep(max(0.0, sent_at + TERM - time.monotonic()))
    async with world.worker():
        repeated = await world.act(referral_id, Action.RECEIVE, key="receive once")
        await until_action(world, referral_id, "overdue")
        for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
            await world.act(referral_id, action)
        await until_step(world, case_id, "job-centre", "done")
        await until_step(world, case_id, "residence", "due")

    done = await actions_of(world, referral_id)
    assert repeated.repeated
    assert done["remind"] <= 1  # none, when it was overdue before anybody could be reminded
    assert {action: count for action, count in done.items() if action != "remind"} == dict.fromkeys(
        ("request", "receive", "overdue", "accept", "arrive", "complete"), 1
    )
    assert await gaps_of(world, referral_id) == ["unanswered"]


@pytest.mark.usefixtures("older")
@pytest.mark.parametrize("program", ["worker"])
async def test_on_older_tables_it_does_not_start(settings: Settings, program: str) -> None:
    said = await asyncio.to_thread(start, program, settings)
    assert said.startswith(OLDER)
    assert said.endswith("stop web and workers, and run `nahtlos migrate`.")


@pytest.mark.parametrize("program", ["web", "migrate"])
async def test_on_the_tables_of_a_newer_version_it_does_not_start(
    settings: Settings, misnamed: Tables, program: str
) -> None:
    await misnamed.call_them(NEWER)
    said = await asyncio.to_thread(start, program, settings)
    assert said.startswith(NEWEST)
    assert said.endswith("install that version or a later one.")


async def test_a_running_web_server_says_that_the_tables_do_not_fit(
    container: Container, misnamed: Tables
) -> None:
    app = create_app(container)
    assert await problem_of(app) is None
    await misnamed.call_them(NEWER)
    assert str(await problem_of(app)).startswith(NEWEST)
    await misnamed.call_them(FIRST)
    assert str(await problem_of(app)).startswith(OLDER)


async def test_a_data_directory_of_a_newer_version_is_refused(
    settings: Settings, misnamed: Tables
) -> None:
    assert settings.database_url
    await refuse_newer_tables(settings.database_url.get_secret_value())
    await misnamed.call_them(NEWER)
    with pytest.raises(Failure, match=r"^The tables were made by a newer version"):
        await refuse_newer_tables(settings.database_url.get_secret_value())


def test_the_files_of_another_postgresql_are_refused(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("17\n")
    with pytest.raises(Failure, match=r"made by PostgreSQL 17, .* brings PostgreSQL \d+: back up"):
        Cluster(tmp_path, None, tmp_path).refuse_other_version()
    Cluster(tmp_path / "new", None, tmp_path).refuse_other_version()


def start(program: str, settings: Settings) -> str:
    """Run a program of ours until it ends; return the one line that it says."""
    secrets = {
        "NAHTLOS_DATABASE_URL": settings.database_url,
        "NAHTLOS_DATABASE_OWNER_URL": settings.database_owner_url,
    }
    addresses = {name: secret.get_secret_value() for name, secret in secrets.items() if secret}
    done = subprocess.run(
        (sys.executable, "-m", "service.cli", program),
        env=without_settings()
        | addresses
        | {"NAHTLOS_TEMPORAL_ADDRESS": str(settings.temporal_address)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


async def problem_of(app: FastAPI) -> str | None:
    """Return what `/readyz` says of the tables; it is 503 in any case, without a worker."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://nahtlos.test") as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    problem: str | None = answer.json().get("problem")
    return problem


async def until_action(world: World, referral_id: UUID, action: str) -> None:
    for _ in range(150):
        if (await actions_of(world, referral_id))[action]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {action} in sight")


async def actions_of(world: World, referral_id: UUID) -> Counter[str]:
    query = select(events.c.action).where(events.c.referral_id == referral_id)
    async with world.container.database.transaction() as connection:
        return Counter(await connection.scalars(query))


async def gaps_of(world: World, referral_id: UUID) -> list[str]:
    query = select(gaps.c.kind).where(gaps.c.referral_id == referral_id)
    async with world.container.database.transaction() as connection:
        return [*await connection.scalars(query)]
