"""The one directory that the embedded stack keeps everything in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from service.failure import Failure


@dataclass(frozen=True)
class DataDirectory:
    """Where each part of the stack keeps its files. All paths are absolute."""

    root: Path

    @classmethod
    def create(cls, path: Path) -> "DataDirectory":
        """Return the data directory at `path`, made if needed, open to its owner only."""
        root = path.absolute()
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            root.chmod(0o700)
        except OSError as error:
            raise Failure(
                f"The data directory {path} cannot be used ({error.strerror}): "
                "choose another with --data."
            ) from error
        data = cls(root)
        data.logs.mkdir(exist_ok=True)
        return data

    @property
    def logs(self) -> Path:
        """One log file for each program."""
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        """What the mail catcher caught, as a maildir."""
        return self.root / "mail"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's files."""
        return self.root / "postgresql"

    @property
    def engine(self) -> Path:
        """Temporal's database file."""
        return self.root / "temporal.db"

    @property
    def passwords(self) -> Path:
        """Passwords of the database roles."""
        return self.root / "passwords.json"

    @property
    def ports(self) -> Path:
        """The port of each program."""
        return self.root / "ports.json"

    @property
    def identities(self) -> Path:
        """By what the data of PostgreSQL and Temporal are recognised."""
        return self.root / "identities.json"

    @property
    def run_file(self) -> Path:
        """Addresses and processes of the running stack."""
        return self.root / "run.json"

    @property
    def unfinished_restore(self) -> Path:
        """Is there as long as a backup has not been brought back completely."""
        return self.root / "restore.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other stack away from this directory."""
        try:
            with FileLock(self.root / "lock", blocking=False):
                yield
        except Timeout as error:
            raise Failure(
                f"Nahtlos is already running on {self.root}: stop it first, "
                "or choose another directory with --data."
            ) from error
