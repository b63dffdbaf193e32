"""Restoring into a data directory, with servers that run for this purpose only."""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from service.backup.archive import Backup
from service.backup.restoring import Report, restore
from service.failure import Failure
from service.settings import Settings
from service.stack.files import write_json
from service.stack.layout import DataDirectory
from service.stack.leftovers import end_leftovers
from service.stack.runfile import Process, RunFile
from service.stack.stack import Stack
from service.stack.supervisor import StopRequested, Supervisor
from service.stack.tether import this_systems_tether


def restore_into_directory(
    directory: Path,
    settings: Settings,
    backup: Backup,
    report: Report,
    announce: Callable[[str], None],
) -> int:
    """Bring a backup back into an empty data directory, and return what `restore` returns.

    A restore that was broken off before is done anew. Raises Failure for a directory in use.
    """
    data = DataDirectory.create(directory)
    with data.locked():
        end_leftovers(data.run_file)
        if data.unfinished_restore.exists():
            _clear(data)
        elif data.cluster.exists() or data.engine.exists():
            raise Failure(
                f"{data.root} holds a Nahtlos already: name an empty directory with --data."
            )
        write_json(data.unfinished_restore, {"backup": str(backup.path)})
        stack = Stack(data, settings, 0, announce)
        try:
            started = asyncio.run(_with_servers(stack, backup, report, announce))
        finally:
            data.run_file.unlink(missing_ok=True)
        data.unfinished_restore.unlink()
    return started


def _clear(data: DataDirectory) -> None:
    """Remove what a restore made that was broken off: the directory was empty before it."""
    shutil.rmtree(data.cluster, ignore_errors=True)
    for file in (*data.root.glob(f"{data.engine.name}*"), data.identities):
        file.unlink(missing_ok=True)


async def _with_servers(
    stack: Stack, backup: Backup, report: Report, announce: Callable[[str], None]
) -> int:
    def note_processes() -> None:
        # Without settings: no other command works on what is not restored yet.
        children = {name: Process.of(pid) for name, pid in supervisor.pids.items()}
        RunFile(supervisor=Process.of(os.getpid()), children=children).write(stack.data.run_file)

    supervisor = Supervisor(stack.data.logs, this_systems_tether(), announce, note_processes)
    async with supervisor:
        try:
            report("Database and engine", 0, None)
            await supervisor.start(*(p for p in (stack.postgresql, stack.temporal) if p))
            if stack.postgresql:
                await stack.postgresql.create_database()
            report("Database and engine", 1, 1)
            settings = Settings.model_validate(stack.settings())
            return await supervisor.while_all_is_well(restore(settings, backup, report))
        except StopRequested:
            raise Failure("The restore was broken off: run it again.") from None
