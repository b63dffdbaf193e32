"""The queries of cases. Each takes the principal and shows only what that one may see."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.agencies.names import AgencyName
from service.agencies.tables import agencies, municipalities
from service.cases.elsewhere import elsewhere_by_member
from service.cases.household import is_taken_in
from service.cases.tables import cases, consents, paths, persons, steps
from service.cases.views import (
    CaseView,
    ClockView,
    ConsentView,
    Elsewhere,
    MemberView,
    OfferedTo,
    PathView,
    StepReferral,
    StepView,
)
from service.pathways.tables import pathway_versions
from service.referrals.tables import referrals
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal
from workflows.domain.statuses import StepStatus


def _offered_to(row: Row[Any]) -> OfferedTo | None:
    if row.offered_to_id is None:
        return None
    office = AgencyName(row.offered_to_id, row.offered_key, row.offered_name)
    return OfferedTo(office, row.offer_due_at)


class Cases:
    """Reads cases."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def find(self, principal: Principal, now: datetime, case_id: UUID) -> CaseView | None:
        """Return the case with everything in it, or None if there is none for the principal.

        Seven queries, whatever the size of the household.
        """
        offered = agencies.alias("offered")
        row = (
            await self._connection.execute(
                select(
                    cases,
                    municipalities.c.name.label("municipality_name"),
                    agencies.c.key.label("office_key"),
                    agencies.c.name.label("office_name"),
                    users.c.display_name.label("case_manager_name"),
                    offered.c.key.label("offered_key"),
                    offered.c.name.label("offered_name"),
                )
                .join(municipalities, municipalities.c.ags == cases.c.municipality)
                .join(agencies, agencies.c.id == cases.c.office_id)
                .join(users, users.c.id == cases.c.case_manager_id)
                .outerjoin(offered, offered.c.id == cases.c.offered_to_id)
                .where(cases.c.id == case_id, sees_case(principal, now, cases.c.id))
            )
        ).one_or_none()
        if row is None:
            return None
        elsewhere = await elsewhere_by_member(self._connection, principal, now, case_id)
        household = await self._household(case_id, elsewhere)
        return CaseView(
            id=row.id,
            status=row.status,
            municipality=row.municipality,
            municipality_name=row.municipality_name,
            office=AgencyName(row.office_id, row.office_key, row.office_name),
            case_manager_id=row.case_manager_id,
            case_manager_name=row.case_manager_name,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            outcome=row.outcome,
            seq=row.seq,
            household=household,
            paths=await self._paths(case_id, household),
            consents=await self._consents(case_id),
            offered_to=_offered_to(row),
        )

    async def _household(
        self, case_id: UUID, elsewhere: dict[UUID, list[Elsewhere]]
    ) -> list[MemberView]:
        rows = await self._connection.execute(
            select(
                persons.c.id,
                persons.c.given_name,
                persons.c.family_name,
                persons.c.birth_date,
                persons.c.languages,
                persons.c.role,
                persons.c.interpreter,
                persons.c.names_case,
                persons.c.joined_on,
                persons.c.left_on,
                persons.c.left_reason,
            )
            .where(persons.c.case_id == case_id, is_taken_in())
            .order_by(persons.c.position)
        )
        return [
            MemberView(**row._mapping, also_in=elsewhere.get(row.id, []))  # noqa: SLF001 - its public name
            for row in rows
        ]

    async def _paths(self, case_id: UUID, household: list[MemberView]) -> list[PathView]:
        members = {member.id: member for member in household}
        newest = (
            select(func.max(pathway_versions.c.version))
            .where(pathway_versions.c.key == paths.c.pathway)
            .scalar_subquery()
        )
        rows = (
            await self._connection.execute(
                select(paths, newest.label("newest_version"))
                .where(paths.c.case_id == case_id)
                .order_by(paths.c.position)
            )
        ).all()
        of_case = await self._steps(case_id)
        steps_of = {row.id: [step for step in of_case if step.path_id == row.id] for row in rows}
        pathways = await self._pathways(
            {
                (row.pathway, version)
                for row in rows
                for version in (row.version, *(step.version for step in steps_of[row.id]))
            }
        )
        return [
            PathView(
                id=row.id,
                pathway=pathways[row.pathway, row.version],
                member=members.get(row.member_id),
                steps=[
                    _step(step, pathways[row.pathway, step.version]) for step in steps_of[row.id]
                ],
                newest_version=row.newest_version,
            )
            for row in rows
        ]

    async def _pathways(self, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Pathway]:
        rows = await self._connection.execute(
            select(pathway_versions).where(
                tuple_(pathway_versions.c.key, pathway_versions.c.version).in_(sorted(wanted))
            )
        )
        return {(row.key, row.version): Pathway.model_validate(row.definition) for row in rows}

    async def _steps(self, case_id: UUID) -> list[Row[Any]]:
        responsible, receiver = agencies.alias("responsible"), agencies.alias("receiver")
        rows = await self._connection.execute(
            select(
                steps,
                responsible.c.key.label("responsible_key"),
                responsible.c.name.label("responsible_name"),
                referrals.c.status.label("referral_status"),
                referrals.c.on_board,
                receiver.c.id.label("receiver_id"),
                receiver.c.key.label("receiver_key"),
                receiver.c.name.label("receiver_name"),
            )
            .outerjoin(responsible, responsible.c.id == steps.c.responsible_id)
            .outerjoin(referrals, referrals.c.id == steps.c.referral_id)
            .outerjoin(receiver, receiver.c.id == referrals.c.to_agency_id)
            .where(steps.c.case_id == case_id)
            .order_by(steps.c.path_id, steps.c.position)
        )
        return list(rows)

    async def _consents(self, case_id: UUID) -> list[ConsentView]:
        rows = await self._connection.execute(
            select(consents, agencies.c.key, agencies.c.name)
            .outerjoin(agencies, agencies.c.id == consents.c.agency_id)
            .where(consents.c.case_id == case_id)
            .order_by(consents.c.given_on, consents.c.id)
        )
        return [
            ConsentView(
                id=row.id,
                member_id=row.member_id,
                agency=AgencyName(row.agency_id, row.key, row.name) if row.agency_id else None,
                legal_area=row.legal_area,
                fields=row.fields,
                purpose=row.purpose,
                given_on=row.given_on,
                form=row.form,
                valid_until=row.valid_until,
                withdrawn_on=row.withdrawn_on,
            )
            for row in rows
        ]


def _step(row: Row[Any], pathway: Pathway) -> StepView:
    return StepView(
        key=row.key,
        legal_area=row.legal_area,
        status=row.status,
        responsible=_agency(row.responsible_id, row.responsible_key, row.responsible_name),
        clock=_clock(row),
        referral=row.referral_status
        and StepReferral(
            row.referral_id,
            row.referral_status,
            AgencyName(row.receiver_id, row.receiver_key, row.receiver_name),
            row.on_board,
        ),
        definition=pathway.step(row.key),
        version=row.version,
    )


def _clock(row: Row[Any]) -> ClockView | None:
    """Return the step's clock; while it is asked whether its effect has come, it is done."""
    if row.clock_party is None or row.status == StepStatus.DONE:
        return None
    return ClockView(row.clock_party, row.clock_since, row.clock_due_at)


def _agency(agency_id: UUID | None, key: str, name: str) -> AgencyName | None:
    return AgencyName(agency_id, key, name) if agency_id else None
