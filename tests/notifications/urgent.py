"""Cases in which hours count, so that whoever is told of something is told at once."""

from uuid import UUID

from tests.world import World, pathway

IN_HOURS = "in-hours"


async def open_urgent_case(world: World, *, family_name: str = "Haddad") -> UUID:
    """Open one."""
    await world.publish(pathway(IN_HOURS, respond="PT4H", refer="PT4H"))
    return await world.open_case(pathway_key=IN_HOURS, family_name=family_name)
