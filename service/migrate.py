"""Bringing the tables up to date."""

import asyncio

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError

from service.failure import Failure
from service.owner import application_role, connect_as_owner, owner_url
from service.schema import MIGRATIONS, fault_of
from service.settings import Settings


def run(settings: Settings) -> None:
    """Run every migration that is missing, as the owner of the tables: all of them or none.

    It waits for a backup that is being written. Raises Failure if the database does not answer,
    and for the tables of a newer version.
    """
    owner = owner_url(settings)
    asyncio.run(_see_whether_it_answers(owner))
    try:
        command.upgrade(config_for(owner, application_role(settings)), "head")
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise Failure(str(fault_of(error.__cause__.argument))) from None
        raise


async def _see_whether_it_answers(owner: str) -> None:
    connection = await connect_as_owner(owner)
    await connection.close()


def config_for(owner_url: str, app_role: str) -> Config:
    """Return Alembic's configuration for a database, its owner's address and the other role."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes.update(url=owner_url, app_role=app_role)
    return config
