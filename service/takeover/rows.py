"""What lies behind a case before its first event: people, paths, consents."""

from dataclasses import dataclass
from uuid import UUID

from uuid_utils.compat import uuid7

from service.cases.schemas import NewConsent
from service.ledger.rows import Row
from service.takeover.errors import DoneOutOfOrder, UnknownName
from service.takeover.known import Known
from service.takeover.models import PastStepAct, StartedPath, TakenOverCase
from workflows.domain.case_paths import new_path
from workflows.domain.case_state import CaseState, PathState
from workflows.domain.household import HouseholdFact, facts_of
from workflows.domain.pathway import Pathway
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day


@dataclass(frozen=True)
class WrittenCase:
    """A case as it stood on its first day; ids of members and consents by position."""

    draft: CaseState
    members: list[UUID]
    consents: list[UUID]


def write_down(case_id: UUID, case: TakenOverCase, known: Known) -> WrittenCase:
    """Return the case as it was opened. Raises UnknownName, DoneOutOfOrder."""
    members = [uuid7() for _ in case.household]
    manager = known.people[case.case_manager]
    facts = facts_of((one.birth_date for one in case.household), local_day(case.opened_at))
    draft = CaseState(
        case_id=case_id,
        office=known.agencies[case.office].id,
        case_manager=manager.user_id,
        opened_by=manager,
        opened_at=case.opened_at,
        paths=tuple(
            _begun(
                path,
                pathway,
                None if path.member is None else members[path.member],
                facts,
                _under_way(case, position),
            )
            for position, (path, pathway) in enumerate(zip(case.paths, known.pathways, strict=True))
        ),
    )
    return WrittenCase(draft=draft, members=members, consents=[uuid7() for _ in case.consents])


def rows_of_consents(case: TakenOverCase, written: WrittenCase, known: Known) -> list[Row]:
    """Return the consents; the acts refer to them, so their ids are known before."""
    return [
        _row_of_consent(consent, known)
        | {
            "id": consent_id,
            "case_id": written.draft.case_id,
            "member_id": written.members[consent.member],
        }
        for consent_id, consent in zip(written.consents, case.consents, strict=True)
    ]


def _under_way(case: TakenOverCase, position: int) -> frozenset[str]:
    """Name the steps that the path at that position has come to."""
    acted_on = {
        act.step for act in case.acts if isinstance(act, PastStepAct) and act.path == position
    }
    stands_at = case.paths[position].stands_at
    return frozenset(acted_on | ({stands_at} if stands_at else set()))


def _begun(
    path: StartedPath,
    pathway: Pathway,
    member_id: UUID | None,
    facts: frozenset[HouseholdFact],
    under_way: frozenset[str],
) -> PathState:
    """Return the path with the steps done that were finished before anybody wrote here."""
    new = new_path(uuid7(), pathway, member_id, facts, under_way)
    for key in path.done:
        try:
            step = pathway.step(key)
        except KeyError:
            raise UnknownName("step of this pathway with the key", key) from None
        if not step.after.met_by(path.done, new.passed_over):
            raise DoneOutOfOrder(key)
    steps = tuple(
        step.model_copy(update={"status": StepStatus.DONE}) if step.key in path.done else step
        for step in new.steps
    )
    return new.model_copy(update={"steps": steps})


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
