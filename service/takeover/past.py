"""A case's past, lived again: everything that is to be written about it, and nothing written yet.

No database is needed for it, so a dry run does exactly what the takeover does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from activities.ports import Calendar
from service.cases.notes import note_id_of
from service.ledger.rows import Row
from service.takeover.acts import Acts
from service.takeover.errors import IllegalHistory, OpenedInTheFuture, why
from service.takeover.history import History
from service.takeover.known import Known
from service.takeover.models import (
    PastAct,
    PastClosing,
    PastEntitlement,
    PastJoining,
    PastLeaving,
    PastMove,
    PastOffer,
    PastReferral,
    PastReopening,
    PastWaiver,
    TakenOverCase,
)
from service.takeover.rows import WrittenCase, write_down
from workflows.domain.errors import RuleBroken


@dataclass
class LivedCase:
    """A case with its past. ``notes`` are rows."""

    case: TakenOverCase
    known: Known
    written: WrittenCase
    history: History
    notes: list[Row] = field(default_factory=list)


async def live_again(
    calendar: Calendar, case: TakenOverCase, known: Known, case_id: UUID, now: datetime
) -> LivedCase:
    """Live the case's past again, up to ``now`` (UTC). Raises NotTakenOver."""
    if case.opened_at > now:
        raise OpenedInTheFuture(case.external_id)
    written = write_down(case_id, case, known)
    lived = LivedCase(case, known, written, History(calendar, written.draft))
    await lived.history.open()
    acts = Acts(case, known, written)
    last = case.opened_at
    for number, act in enumerate(case.acts, start=1):
        _check_order(number, act, last, now)
        lived.history.let_time_pass(act.at)
        cause = str(uuid5(case_id, f"act {number}"))
        note_id = _write_note(lived, act, cause)
        with _naming(number, act):
            await _live(lived.history, acts, act, note_id, cause)
        last = act.at
    lived.history.let_time_pass(now)
    return lived


async def _live(
    history: History, acts: Acts, act: PastAct, note_id: UUID | None, cause: str
) -> None:
    match act:
        case PastReferral():
            named = history.named_as_competent(acts.path_id(act.path), act.step)
            await history.refer(acts.refer(act, note_id, named), cause, act.at)
        case PastWaiver():
            await history.waive(acts.waive(act, note_id), cause, act.at)
        case PastEntitlement():
            await history.note(acts.entitlement(act, cause), cause, act.at)
        case PastJoining():
            await history.add_member(acts.joining(act, cause), cause, act.at)
        case PastLeaving():
            await history.remove_member(acts.leaving(act, note_id), cause, act.at)
        case PastOffer():
            await history.offer(acts.offer(act, note_id), cause, act.at)
        case PastClosing():
            await history.close(acts.close(act, note_id), cause, act.at)
        case PastReopening():
            await history.reopen(acts.reopen(act, note_id), cause, act.at)
        case PastMove():
            move, path_id = acts.move(act, note_id), acts.path_id(act.path)
            await history.move(
                path_id, act.step, move, cause, act.at, from_records=act.from_records
            )


def _write_note(lived: LivedCase, act: PastAct, cause: str) -> UUID | None:
    spoken_to = act.source.spoken_to if isinstance(act, PastMove) and act.source else None
    if not act.note and not spoken_to:
        return None
    note = {
        "id": note_id_of(cause),
        "case_id": lived.written.draft.case_id,
        "author_id": lived.known.people[act.actor].user_id,
        "body": act.note or "",
        "spoken_to": spoken_to,
        "created_at": act.at,
    }
    lived.notes.append(note)
    return note_id_of(cause)


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
