"""Bringing the tables up to date."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from alembic import command
from alembic.config import Config

from service.failure import Failure
from service.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"


def run(settings: Settings) -> None:
    """Run every migration that is missing, as the owner of the tables."""
    owner, app = settings.database_owner_url, settings.database_url
    if owner is None or app is None:
        raise Failure(
            "The tables belong to a role of their own: set NAHTLOS_DATABASE_OWNER_URL to its "
            "address, beside NAHTLOS_DATABASE_URL."
        )
    app_role = unquote(urlsplit(app.get_secret_value()).username or "")
    command.upgrade(config_for(owner.get_secret_value(), app_role), "head")


def config_for(owner_url: str, app_role: str) -> Config:
    """Return Alembic's configuration for a database, its owner's address and the other role."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes.update(url=owner_url, app_role=app_role)
    return config
