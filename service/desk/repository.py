"""The queries of the lists: a fixed number each, however long the list is."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case, sees_referral
from service.accounts.tables import users
from service.agencies.tables import agencies, municipalities
from service.cases.tables import cases, paths, persons, steps
from service.desk.items import FinishedCase, Inquiry, Station
from service.desk.rows import inquiry_of, station_of
from service.gaps.tables import gaps
from service.pathways.tables import pathway_versions
from service.referrals.tables import referrals
from workflows.domain.case_steps import FINISHED
from workflows.domain.pathway import Texts
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus

Titles = dict[tuple[str, int, str], Texts]

_name = persons.c.given_name + " " + persons.c.family_name
_of_the_path = and_(
    persons.c.case_id == paths.c.case_id,
    or_(persons.c.id == paths.c.member_id, paths.c.member_id.is_(None) & persons.c.names_case),
)
"""The person a path is for; for the whole household the one whom the case is named after."""


class Desk:
    """Reads the lists."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def stations(
        self,
        principal: Principal,
        now: datetime,
        *,
        limit: int,
        mine: bool = False,
        due_before: datetime | None = None,
    ) -> list[Station]:
        """Return the steps of the office's open cases on which a clock runs, by deadline.

        ``mine``: only of the cases that the principal manages. Two queries.
        """
        page = _page_of_stations(principal, now, limit, due_before, mine=mine).subquery()
        receiver = agencies.alias("receiver")
        rows = (
            await self._connection.execute(
                select(
                    page,
                    users.c.display_name.label("case_manager"),
                    paths.c.pathway,
                    _name.label("subject"),
                    referrals.c.status.label("referral_status"),
                    referrals.c.changed_seq,
                    receiver.c.id.label("receiver_id"),
                    receiver.c.key.label("receiver_key"),
                    receiver.c.name.label("receiver_name"),
                    receiver.c.telephone,
                    receiver.c.fax,
                    referrals.c.on_board,
                    func.coalesce(
                        _gap_level(gaps.c.referral_id == page.c.referral_id),
                        _gap_level(_unrouted(page)),
                    ).label("gap_level"),
                )
                .join(users, users.c.id == page.c.case_manager_id)
                .join(paths, paths.c.id == page.c.path_id)
                .join(persons, _of_the_path)
                .outerjoin(referrals, referrals.c.id == page.c.referral_id)
                .outerjoin(receiver, receiver.c.id == referrals.c.to_agency_id)
                .order_by(page.c.clock_due_at, page.c.path_id, page.c.key)
            )
        ).all()
        titles = await self._titles(rows)
        return [station_of(row, titles[row.pathway, row.version, row.key]) for row in rows]

    async def inquiries(
        self,
        principal: Principal,
        now: datetime,
        *,
        limit: int,
        party: str | None = None,
        due_before: datetime | None = None,
    ) -> list[Inquiry]:
        """Return the open requests to the principal's agency, by deadline. Two queries.

        ``party``: only those on that party's clock.
        """
        page = _page_of_inquiries(principal, now, limit, party, due_before).subquery()
        rows = (
            await self._connection.execute(
                select(
                    page,
                    paths.c.pathway,
                    steps.c.version,
                    case((page.c.fields.contains([PersonalData.NAME]), _name)).label("subject"),
                    municipalities.c.name.label("municipality"),
                    agencies.c.name.label("from_agency"),
                    users.c.display_name.label("claimant"),
                    _gap_level(gaps.c.referral_id == page.c.id).label("gap_level"),
                )
                .join(cases, cases.c.id == page.c.case_id)
                .join(municipalities, municipalities.c.ags == cases.c.municipality)
                .join(paths, paths.c.id == page.c.path_id)
                .join(steps, (steps.c.path_id == page.c.path_id) & (steps.c.key == page.c.key))
                .join(persons, _of_the_path)
                .join(agencies, agencies.c.id == page.c.from_agency_id)
                .outerjoin(users, users.c.id == page.c.claimed_by)
                .order_by(page.c.clock_due_at, page.c.id)
            )
        ).all()
        titles = await self._titles(rows)
        return [inquiry_of(row, titles[row.pathway, row.version, row.key]) for row in rows]

    async def finished_cases(
        self, principal: Principal, now: datetime, *, limit: int, mine: bool = False
    ) -> list[FinishedCase]:
        """Return the open cases in which nothing is left to do, the oldest first."""
        left = exists().where(steps.c.case_id == cases.c.id, steps.c.status.not_in(FINISHED))
        rows = await self._connection.execute(
            select(cases.c.id, _name.label("subject"), users.c.display_name)
            .join(users, users.c.id == cases.c.case_manager_id)
            .join(persons, (persons.c.case_id == cases.c.id) & persons.c.names_case)
            .where(*_cases_of(principal, now, mine=mine), ~left)
            .order_by(cases.c.opened_at, cases.c.id)
            .limit(limit)
        )
        return [FinishedCase(row.id, row.subject, row.display_name) for row in rows]

    async def _titles(self, rows: Any) -> Titles:
        wanted = {(row.pathway, row.version) for row in rows}
        found = await self._connection.execute(
            select(
                pathway_versions.c.key,
                pathway_versions.c.version,
                pathway_versions.c.definition["steps"].label("steps"),
            ).where(tuple_(pathway_versions.c.key, pathway_versions.c.version).in_(sorted(wanted)))
        )
        return {
            (row.key, row.version, step["key"]): Texts.model_validate(step["title"])
            for row in found
            for step in row.steps
        }


