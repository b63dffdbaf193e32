"""A case on paper: every row that it has before its workflow starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.cases.person_rows import row_of_person
from service.cases.schemas import NewConsent, NewMember
from service.cases.tables import cases, consents, paths, persons, steps
from service.ledger.rows import Row, row_of_case, rows_of_paths, rows_of_steps
from service.ledger.tables import workflow_states
from service.referrals.tables import access
from workflows.domain.actions import Side
from workflows.domain.case_state import CaseState
from workflows.names import case_workflow_id


@dataclass(frozen=True)
class Draft:
    """What is to be written. Members come with their ids, consents with their agency's, if any."""

    state: CaseState
    municipality: str
    members: tuple[tuple[UUID, NewMember], ...]
    consents: tuple[tuple[UUID | None, NewConsent], ...]


async def write_draft(connection: AsyncConnection, draft: Draft) -> None:
    """Write the case, its household, paths, consents and the office's access."""
    await write_drafts(connection, [draft])


async def write_drafts(connection: AsyncConnection, drafts: Sequence[Draft]) -> None:
    """Write several cases, each with all that belongs to it."""
    await _insert(connection, cases, [_case(draft) for draft in drafts])
    await _insert(connection, persons, _all(_persons(draft) for draft in drafts))
    await _insert(connection, paths, _all(rows_of_paths(draft.state) for draft in drafts))
    await _insert(connection, steps, _all(rows_of_steps(draft.state) for draft in drafts))
    await _insert(connection, consents, _all(_consents(draft) for draft in drafts))
    await _insert(connection, access, [_access(draft.state) for draft in drafts])
    await _insert(connection, workflow_states, [_workflow_state(draft.state) for draft in drafts])


async def _insert(connection: AsyncConnection, table: Table, rows: list[Row]) -> None:
    if rows:
        await connection.execute(insert(table), rows)


def _all(groups: Iterable[list[Row]]) -> list[Row]:
    return [row for group in groups for row in group]


def _case(draft: Draft) -> Row:
    return row_of_case(draft.state) | {
        "id": draft.state.case_id,
        "municipality": draft.municipality,
        "office_id": draft.state.office,
        "opened_at": draft.state.opened_at,
    }


def _access(state: CaseState) -> Row:
    return {
        "id": uuid7(),
        "agency_id": state.office,
        "case_id": state.case_id,
        "side": Side.SENDER,
        "from_at": state.opened_at,
    }


def _workflow_state(state: CaseState) -> Row:
    return {
        "workflow_id": case_workflow_id(state.case_id),
        "kind": "case",
        "seq": state.seq,
        "is_open": True,
        "state": state.model_dump(mode="json"),
        "written_at": state.opened_at,
    }


def _persons(draft: Draft) -> list[Row]:
    return [
        row_of_person(draft.state.case_id, member_id, member, position)
        for position, (member_id, member) in enumerate(draft.members)
    ]


def _consents(draft: Draft) -> list[Row]:
    return [
        {
            "id": uuid7(),
            "case_id": draft.state.case_id,
            "member_id": draft.members[consent.member][0],
            "agency_id": agency_id,
            "legal_area": consent.legal_area,
            "fields": [str(field) for field in consent.fields],
            "purpose": consent.purpose,
            "given_on": consent.given_at,
            "form": consent.form,
            "valid_until": consent.valid_until,
        }
        for agency_id, consent in draft.consents
    ]
