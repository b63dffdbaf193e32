"""`nahtlos up`: the whole of Nahtlos on one machine, until somebody stops it."""

import asyncio
import contextlib
import os
from pathlib import Path

from service.failure import Failure
from service.settings import Settings
from service.stack.application import command
from service.stack.layout import DataDirectory
from service.stack.leftovers import end_leftovers
from service.stack.progress import Progress
from service.stack.runfile import Process, RunFile
from service.stack.stack import Stack
from service.stack.standing import find_standing
from service.stack.supervisor import StopRequested, Supervisor
from service.stack.tether import this_systems_tether
from service.stack.welcome import ready_line, welcome

REACHES_EVERYTHING_WITHIN = 60.0  # seconds
ASK_EVERY = 0.05  # seconds


def up(directory: Path | None, port: int, *, demo: bool) -> None:
    """Run the stack until Ctrl-C or SIGTERM. Raises Failure if it cannot start or go on."""
    settings = Settings()
    data = DataDirectory.create(directory or settings.data)
    with data.locked():
        if data.unfinished_restore.exists():
            raise Failure(
                f"A restore into {data.root} was broken off: run `nahtlos restore` again."
            )
        end_leftovers(data.run_file)
        progress = Progress()
        stack = Stack(data, settings, port, progress.say)
        try:
            asyncio.run(_run(stack, progress, demo=demo))
        finally:
            data.run_file.unlink(missing_ok=True)


async def _run(stack: Stack, progress: Progress, *, demo: bool) -> None:
    def note_processes() -> None:
        RunFile(
            supervisor=Process.of(os.getpid()),
            children={name: Process.of(pid) for name, pid in supervisor.pids.items()},
            settings=stack.settings(),
            temporal_ui=stack.temporal and stack.temporal.ui_url,
            mail_page=stack.mail and stack.mail.page_url,
            worker_metrics=stack.worker_metrics,
        ).write(stack.data.run_file)

    tether = this_systems_tether()
    supervisor = Supervisor(stack.data.logs, tether, progress.say, note_processes)
    async with supervisor:
        with contextlib.suppress(StopRequested):
            with progress.during("Starting Nahtlos"):
                await _start(stack, supervisor, progress, demo=demo)
                standing = await find_standing(stack)
            ready_line(stack)
            progress.say(welcome(stack, standing))
            await supervisor.until_stopped()
        progress.say("Stopping Nahtlos ...")


async def _start(stack: Stack, supervisor: Supervisor, progress: Progress, *, demo: bool) -> None:
    await supervisor.start(*stack.servers)
    progress.say("Database, engine and mail are ready.")
    if stack.postgresql:
        await stack.postgresql.create_database()
        await stack.postgresql.note_revision()
    # It brings half of the service with it, which the supervisor does without until now.
    from service.installation.demo import is_this_machine  # noqa: PLC0415
    from service.schema import refuse_newer_tables  # noqa: PLC0415

    await refuse_newer_tables(stack.settings()["database_url"])
    await supervisor.run_once("migrate", command(stack.environment(as_owner=True), "migrate"))
    if stack.postgresql:
        await stack.postgresql.note_revision()
    progress.say("The tables are up to date.")
    demo = demo and is_this_machine(stack.settings()["public_url"])
    content = ("demo", "--unless-in-use") if demo else ("reference-data",)
    await asyncio.gather(
        supervisor.start(stack.worker, stack.web),
        supervisor.run_once(content[0], command(stack.environment(), *content)),
    )
    await supervisor.while_all_is_well(_until_everything_is_reached(stack))


async def _until_everything_is_reached(stack: Stack) -> None:
    try:
        async with asyncio.timeout(REACHES_EVERYTHING_WITHIN):
            while not await stack.web.reaches_everything():  # noqa: ASYNC110  (another process)
                await asyncio.sleep(ASK_EVERY)
    except TimeoutError:
        raise Failure(
            "The web server does not reach database, engine and worker: see the files in "
            f"{stack.data.logs}."
        ) from None
