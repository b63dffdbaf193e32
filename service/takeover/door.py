"""The one door for a running case from elsewhere: its past is written, then it runs here.

State in, workflow started there: afterwards ``service.engine.restart`` starts the workflows from
what this wrote, and their sequence continues.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from activities.ports import Calendar
from service.cases.notes import write_note
from service.ledger.ledger import write_case_entry, write_referral_entry
from service.ledger.promises import make_promise
from service.takeover.acts import Acts
from service.takeover.errors import IllegalHistory, OpenedInTheFuture, why
from service.takeover.history import History
from service.takeover.known import Known, find_known
from service.takeover.models import PastAct, PastMove, PastReferral, PastWaiver, TakenOverCase
from service.takeover.rows import write_rows
from workflows.domain.errors import RuleBroken
from workflows.domain.principal import Principal
from workflows.messages import CaseEntry


class ExternalName(BaseModel):
    """What a case is called where it comes from."""

    model_config = ConfigDict(frozen=True)

    source: str
    external_id: str


async def take_over(
    connection: AsyncConnection, calendar: Calendar, case: TakenOverCase, now: datetime
) -> UUID:
    """Write a running case with its whole past, as it stands at ``now`` (UTC); return its id.

    The same case again changes nothing. Everything happens in the connection's transaction: roll
    it back on an error. Raises NotTakenOver with a sentence that says what does not fit. Nobody
    is written to about what is past.
    """
    name = ExternalName(source=case.source, external_id=case.external_id)
    key = f"takeover:{name.source}:{name.external_id}"
    promise = await make_promise(connection, Principal.system(), key, name, uuid7(), now)
    if not promise.is_new:
        return promise.subject_id
    if case.opened_at > now:
        raise OpenedInTheFuture(case.external_id)
    known = await find_known(connection, case)
    written = await write_rows(connection, promise.subject_id, case, known)
    history = History(calendar, written.draft)
    await history.open()
    acts = Acts(case, known, written)
    last = case.opened_at
    for number, act in enumerate(case.acts, start=1):
        _check_order(number, act, last, now)
        history.let_time_pass(act.at)
        cause = str(uuid5(promise.subject_id, f"act {number}"))
        note_id = await _write_note(connection, promise.subject_id, act, known, cause)
        with _naming(number, act):
            await _live_again(history, acts, act, note_id, cause)
        last = act.at
    history.let_time_pass(now)
    await _write_entries(connection, history)
    return promise.subject_id


async def _live_again(
    history: History, acts: Acts, act: PastAct, note_id: UUID | None, cause: str
) -> None:
    match act:
        case PastReferral():
            await history.refer(acts.refer(act, note_id), cause, act.at)
        case PastWaiver():
            await history.waive(acts.waive(act, note_id), cause, act.at)
        case PastMove():
            move, path_id = acts.move(act, note_id), acts.path_id(act.path)
            await history.move(path_id, act.step, move, cause, act.at)


async def _write_entries(connection: AsyncConnection, history: History) -> None:
    for entry in history.entries:
        if isinstance(entry, CaseEntry):
            await write_case_entry(connection, entry)
        else:
            await write_referral_entry(connection, entry)


async def _write_note(
    connection: AsyncConnection, case_id: UUID, act: PastAct, known: Known, cause: str
) -> UUID | None:
    spoken_to = act.source.spoken_to if isinstance(act, PastMove) and act.source else None
    author = known.people[act.actor]
    return await write_note(connection, author, case_id, cause, act.note, act.at, spoken_to)


def _check_order(number: int, act: PastAct, last: datetime, now: datetime) -> None:
    if act.at < last:
        raise IllegalHistory(number, act, "it lies before what comes before it in the list")
    if act.at > now:
        raise IllegalHistory(number, act, "it lies in the future")


@contextmanager
def _naming(number: int, act: PastAct) -> Iterator[None]:
    """Turn a broken rule into the sentence that names the act."""
    try:
        yield
    except RuleBroken as broken:
        raise IllegalHistory(number, act, why(broken)) from None
