"""From the views of cases to what programs get."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from service.agencies.answers import AgencyLink
from service.cases.answers import (
    AlsoInAnswer,
    AlsoInOfMember,
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
from service.cases.household import Member
from service.cases.listing import CaseRow
from service.cases.views import CaseView, Elsewhere, MemberView, PathView, StepView
from workflows.domain.reasons import LeavingReason
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
        household=[_show_member(member) for member in view.household],
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


def show_also_in(elsewhere: Iterable[Elsewhere]) -> list[AlsoInAnswer]:
    """Return the other cases of somebody as programs see them."""
    return [
        AlsoInAnswer(case=one.case_id, office=AgencyLink.model_validate(one.office))
        for one in elsewhere
    ]


def show_also_in_of(
    household: Sequence[Member], elsewhere: Mapping[UUID, Iterable[Elsewhere]]
) -> list[AlsoInOfMember]:
    """Return the other cases of a whole household, by the numbers of its members."""
    return [
        AlsoInOfMember(member=number, **dict(one))
        for number, member in enumerate(household)
        for one in show_also_in(elsewhere.get(member.id, []))
    ]


def _show_member(member: MemberView) -> MemberAnswer:
    return MemberAnswer(
        id=member.id,
        given_name=member.given_name,
        family_name=member.family_name,
        birth_date=member.birth_date,
        languages=member.languages,
        role=member.role,
        interpreter=member.interpreter,
        joined_on=member.joined_on,
        left_on=member.left_on,
        left_reason=None if member.left_reason is None else LeavingReason(member.left_reason),
        also_in=show_also_in(member.also_in),
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
