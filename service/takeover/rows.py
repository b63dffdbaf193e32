"""The rows that lie behind a case before its first event: people, paths, consents, access."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.cases.draft import Draft, write_draft
from service.cases.opening import path_state
from service.cases.schemas import NewConsent
from service.cases.tables import consents
from service.ledger.rows import Row
from service.takeover.known import Known
from service.takeover.models import TakenOverCase
from workflows.domain.case_state import CaseState


@dataclass(frozen=True)
class WrittenCase:
    """A case that stands in its tables as a draft; ids of members and consents by position."""

    draft: CaseState
    members: list[UUID]
    consents: list[UUID]


async def write_rows(
    connection: AsyncConnection, case_id: UUID, case: TakenOverCase, known: Known
) -> WrittenCase:
    """Write everything that people told us, and let the case's office see it."""
    members = [uuid7() for _ in case.household]
    draft = _draft(case_id, case, known, members)
    await write_draft(
        connection,
        Draft(
            state=draft,
            municipality=case.municipality,
            members=tuple(zip(members, case.household, strict=True)),
            consents=(),
        ),
    )
    # Written here and not with the draft: the acts refer to them, so their ids must be known.
    given = [uuid7() for _ in case.consents]
    if case.consents:
        rows = [
            _row_of_consent(consent, known)
            | {"id": consent_id, "case_id": case_id, "member_id": members[consent.member]}
            for consent_id, consent in zip(given, case.consents, strict=True)
        ]
        await connection.execute(insert(consents), rows)
    return WrittenCase(draft=draft, members=members, consents=given)


def _draft(case_id: UUID, case: TakenOverCase, known: Known, members: list[UUID]) -> CaseState:
    manager = known.people[case.case_manager]
    return CaseState(
        case_id=case_id,
        office=known.agencies[case.office].id,
        case_manager=manager.user_id,
        opened_by=manager,
        opened_at=case.opened_at,
        paths=tuple(
            path_state(pathway, None if path.member is None else members[path.member])
            for path, pathway in zip(case.paths, known.pathways, strict=True)
        ),
    )


def _row_of_consent(consent: NewConsent, known: Known) -> Row:
    return {
        "agency_id": known.agencies[consent.agency].id if consent.agency else None,
        "legal_area": consent.legal_area,
        "fields": [str(field) for field in consent.fields],
        "purpose": consent.purpose,
        "given_on": consent.given_at,
        "form": consent.form,
        "valid_until": consent.valid_until,
    }
