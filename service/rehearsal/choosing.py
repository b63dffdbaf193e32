"""Which version is rehearsed, and what is known of real paths."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.pathways.repository import versions_of
from service.rehearsal.observed import ObservedPath
from service.rehearsal.observing import observed_paths
from service.rehearsal.rehearsals import On
from service.rehearsal.stage import Programme
from workflows.domain.principal import Principal


async def find_programme(
    connection: AsyncConnection, principal: Principal, key: str, version: int | None, on: On
) -> tuple[Programme, list[int], list[ObservedPath]] | None:
    """Return what to rehearse, every version that there is (newest first), and the real paths.

    The newest version without a number. None: there is no such version. Raises PermissionError
    for everybody but the coordination.
    """
    observed = await observed_paths(connection, principal, key)
    published = [one.pathway for one in await versions_of(connection, principal, key)]
    upto = [one for one in published if version is None or one.version <= version]
    if not upto or (version is not None and upto[0].version != version):
        return None
    programme = Programme(upto[0], upto[1] if len(upto) > 1 else None, on)
    return programme, [one.version for one in published], observed
