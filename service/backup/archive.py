"""The file: a ZIP archive, not compressed again, of PostgreSQL's dump and a manifest.

Any tool can unpack it, and `pg_restore` reads the dump without us.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel

from service.backup.manifest import FORMAT, Manifest
from service.failure import Failure

DUMP = "database.dump"
MANIFEST = "manifest.json"
PIECE = 1 << 20  # bytes
DRAFT_PREFIX, DRAFT_SUFFIX = ".nahtlos-", ".draft"


class DumpWriter:
    """Writes the dump into the archive and counts along."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take the open member of the archive."""
        self._file = file
        self._hash = hashlib.sha256()
        self.bytes = 0

    def write(self, piece: bytes) -> None:
        """Append a piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self.bytes += len(piece)

    @property
    def sha256(self) -> str:
        """Checksum of what was written."""
        return self._hash.hexdigest()


class Draft:
    """An archive that is being written under a temporary name."""

    def __init__(self, archive: ZipFile) -> None:
        """Take the empty archive."""
        self._archive = archive

    @contextmanager
    def dump(self) -> Iterator[DumpWriter]:
        """Take the dump in, in pieces."""
        with self._archive.open(DUMP, "w", force_zip64=True) as member:
            yield DumpWriter(member)

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest: now the archive is whole."""
        self._archive.writestr(ZipInfo(MANIFEST), manifest.model_dump_json(indent=2))


@contextmanager
def draft_of(target: Path) -> Iterator[Draft]:
    """Give an archive to write. It becomes ``target`` when all went well, otherwise nothing does.

    Only its owner can read it. It survives a power cut.
    """
    folder = target.parent
    _remove_abandoned_drafts(folder)
    descriptor, name = tempfile.mkstemp(DRAFT_SUFFIX, DRAFT_PREFIX, folder)  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with contextlib.suppress(OSError):  # some network drives have no locks
                fcntl.flock(file, fcntl.LOCK_EX)  # ends with us, however we end
            with ZipFile(file, "w") as archive:
                yield Draft(archive)
            file.flush()
            os.fsync(file.fileno())
            draft.replace(target)
        _keep_name(folder)
    finally:
        draft.unlink(missing_ok=True)


def _remove_abandoned_drafts(folder: Path) -> None:
    """Remove what a backup left that was killed: it holds personal data."""
    for draft in folder.glob(f"{DRAFT_PREFIX}*{DRAFT_SUFFIX}"):
        with contextlib.suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: in use
            draft.unlink()


def _keep_name(folder: Path) -> None:
    """Let the new name survive a power cut, where the drive can promise it."""
    descriptor = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)


class Backup:
    """A backup to read from."""

    def __init__(self, path: Path, archive: ZipFile, manifest: Manifest) -> None:
        """Take the open archive."""
        self.path = path
        self.manifest = manifest
        self._archive = archive

    def check(self, progress: Callable[[int], None]) -> None:
        """Read all of it; ``progress`` hears the bytes so far. Raises Failure if it is damaged."""
        found = hashlib.sha256()
        done = 0
        for piece in self.pieces():
            found.update(piece)
            done += len(piece)
            progress(done)
        if found.hexdigest() != self.manifest.dump_sha256:
            raise _damaged(self.path)

    def pieces(self) -> Iterator[bytes]:
        """Give the dump in pieces. Raises Failure if it is damaged."""
        with _explained(self.path), self._archive.open(DUMP) as dump:
            while piece := dump.read(PIECE):
                yield piece


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup. Raises Failure for a file that is missing, foreign, damaged or too new."""
    with _explained(path):
        archive = ZipFile(path)
    with archive:
        if any(member.compress_type != ZIP_STORED for member in archive.infolist()):
            raise _damaged(path)  # ours are stored as they are
        with _explained(path):
            content = archive.read(MANIFEST)
            if _Format.model_validate_json(content).format > FORMAT:
                raise Failure(
                    f"{path} was written by a newer version of Nahtlos: install that version "
                    "or a later one."
                )
            manifest = Manifest.model_validate_json(content)
        yield Backup(path, archive, manifest)


class _Format(BaseModel):
    """The part of every manifest, whatever its version."""

    format: int


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, KeyError, EOFError, RuntimeError, ValueError):
        raise _damaged(path) from None
    except OSError as error:
        raise Failure(
            f"{path} cannot be read ({error.strerror or 'it is damaged'}): name a backup that is "
            "there and that you may read."
        ) from None


def _damaged(path: Path) -> Failure:
    return Failure(
        f"{path} is not a backup of Nahtlos, or not as it was written: take another one."
    )
