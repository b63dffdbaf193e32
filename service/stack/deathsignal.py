"""Becomes a program that dies with its parent (Linux).

    python -I -S deathsignal.py PARENT SIGNAL UID:GID|- COMMAND...

Runs as a script of its own, with the standard library only: between fork and exec of a
process with threads no Python code is safe. The working directory has been entered before
the account is changed: the account may be unable to reach it by its path.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(parent: int, signal: int, account: str, command: list[str]) -> None:
    """Replace this process by `command`; exit if `parent` has died in the meantime."""
    if account != "-":
        uid, gid = (int(part) for part in account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # A change of account clears the death signal, an exec does not: so now.
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("The parent has died.")
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
