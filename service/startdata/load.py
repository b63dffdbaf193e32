"""Fills Nahtlos with the demo's world. Loading it twice changes nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from uuid_utils.compat import uuid7

from service.accounts.passwords import hash_password
from service.accounts.people import NewUser
from service.accounts.repository import Users
from service.accounts.service import list_users
from service.agencies.repository import add_agency, add_municipalities, agencies_by_key
from service.bootstrap import Container
from service.calendar import StateCalendar
from service.engine.restart import start_open_workflows
from service.pathways.files import read_pathways, shipped_files
from service.pathways.repository import publish
from service.startdata.households import read_households
from service.startdata.reading import Person, read_agencies, read_cast, read_municipalities
from service.takeover.door import take_over
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day

ENGINE = Principal.system()


@dataclass(frozen=True)
class Part:
    """One part of the demo's world, in words and as work to be done."""

    title: str
    load: Callable[[Container], Awaitable[None]]


def parts() -> list[Part]:
    """Return the parts in the order in which they build on each other."""
    return [
        Part("Pathways", load_pathways),
        Part("Agencies", load_directory),
        Part("People", load_people),
        Part("Households", load_households),
        Part("Workflows", start_workflows),
    ]


async def load(container: Container) -> None:
    """Load all of it."""
    for part in parts():
        await part.load(container)


async def load_pathways(container: Container) -> None:
    """Publish the shipped pathways."""
    async with container.database.transaction() as connection:
        await publish(connection, ENGINE, read_pathways(shipped_files()), container.clock.now())


async def load_directory(container: Container) -> None:
    """Enter municipalities and agencies; what was changed by hand since stays changed."""
    today = local_day(container.clock.now())
    async with container.database.transaction() as connection:
        await add_municipalities(connection, ENGINE, read_municipalities())
        for agency in read_agencies(today):
            await add_agency(connection, ENGINE, agency)


async def load_people(container: Container) -> None:
    """Add the people who are missing."""
    cast = read_cast()
    known = {user.name for user in await list_users(container.database, ENGINE)}
    missing = [person for person in cast.people if person.user not in known]
    if not missing:
        return
    # One hash for all: it takes a tenth of a second, and that they share a password is no secret.
    password_hash = await hash_password(cast.password)
    async with container.database.transaction() as connection:
        houses = {person.house for person in missing if person.house}
        agencies = await agencies_by_key(connection, ENGINE, houses)
        for person in missing:
            house = agencies[person.house].id if person.house else None
            new = _account(person, house, cast.password)
            await Users(connection).add(ENGINE, uuid7(), new, password_hash, container.clock.now())


async def load_households(container: Container) -> None:
    """Take the households over, through the door for running cases from elsewhere."""
    now = container.clock.now()
    for household in read_households(local_day(now)):
        async with container.database.transaction() as connection:
            await take_over(connection, StateCalendar(), household, now)


async def start_workflows(container: Container) -> None:
    """Start the workflows of the households; those that run already are left alone."""
    await start_open_workflows(container.database, container.engine, lambda _done, _total: None)


def _account(person: Person, house: UUID | None, password: str) -> NewUser:
    return NewUser(
        name=person.user,
        display_name=person.display_name,
        role=person.role,
        agency_id=house,
        password=password,
        email=f"{person.user}@{person.house or 'kreis-paderborn'}.example",
    )
