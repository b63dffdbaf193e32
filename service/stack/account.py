"""The unprivileged account that PostgreSQL runs under when the stack is started by root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from service.failure import Failure


@dataclass(frozen=True)
class Account:
    """A user of this machine, with its primary group."""

    uid: int
    gid: int


def database_account(cluster: Path) -> Account | None:
    """Return who runs PostgreSQL: None for ourselves, another user if we are root.

    An existing cluster keeps its owner. A new one gets the user `postgres`, or `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists():
        owner = cluster.stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(user.pw_uid, user.pw_gid)
    raise Failure(
        "PostgreSQL does not run as root and there is no user `postgres` or `nobody`: "
        "start Nahtlos as an ordinary user."
    )
