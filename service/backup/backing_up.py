"""Writing a backup while people work."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from service.backup.archive import PIECE, DumpWriter, draft_of
from service.backup.manifest import Manifest
from service.backup.programs import running
from service.backup.snapshot import Snapshot, snapshot
from service.clock import Clock
from service.failure import Failure
from service.owner import application_role, owner_url
from service.settings import Settings

ENDING = ".nahtlos"

OPTIONS = (
    "--format=custom",
    # Roles may have other names where it is restored.
    "--no-owner",
    "--no-privileges",
    "--lock-wait-timeout=30s",
    # Who was signed in signs in again; nobody can take a session out of a backup.
    "--exclude-table-data=sessions",
)


async def back_up(
    settings: Settings, clock: Clock, place: Path, progress: Callable[[int], None]
) -> Path:
    """Write a backup to a new file, or into a directory under a name of its own; return the file.

    ``progress`` hears the bytes written so far. Raises Failure if it cannot be made; then nothing
    is left of it.
    """
    url = owner_url(settings)
    taken_at = clock.now()
    try:
        target = _target(place, taken_at)
        async with snapshot(url, application_role(settings)) as state:
            with draft_of(target) as draft:
                with draft.dump() as dump:
                    await _dump(url, state, dump, progress)
                draft.finish(_manifest(state, taken_at, dump))
    except OSError as error:
        raise Failure(
            f"The backup could not be written to {place} ({error.strerror}): make room, or name "
            "another place."
        ) from None
    return target


def _target(place: Path, taken_at: datetime) -> Path:
    if place.is_dir():
        return place / f"nahtlos-{taken_at:%Y-%m-%dT%H%M%SZ}{ENDING}"
    if place.exists():
        raise Failure(f"{place} is there already: name a new file, or a directory.")
    return place


async def _dump(
    url: str, state: Snapshot, dump: DumpWriter, progress: Callable[[int], None]
) -> None:
    async with running("pg_dump", url, f"--snapshot={state.name}", *OPTIONS) as (process, talk):
        assert process.stdout is not None  # noqa: S101  (a pipe)
        while piece := await process.stdout.read(PIECE):
            dump.write(piece)
            progress(dump.bytes)
        if await process.wait() != 0:
            raise Failure(f"The backup was not made ({await talk.first_error()}): try again.")


def _manifest(state: Snapshot, taken_at: datetime, dump: DumpWriter) -> Manifest:
    return Manifest(
        application=version("nahtlos"),
        schema_revision=state.schema_revision,
        taken_at=taken_at,
        rights=state.rights,
        dump_bytes=dump.bytes,
        dump_sha256=dump.sha256,
    )
