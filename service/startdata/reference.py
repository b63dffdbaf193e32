"""What every Nahtlos begins with: the municipalities and the shipped pathways."""

from service.agencies.repository import add_municipalities
from service.bootstrap import Container
from service.pathways.files import read_pathways, shipped_files
from service.pathways.repository import publish
from service.startdata.reading import read_municipalities
from workflows.domain.principal import Principal

ENGINE = Principal.system()


async def load_reference_data(container: Container) -> None:
    """Enter what is missing. Raises VersionTaken where a pathway was published otherwise."""
    await load_municipalities(container)
    await load_pathways(container)


async def load_municipalities(container: Container) -> None:
    """Enter the municipalities of the district."""
    async with container.database.transaction() as connection:
        await add_municipalities(connection, ENGINE, read_municipalities())


async def load_pathways(container: Container) -> None:
    """Publish the shipped pathways."""
    async with container.database.transaction() as connection:
        await publish(connection, ENGINE, read_pathways(shipped_files()), container.clock.now())
