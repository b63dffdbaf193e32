"""Does the database answer, and does it take our passwords?"""

import asyncio
from urllib.parse import unquote, urlsplit

import asyncpg

from service.doctor.results import Fault, NotAsked, Result, Well
from service.doctor.subject import STOPPED, Subject

SECONDS = 2.0

STARTED = "starting PostgreSQL"
REFUSED = "password authentication failed"


class DatabaseCheck:
    """Signs in as each role that the settings name."""

    name = "database"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Sign in. Of a stopped stack, read how the last run ended."""
        settings = self._subject.settings
        urls = {
            "database_url": settings.database_url,
            "database_owner_url": settings.database_owner_url,
        }
        given = {name: url.get_secret_value() for name, url in urls.items() if url}
        if not given:
            return await asyncio.to_thread(self._last_time)
        for name, url in given.items():
            if fault := await self._sign_in(name, url):
                return fault
        roles = " and ".join(_role(url) for url in given.values())
        return Well(f"It answers at {_place(given.popitem()[1])} and lets {roles} in.")

    async def _sign_in(self, name: str, url: str) -> Fault | None:
        setting = f"NAHTLOS_{name.upper()}"
        try:
            connection = await asyncpg.connect(url, timeout=SECONDS)
        except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
            embedded = name in self._subject.from_stack
            return Fault(
                f"The database refuses the password of the role {_role(url)}.",
                self._put_back() if embedded else f"Correct the password in {setting}.",
            )
        except asyncpg.InvalidCatalogNameError:
            return Fault(
                f"PostgreSQL at {_place(url)} has no database of the name in {setting}.",
                f"Create it, or correct {setting}.",
            )
        except asyncpg.PostgresError as refusal:
            return Fault(
                f"PostgreSQL at {_place(url)} lets nobody in now (SQLSTATE {refusal.sqlstate}).",
                "Wait a moment; if it stays so, look at the log of PostgreSQL.",
            )
        except (asyncpg.InterfaceError, ValueError):
            return Fault(
                f"{setting} cannot be read.",
                "Write it as postgresql://USER:PASSWORD@HOST:PORT/NAME.",
            )
        except OSError:
            return Fault(
                f"The database does not answer at {_place(url)}.",
                f"See whether PostgreSQL runs there and can be reached, or correct {setting}.",
            )
        await connection.close()
        return None

    def _put_back(self) -> str:
        return f"Put back the {self._subject.data.passwords} that belongs to this data directory."

    def _last_time(self) -> Result:
        """See whether a password was refused when the stack last ran."""
        try:
            log = (self._subject.data.logs / "postgresql.log").read_text(errors="replace")
        except OSError:
            return NotAsked(STOPPED)
        if REFUSED in log.rpartition(STARTED)[2]:
            return Fault(
                "When it last ran, the database refused the password of a role.", self._put_back()
            )
        return NotAsked(STOPPED)


def _role(url: str) -> str:
    return unquote(urlsplit(url).username or "nobody")


def _place(url: str) -> str:
    """Return host and port, never the password."""
    place = urlsplit(url)
    return f"{place.hostname or 'localhost'}:{place.port or 5432}"
