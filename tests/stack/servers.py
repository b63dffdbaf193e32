"""A supervisor of the servers alone, without worker and web, as a process that a test can kill.

python servers.py DIRECTORY death-signal|leash NAME...
"""

import asyncio
import os
import sys
from pathlib import Path

from service.failure import Failure
from service.settings import Settings
from service.stack.layout import DataDirectory
from service.stack.leftovers import end_leftovers
from service.stack.runfile import Process, RunFile
from service.stack.stack import Stack
from service.stack.supervisor import StopRequested, Supervisor
from service.stack.tether import Leash, Tether, this_systems_tether


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


async def run(stack: Stack, tether: Tether, names: list[str]) -> None:
    def note_processes() -> None:
        RunFile(
            supervisor=Process.of(os.getpid()),
            children={name: Process.of(pid) for name, pid in supervisor.pids.items()},
            settings=stack.settings(),
            mail_page=stack.mail and stack.mail.page_url,
        ).write(stack.data.run_file)

    supervisor = Supervisor(stack.data.logs, tether, say, note_processes)
    async with supervisor:
        try:
            await supervisor.start(*(s for s in stack.servers if s.name in names))
            if stack.postgresql and "postgresql" in names:
                await stack.postgresql.create_database()
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await supervisor.until_stopped()
        except StopRequested:
            pass


def main(directory: str, tether: str, *names: str) -> None:
    data = DataDirectory.create(Path(directory))
    with data.locked():
        end_leftovers(data.run_file)
        stack = Stack(data, Settings(), 0, say)
        asyncio.run(run(stack, Leash() if tether == "leash" else this_systems_tether(), [*names]))


try:
    main(*sys.argv[1:])
except Failure as failure:
    sys.exit(str(failure))
