import asyncio
import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from service.failure import Failure
from service.stack.program import Launch
from service.stack.supervisor import Supervisor
from service.stack.tether import this_systems_tether
from tests.stack.conftest import RunningServers, StartServers, all_gone, until


@pytest.mark.parametrize("name", ["postgresql", "temporal", "mail"])
def test_a_killed_program_is_started_again_at_the_same_address(
    start: StartServers, name: str
) -> None:
    servers = start(name).wait_until_ready()
    settings = servers.run_file.settings
    killed = servers.child(name)
    killed.kill()

    def replaced() -> bool:
        successor = servers.run_file.children.get(name)
        return successor is not None and successor.pid != killed.pid

    until(replaced, f"{name} runs again")
    assert servers.child(name).is_running()
    assert servers.run_file.settings == settings
    assert f"{name} has ended and is started again." in servers.talk


async def write_row(servers: RunningServers) -> None:
    connection = await asyncpg.connect(servers.run_file.settings["database_owner_url"])
    await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    await connection.close()


async def read_row(servers: RunningServers) -> int:
    connection = await asyncpg.connect(servers.run_file.settings["database_owner_url"])
    answer: int = await connection.fetchval("SELECT answer FROM kept")
    await connection.close()
    return answer


async def test_no_process_outlives_a_killed_supervisor_and_the_next_start_recovers(
    start: StartServers,
) -> None:
    servers = start().wait_until_ready()
    await write_row(servers)
    family = servers.family()
    servers.process.kill()
    servers.process.wait()
    until(lambda: all_gone(family), "every process ends", within=10)

    assert await read_row(start().wait_until_ready()) == 42


async def test_a_start_right_after_everything_was_killed_recovers(start: StartServers) -> None:
    servers = start().wait_until_ready()
    await write_row(servers)
    for process in (psutil.Process(servers.process.pid), *servers.family()):
        with contextlib.suppress(psutil.NoSuchProcess):  # died of the one before
            process.kill()
    servers.process.wait()

    assert await read_row(start().wait_until_ready()) == 42


def test_the_lock_of_a_killed_server_that_nobody_has_buried_is_removed(
    start: StartServers, data: Path
) -> None:
    start("postgresql").wait_until_ready().stop()
    with subprocess.Popen((sys.executable, "-c", "")) as zombie:
        process = psutil.Process(zombie.pid)
        until(lambda: process.status() == psutil.STATUS_ZOMBIE, "the process ends")
        lock = f"{zombie.pid}\n/proc/self/cwd\n{process.create_time():.0f}\n"
        (data / "postgresql" / "postmaster.pid").write_text(lock)
        assert "has ended" not in start("postgresql").wait_until_ready().talk


def test_the_leash_ends_the_children_of_a_killed_supervisor(start: StartServers) -> None:
    servers = start("mail", tether="leash").wait_until_ready()
    family = servers.family()
    assert any("service.stack.leash" in process.cmdline() for process in family)
    servers.process.kill()
    servers.process.wait()
    until(lambda: all_gone(family), "every process ends", within=10)


def test_the_leash_ends_with_a_supervisor_that_stops(start: StartServers) -> None:
    servers = start("mail", tether="leash").wait_until_ready()
    family = servers.family()
    assert servers.stop() == 0
    assert all_gone(family)


class Mayfly:
    """A program that ends as soon as it has started."""

    name = "mayfly"

    def __init__(self) -> None:
        self.starts = 0

    async def prepare(self) -> None:
        self.starts += 1

    def launch(self) -> Launch:
        return Launch(("/bin/sh", "-c", "exit 0"), {})

    async def ready(self, pid: int) -> bool:
        return pid == 0


async def test_a_program_that_keeps_dying_stops_the_stack_and_names_its_log(tmp_path: Path) -> None:
    mayfly = Mayfly()
    async with Supervisor(tmp_path, this_systems_tether(), lambda _: None, lambda: None) as stack:
        with pytest.raises(Failure, match=r"mayfly ended 5 times .* see .*/mayfly\.log"):
            await stack.start(mayfly)
    assert mayfly.starts == 5


class Deaf:
    """A program that does not hear when it is asked to end."""

    name = "deaf"

    async def prepare(self) -> None:
        pass

    def launch(self) -> Launch:
        return Launch(
            ("/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"), {}, patience=0.3
        )

    async def ready(self, pid: int) -> bool:
        await asyncio.sleep(0.2)  # until the trap is set
        return psutil.pid_exists(pid)


async def test_a_program_that_does_not_end_is_killed(tmp_path: Path) -> None:
    async with Supervisor(tmp_path, this_systems_tether(), lambda _: None, lambda: None) as stack:
        await stack.start(Deaf())
        process = psutil.Process(stack.pids["deaf"])
    assert not process.is_running()


async def test_a_single_run_that_fails_names_its_log(tmp_path: Path) -> None:
    async with Supervisor(tmp_path, this_systems_tether(), lambda _: None, lambda: None) as stack:
        with pytest.raises(Failure, match=r"migrate failed: see .*/migrate\.log"):
            await stack.run_once("migrate", Launch(("/bin/sh", "-c", "exit 3"), {}))


async def test_a_parent_that_has_died_is_noticed_before_the_program_starts() -> None:
    launch = Launch(("/bin/sh", "-c", "echo started"), {}, death_signal=signal.SIGKILL)
    command = list(this_systems_tether().command(launch))
    command[4] = "1"  # not our process
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await process.communicate()
    assert (output, process.returncode) == (b"", 1)
    assert b"The parent has died." in errors
