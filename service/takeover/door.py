"""The one door for running cases from elsewhere: their past is written, then they run here.

State in, workflow started there: afterwards ``service.takeover.starting`` or
``service.engine.restart`` starts the workflows from what this wrote, and their sequence continues.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from activities.ports import Calendar
from service.cases.draft import Draft, write_drafts
from service.cases.person_rows import row_of_person
from service.cases.tables import consents, notes, persons
from service.ledger.past import write_past
from service.ledger.promises import make_promise
from service.ledger.rows import Row
from service.ledger.tables import idempotency_keys
from service.takeover.errors import NotTakenOver
from service.takeover.known import look_up
from service.takeover.models import PastJoining, TakenOverCase
from service.takeover.past import LivedCase, live_again
from service.takeover.rows import rows_of_consents
from workflows.domain.principal import Principal

ENGINE = Principal.system()


class ExternalName(BaseModel):
    """What a case is called where it comes from."""

    model_config = ConfigDict(frozen=True)

    source: str
    external_id: str

    @classmethod
    def of(cls, case: TakenOverCase) -> "ExternalName":
        """Return the name of this case."""
        return cls(source=case.source, external_id=case.external_id)

    @property
    def key(self) -> str:
        """The idempotency key under which the case is taken over once."""
        return f"takeover:{self.source}:{self.external_id}"


async def take_over(
    connection: AsyncConnection, calendar: Calendar, case: TakenOverCase, now: datetime
) -> UUID:
    """Write a running case with its whole past, as it stands at ``now`` (UTC); return its id.

    The same case again changes nothing. Everything happens in the connection's transaction: roll
    it back on an error. Raises NotTakenOver with a sentence that says what does not fit. Nobody
    is written to about what is past.
    """
    [outcome] = await take_over_all(connection, calendar, [case], now)
    if isinstance(outcome, NotTakenOver):
        raise outcome
    return outcome


async def take_over_all(
    connection: AsyncConnection, calendar: Calendar, cases: Sequence[TakenOverCase], now: datetime
) -> list[UUID | NotTakenOver]:
    """Take over several cases in one go, as ``take_over`` does; return what became of each.

    A case that does not fit stops only itself.
    """
    names = [ExternalName.of(case) for case in cases]
    here = await _taken_over_before(connection, names)
    directory = await look_up(connection, cases)
    outcomes: list[UUID | NotTakenOver] = []
    new: list[LivedCase] = []
    for case, name in zip(cases, names, strict=True):
        if name.key in here:
            outcomes.append(here[name.key])
            continue
        try:
            lived = await live_again(calendar, case, directory.known_to(case), uuid7(), now)
        except NotTakenOver as refused:
            outcomes.append(refused)
            continue
        case_id = lived.written.draft.case_id
        promise = await make_promise(connection, ENGINE, name.key, name, case_id, now)
        here[name.key] = promise.subject_id
        outcomes.append(promise.subject_id)
        if promise.is_new:
            new.append(lived)
    await _write(connection, new)
    return outcomes


async def _taken_over_before(
    connection: AsyncConnection, names: Sequence[ExternalName]
) -> dict[str, UUID]:
    rows = await connection.execute(
        select(idempotency_keys.c.key, idempotency_keys.c.subject_id).where(
            idempotency_keys.c.user_id == ENGINE.user_id,
            idempotency_keys.c.key.in_([name.key for name in names]),
        )
    )
    return {row.key: row.subject_id for row in rows}


async def _write(connection: AsyncConnection, new: Sequence[LivedCase]) -> None:
    if not new:
        return
    await write_drafts(connection, [_draft(lived) for lived in new])
    if joined := [row for lived in new for row in _joined(lived)]:
        await connection.execute(insert(persons), joined)
    given: list[Row] = []
    for lived in new:
        given += rows_of_consents(lived.case, lived.written, lived.known)
    if given:
        await connection.execute(insert(consents), given)
    if written := [note for lived in new for note in lived.notes]:
        await connection.execute(insert(notes), written)
    await write_past(connection, [lived.history.entries for lived in new])


def _joined(lived: LivedCase) -> list[Row]:
    """Return whoever joined the household; the past gives each of them a place in it."""
    people = (act.person for act in lived.case.acts if isinstance(act, PastJoining))
    case = lived.history.case
    return [
        row_of_person(case.case_id, member_id, person, position=None)
        for member_id, person in zip(case.joined, people, strict=True)
    ]


def _draft(lived: LivedCase) -> Draft:
    return Draft(
        state=lived.history.case,
        municipality=lived.case.municipality,
        members=tuple(zip(lived.written.members, lived.case.household, strict=True)),
        consents=(),
    )
