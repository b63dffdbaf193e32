"""The role that owns the tables: it migrates them, backs them up and restores them."""

from urllib.parse import unquote, urlsplit

import asyncpg

from service.failure import Failure
from service.settings import Settings

SECONDS_TO_WAIT = 10


def owner_url(settings: Settings) -> str:
    """Return the owner's address. Raises Failure if the settings do not name it."""
    if settings.database_owner_url is None or settings.database_url is None:
        raise Failure(
            "The tables belong to a role of their own: set NAHTLOS_DATABASE_OWNER_URL to its "
            "address, beside NAHTLOS_DATABASE_URL."
        )
    return settings.database_owner_url.get_secret_value()


def application_role(settings: Settings) -> str:
    """Return the role that web and workers sign in as; empty if the settings name none."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    return unquote(urlsplit(url).username or "")


async def connect_as_owner(url: str) -> asyncpg.Connection:
    """Return a connection. Raises Failure, in a sentence, if there is none to be had."""
    try:
        return await asyncpg.connect(url, timeout=SECONDS_TO_WAIT)
    except OSError:
        raise Failure(
            "The database does not answer: see whether PostgreSQL runs where "
            "NAHTLOS_DATABASE_OWNER_URL says."
        ) from None
    except asyncpg.CannotConnectNowError:
        raise Failure("The database is just starting or stopping: try again soon.") from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as refusal:
        reason = str(refusal).splitlines()[0]  # what follows are details
        raise Failure(
            f"The database refuses the owner of the tables ({reason}): "
            "correct NAHTLOS_DATABASE_OWNER_URL."
        ) from None
