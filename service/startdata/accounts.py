"""The accounts of the demo that are worth showing."""

from dataclasses import dataclass
from datetime import date

from service.startdata.reading import read_agencies, read_cast
from workflows.domain.principal import Role


@dataclass(frozen=True)
class DemoAccount:
    """What somebody needs to sign in and to know whom they play."""

    user: str
    role: Role
    house: str
    password: str


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts to show at the start; ``house`` is the agency's name or a dash."""
    cast = read_cast()
    people = {person.user: person for person in cast.people}
    names = {agency.key: agency.name for agency in read_agencies(date.min)}
    return [
        DemoAccount(
            user=user,
            role=people[user].role,
            house=names.get(people[user].house or "", "–"),  # noqa: RUF001 - a dash is meant
            password=cast.password,
        )
        for user in cast.shown
    ]
