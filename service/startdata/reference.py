"""What every Nahtlos begins with: the municipalities and the shipped pathways."""

from service.agencies.repository import add_municipalities
from service.bootstrap import Container
from service.pathways.files import read_sources, shipped_files
from service.pathways.shipping import ship
from service.startdata.reading import read_municipalities
from workflows.domain.principal import Principal

ENGINE = Principal.system()


async def load_reference_data(container: Container) -> None:
    """Enter what is missing. Raises VersionTaken where a file changed but not its version."""
    await load_municipalities(container)
    await load_pathways(container)


async def load_municipalities(container: Container) -> None:
    """Enter the municipalities of the district."""
    async with container.database.transaction() as connection:
        await add_municipalities(connection, ENGINE, read_municipalities())


async def load_pathways(container: Container) -> None:
    """Publish the shipped pathways; propose those that the coordination has made its own."""
    async with container.database.transaction() as connection:
        await ship(connection, ENGINE, read_sources(shipped_files()), container.clock.now())
