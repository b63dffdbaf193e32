"""Fills Nahtlos with the demo's world. Loading it twice changes nothing."""

from collections.abc import Callable
from uuid import UUID

from uuid_utils.compat import uuid7

from service.accounts.passwords import hash_password
from service.accounts.people import NewUser
from service.accounts.repository import Users
from service.accounts.service import list_users
from service.agencies.repository import add_agency, agencies_by_key
from service.bootstrap import Container
from service.calendar import read_calendar
from service.engine.restart import start_open_workflows
from service.installation.demo import begin_demo, finish_demo
from service.startdata.reading import Person, read_agencies, read_cast
from service.startdata.reference import load_reference_data
from service.startdata.world import all_households
from service.takeover.door import take_over_all
from service.takeover.errors import NotTakenOver
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day

ENGINE = Principal.system()
HOUSEHOLDS_AT_ONCE = 15

Tell = Callable[[str, int, int], None]
"""Hears what is being loaded, how much of it is there, and how much there will be."""


async def load(container: Container, tell: Tell = lambda _what, _done, _total: None) -> None:
    """Load all of it, or what is missing of it. Raises InUse where people work already."""
    async with container.database.transaction() as connection:
        is_missing = await begin_demo(connection, container.clock.now())
    await load_reference_data(container)
    if not is_missing:
        return
    await load_directory(container)
    await load_people(container)
    await load_households(container, tell)
    await start_workflows(container, tell)
    async with container.database.transaction() as connection:
        await finish_demo(connection, container.clock.now())


async def load_directory(container: Container) -> None:
    """Enter the agencies; what was changed by hand since stays changed."""
    today = local_day(container.clock.now())
    async with container.database.transaction() as connection:
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


async def load_households(
    container: Container, tell: Tell = lambda _what, _done, _total: None
) -> None:
    """Take over the households that are missing, through the door for cases from elsewhere."""
    now = container.clock.now()
    households = all_households(local_day(now))
    for done in range(0, len(households), HOUSEHOLDS_AT_ONCE):
        tell("Households", done, len(households))
        some = households[done : done + HOUSEHOLDS_AT_ONCE]
        async with container.database.transaction() as connection:
            calendar = await read_calendar(connection)
            for outcome in await take_over_all(connection, calendar, some, now):
                if isinstance(outcome, NotTakenOver):
                    raise outcome
    tell("Households", len(households), len(households))


async def start_workflows(
    container: Container, tell: Tell = lambda _what, _done, _total: None
) -> None:
    """Start the workflows of the households; those that run already are left alone."""
    await start_open_workflows(
        container.database,
        container.engine,
        lambda done, total: tell("Workflows", done, total),
    )


def _account(person: Person, house: UUID | None, password: str) -> NewUser:
    return NewUser(
        name=person.user,
        display_name=person.display_name,
        role=person.role,
        agency_id=house,
        password=password,
        email=f"{person.user}@{person.house or 'kreis-paderborn'}.example",
    )
