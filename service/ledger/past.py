"""A whole past at once: what many entries in a row leave in the tables.

The same rows as from writing entry by entry, for cases that nobody has read yet: what later
entries would change is folded before it is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.entitlements.tables import entitlements
from service.gaps.tables import gaps
from service.ledger.access import NOT_WITH_RECEIVER, receiver_sees_until, rows_of_access
from service.ledger.conferences import refused_are_seen_until, row_of_conference
from service.ledger.gaps import rows_of_case_gaps, rows_of_gaps
from service.ledger.household import CHANGES_HOUSEHOLD, write_household
from service.ledger.rows import (
    Row,
    row_of_case_event,
    row_of_entitlement,
    row_of_referral,
    row_of_referral_event,
)
from service.ledger.steps import write_step_clocks
from service.ledger.tables import events, workflow_states
from service.referrals.tables import access, clock_spans, conferences, referrals
from workflows.domain.actions import Side
from workflows.domain.case_state import CaseEvent
from workflows.domain.referral_state import ReferralEvent, ReferralState
from workflows.domain.statuses import CaseStatus
from workflows.messages import CaseEntry, ReferralEntry

Past = Sequence[CaseEntry | ReferralEntry]
"""Everything that happened to a case and its referrals, in the order in which it did."""


@dataclass
class _Rows:
    """What is to be written; dictionaries hold what later entries replace."""

    events: list[Row] = field(default_factory=list)
    closed_cases: set[UUID] = field(default_factory=set)
    latest: dict[UUID, ReferralState] = field(default_factory=dict)
    conferences: dict[UUID, Row] = field(default_factory=dict)
    states: dict[str, Row] = field(default_factory=dict)
    access: dict[tuple[UUID, str], Row] = field(default_factory=dict)
    entitlements: dict[UUID, Row] = field(default_factory=dict)
    household: list[CaseEntry] = field(default_factory=list)
    """Who joined and who left, in that order."""
    spans: list[Row] = field(default_factory=list)
    gaps: dict[tuple[UUID, int], Row] = field(default_factory=dict)
    """By the referral, or the case, and the event that opened them."""


async def write_past(connection: AsyncConnection, pasts: Iterable[Past]) -> None:
    """Write the pasts of cases that stand there as drafts in their latest state.

    Nothing of them may be in the ledger yet.
    """
    rows = _Rows()
    for past in pasts:
        for entry in past:
            if isinstance(entry, CaseEntry):
                _take_case(rows, entry)
            else:
                _take_referral(rows, entry)
    await _insert(connection, referrals, map(row_of_referral, rows.latest.values()))
    await _insert(connection, access, rows.access.values())
    await _insert(connection, events, rows.events)
    await _insert(connection, clock_spans, rows.spans)
    if running := [
        state
        for state in rows.latest.values()
        if state.clock and state.case_id not in rows.closed_cases
    ]:
        await write_step_clocks(connection, running)
    for entry in rows.household:
        await write_household(connection, entry.event, entry.state)
    await _insert(connection, entitlements, rows.entitlements.values())
    await _insert(connection, gaps, rows.gaps.values())
    await _insert(connection, conferences, rows.conferences.values())
    await _keep_states(connection, list(rows.states.values()))


def _take_case(rows: _Rows, entry: CaseEntry) -> None:
    event = row_of_case_event(entry.event, entry.state, entry.source)
    rows.events.append(event)
    if entry.event.action in CHANGES_HOUSEHOLD:
        rows.household.append(entry)
    rows.states[event["workflow_id"]] = {
        **_state_row(event, "case"),
        "is_open": entry.state.status is not CaseStatus.CLOSED,
        "state": entry.state,
    }
    if entry.state.status is CaseStatus.CLOSED:
        rows.closed_cases.add(entry.state.case_id)
    else:
        rows.closed_cases.discard(entry.state.case_id)
    for held in entry.state.entitlements:
        rows.entitlements[held.entitlement.id] = row_of_entitlement(entry.state, held)
    _take_gaps(rows, entry.event, entry.state.case_id, rows_of_case_gaps(entry.event, entry.state))
    if entry.referral:
        _take_referral(rows, entry.referral)


def _take_referral(rows: _Rows, entry: ReferralEntry) -> None:
    state, at = entry.state, entry.event.at
    event = row_of_referral_event(entry.event, state, entry.source)
    rows.events.append(event)
    rows.states[event["workflow_id"]] = {
        **_state_row(event, "referral"),
        "is_open": state.closed_at is None,
        "state": state,
    }
    rows.latest[state.referral_id] = state
    if entry.event.seq == 1:
        for right in rows_of_access(state):
            rows.access[state.referral_id, right["side"]] = right | {"until_at": None}
    receivers = rows.access[state.referral_id, Side.RECEIVER]
    receivers["until_at"] = receivers["until_at"] or receiver_sees_until(state, at)
    if state.conference:
        rows.conferences[state.referral_id] = row_of_conference(state, state.conference)
        _let_refused_be_seen(rows, state, at)
    if entry.event.ended:
        span = entry.event.ended.model_dump()
        rows.spans.append(span | {"referral_id": state.referral_id, "seq": entry.event.seq})
    _take_gaps(rows, entry.event, state.referral_id, rows_of_gaps(entry.event, state))


def _let_refused_be_seen(rows: _Rows, state: ReferralState, at: datetime) -> None:
    for refused in rows.latest.values():
        if refused.chain_id == state.chain_id and refused.status in NOT_WITH_RECEIVER:
            right = rows.access[refused.referral_id, Side.RECEIVER]
            right["until_at"] = refused_are_seen_until(state, right["until_at"], at)


def _take_gaps(
    rows: _Rows, event: ReferralEvent | CaseEvent, owner: UUID, opened: list[Row]
) -> None:
    for gap in opened:
        rows.gaps[owner, gap["seq"]] = gap | {"closed_at": None}
    for raised in event.gaps_raised:
        rows.gaps[owner, raised.seq]["level"] = raised.level
    for closed in event.gaps_closed:
        rows.gaps[owner, closed.seq]["closed_at"] = event.at


def _state_row(event: Row, kind: str) -> Row:
    return {
        "workflow_id": event["workflow_id"],
        "kind": kind,
        "seq": event["seq"],
        "written_at": event["at"],
    }


async def _keep_states(connection: AsyncConnection, rows: list[Row]) -> None:
    statement = upsert(workflow_states)
    replaced = {
        column.name: statement.excluded[column.name]
        for column in workflow_states.columns
        if not column.primary_key
    }
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["workflow_id"], set_=replaced),
        [row | {"state": row["state"].model_dump(mode="json")} for row in rows],
    )


async def _insert(connection: AsyncConnection, table: Table, rows: Iterable[Row]) -> None:
    if some := list(rows):
        await connection.execute(insert(table), some)