# The page is chosen before anything is joined to it: so it is read from the index on deadlines and
# costs the same however long the list is.


def _page_of_stations(
    principal: Principal, now: datetime, limit: int, due_before: datetime | None, *, mine: bool
) -> Select[Any]:
    return (
        select(
            steps.c.case_id,
            steps.c.path_id,
            steps.c.key,
            steps.c.clock_party,
            steps.c.clock_since,
            steps.c.clock_due_at,
            steps.c.referral_id,
            steps.c.version,
            cases.c.case_manager_id,
        )
        .join(cases, cases.c.id == steps.c.case_id)
        .where(
            *_cases_of(principal, now, mine=mine),
            steps.c.clock_due_at.is_not(None),
            *([steps.c.clock_due_at <= due_before] if due_before else []),
        )
        .order_by(steps.c.clock_due_at, steps.c.path_id, steps.c.key)
        .limit(limit)
    )


def _page_of_inquiries(
    principal: Principal,
    now: datetime,
    limit: int,
    party: str | None,
    due_before: datetime | None,
) -> Select[Any]:
    return (
        select(
            referrals.c.id,
            referrals.c.case_id,
            referrals.c.path_id,
            referrals.c.step.label("key"),
            referrals.c.from_agency_id,
            referrals.c.fields,
            referrals.c.status,
            referrals.c.clock_party,
            referrals.c.opened_at,
            referrals.c.clock_since,
            referrals.c.clock_due_at,
            referrals.c.claimed_by,
            referrals.c.changed_seq,
        )
        .where(
            referrals.c.to_agency_id == principal.agency_id,
            referrals.c.closed_at.is_(None),
            referrals.c.clock_due_at.is_not(None),
            *([referrals.c.clock_party == party] if party else []),
            *([referrals.c.clock_due_at <= due_before] if due_before else []),
            sees_referral(principal, now, referrals.c.id),
        )
        .order_by(referrals.c.clock_due_at, referrals.c.id)
        .limit(limit)
    )


def _cases_of(
    principal: Principal, now: datetime, *, mine: bool
) -> tuple[ColumnElement[bool], ...]:
    of_the_house = (
        cases.c.office_id == principal.agency_id,
        cases.c.status == CaseStatus.OPEN,
        sees_case(principal, now, cases.c.id),
    )
    return (*of_the_house, cases.c.case_manager_id == principal.user_id) if mine else of_the_house


def _unrouted(page: Subquery) -> ColumnElement[bool]:
    """Return the condition for the gaps of a step that nobody has sent on."""
    return and_(
        gaps.c.referral_id.is_(None),
        gaps.c.case_id == page.c.case_id,
        gaps.c.path_id == page.c.path_id,
        gaps.c.step == page.c.key,
    )


def _gap_level(of_the_line: ColumnElement[bool]) -> Any:
    """Return the level of the newest open gap of a line, as a column."""
    return (
        select(gaps.c.level)
        .where(of_the_line, gaps.c.closed_at.is_(None))
        .order_by(gaps.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
