"""From the views of cases to what programs get."""

from uuid import UUID

from service.agencies.answers import AgencyLink
from service.cases.answers import (
    CaseAnswer,
    CaseLine,
    ClockAnswer,
    ConsentAnswer,
    MemberAnswer,
    OfferedToAnswer,
    PathAnswer,
    PersonLink,
    StepAnswer,
    StepReferralAnswer,
)
from service.cases.listing import CaseRow
from service.cases.views import CaseView, PathView, StepView
from workflows.domain.statuses import CaseStatus, StepStatus


def show_case(view: CaseView) -> CaseAnswer:
    """Return the case as programs see it."""
    index = {member.id: position for position, member in enumerate(view.household)}
    return CaseAnswer(
        id=view.id,
        status=CaseStatus(view.status),
        municipality=view.municipality,
        office=AgencyLink.model_validate(view.office),
        case_manager=PersonLink(id=view.case_manager_id, name=view.case_manager_name),
        opened_at=view.opened_at,
        closed_at=view.closed_at,
        outcome=view.outcome,
        seq=view.seq,
        household=[MemberAnswer.model_validate(member) for member in view.household],
        paths=[_show_path(path, index) for path in view.paths],
        consents=[
            ConsentAnswer(
                id=consent.id,
                member=index[consent.member_id],
                agency=consent.agency and AgencyLink.model_validate(consent.agency),
                legal_area=consent.legal_area,
                fields=consent.fields,
                purpose=consent.purpose,
                given_at=consent.given_on,
                form=consent.form,
                valid_until=consent.valid_until,
                withdrawn_at=consent.withdrawn_on,
            )
            for consent in view.consents
        ],
        offered_to=view.offered_to and OfferedToAnswer.model_validate(view.offered_to),
    )


def _show_path(path: PathView, index: dict[UUID, int]) -> PathAnswer:
    return PathAnswer(
        id=path.id,
        pathway=path.pathway.key,
        version=path.pathway.version,
        member=index[path.member.id] if path.member else None,
        steps=[_show_step(step) for step in path.steps],
    )


def _show_step(step: StepView) -> StepAnswer:
    return StepAnswer(
        key=step.key,
        version=step.version,
        legal_area=step.legal_area,
        status=StepStatus(step.status),
        responsible=step.responsible and AgencyLink.model_validate(step.responsible),
        clock=step.clock and ClockAnswer.model_validate(step.clock),
        referral=step.referral and StepReferralAnswer.model_validate(step.referral),
    )


def show_line(row: CaseRow) -> CaseLine:
    """Return a line of the list."""
    return CaseLine(
        id=row.id,
        status=CaseStatus(row.status),
        municipality=row.municipality,
        office=AgencyLink.model_validate(row.office),
        case_manager=PersonLink(id=row.case_manager_id, name=row.case_manager_name),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )
