"""Whoever is typed in and belongs to an open case already is shown once, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.elsewhere import elsewhere_by_key
from service.cases.identity import identity_key
from service.cases.schemas import NewMember
from service.cases.views import Elsewhere
from service.ledger.promises import is_promised
from service.web.forms import Form
from service.web.i18n import Translator, _
from workflows.domain.principal import Principal

CONFIRMED = "known"
"""The field that says of whom it was confirmed."""

_MARKS = UUID("6f7d3c0e-5f0f-4c1e-9a52-6b6e6f776e21")


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who was typed in, with the open cases that were found.

    ``mark`` stands for these names and this birth date: of others it is to be confirmed anew.
    """

    mark: str
    member: NewMember
    cases: list[Elsewhere]


async def known_people(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    key: str,
    people: Sequence[NewMember],
) -> list[KnownPerson]:
    """Return those who belong to open cases; nobody where the form of this key was sent before."""
    if await is_promised(connection, principal, key):
        return []
    keys = [identity_key(one.given_name, one.family_name, one.birth_date) for one in people]
    found = await elsewhere_by_key(connection, principal, now, keys)
    return [
        KnownPerson(str(uuid5(_MARKS, one)), member, found[one])
        for one, member in zip(keys, people, strict=True)
        if one in found
    ]


def check_confirmed(t: Translator, form: Form, known: Sequence[KnownPerson]) -> None:
    """Refuse the form until each of them is confirmed."""
    if any(person.mark not in form.values(CONFIRMED) for person in known):
        sentence = _("Please look at who is known already, and confirm that it is meant.")
        form.refuse(CONFIRMED, t(sentence))
