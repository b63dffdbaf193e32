"""PostgreSQL's own programs: `pg_dump` and `pg_restore`, and how they reach the server."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from service.failure import Failure
from service.stack.binaries import postgresql_programs

ENCRYPTED = ("require", "verify-ca", "verify-full")


@asynccontextmanager
async def running(
    program: str, url: str, *options: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, "Talk"]]:
    """Run a program on the database at ``url``, with its input and output open to us.

    It ends with us: when we are killed, its pipe breaks.
    """
    address, secret = without_password(url)
    process = await asyncio.create_subprocess_exec(
        program_for(program, url),
        f"--dbname={address}",
        "--no-password",
        *options,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **secret, "PGAPPNAME": f"nahtlos {program}", "PGCONNECT_TIMEOUT": "10"},
        start_new_session=True,  # Ctrl-C reaches us only, and we end it
    )
    try:
        yield process, Talk(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


class Talk:
    """What a program says on standard error."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Listen, so that the program is never held up by it."""
        assert process.stderr is not None  # noqa: S101  (asked for above)
        self._said = asyncio.create_task(process.stderr.read())

    async def first_error(self) -> str:
        """Return its first complaint, without the details: they can hold names."""
        lines = (await self._said).decode("utf-8", "replace").splitlines()
        complaints = [line for line in lines if "error:" in line] or lines
        return complaints[0].strip() if complaints else "it says nothing"


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """Return the address without its password, which everybody could read in the list of
    processes, and the environment that hands it over instead.
    """
    parts = urlsplit(url)
    sign_in, at, host = parts.netloc.rpartition("@")
    user, _, password = sign_in.partition(":")
    query = dict(parse_qsl(parts.query))
    password = query.pop("password", unquote(password))
    options = f"?{urlencode(query)}" if query else ""
    bare = f"{parts.scheme}://{user}{at}{host}{parts.path}{options}"
    return bare, {"PGPASSWORD": password} if password else {}


def program_for(program: str, url: str) -> str:
    """Return the path of a program: the one that came with us, or the system's own if the server
    asks for TLS, because ours was built without.
    """
    if dict(parse_qsl(urlsplit(url).query)).get("sslmode") not in ENCRYPTED:
        return str(postgresql_programs(shared=False) / program)
    found = shutil.which(program)
    if found is None:
        raise Failure(
            f"The database asks for TLS, and {program} is not installed: install PostgreSQL's "
            "client programs, in the server's version or a later one."
        )
    return found
