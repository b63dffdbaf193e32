"""The queries of referrals. Each takes the principal and shows only what that one may see."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import reader, reader_sees_referral
from service.accounts.tables import users
from service.agencies.names import AgencyName
from service.agencies.tables import agencies, municipalities
from service.cases.definitions import DESCRIBES_STEP
from service.cases.household import is_meant_by
from service.cases.tables import cases, notes, paths, persons, steps
from service.cases.views import ClockView
from service.ledger.tables import events, workflow_states
from service.pathways.tables import pathway_versions
from service.referrals.built_upon import is_built_upon
from service.referrals.chain import read_chain
from service.referrals.tables import clock_spans, referrals
from service.referrals.views import (
    ConferenceView,
    EventView,
    GapView,
    LinkView,
    ReceiverView,
    ReferralView,
    SpanView,
    SubjectView,
)
from workflows.domain.actions import Action, Side
from workflows.domain.pathway import Pathway
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.referral_rules import allowed_actions, side_of
from workflows.domain.referral_state import ReferralState
from workflows.names import referral_workflow_id


class Referrals:
    """Reads referrals."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def find(
        self, principal: Principal, now: datetime, referral_id: UUID
    ) -> ReferralView | None:
        """Return the referral with its history, or None if there is none for the principal."""
        row = await self._row(principal, now, referral_id)
        if row is None:
            return None
        state = ReferralState.model_validate(row.state)
        side = side_of(state, principal) or Side.RECEIVER
        pathway = Pathway.model_validate(row.definition)
        shown = set(PersonalData) if side is Side.SENDER else set(row.fields)
        subjects = await self._subjects(row, shown)
        chain, conference = await self._chain(row, state)
        return ReferralView(
            id=row.id,
            case_id=row.case_id,
            path_id=row.path_id,
            pathway=pathway,
            definition=pathway.step(row.step),
            side=side,
            from_agency=AgencyName(row.from_agency_id, row.from_key, row.from_name),
            to_agency=ReceiverView(
                row.to_agency_id, row.to_key, row.to_name, row.on_board, row.telephone, row.fax
            ),
            case_manager=row.case_manager_name,
            municipality=row.municipality,
            municipality_name=row.municipality_name,
            status=row.status,
            standing=state.standing,
            business_status=row.business_status,
            appointment=state.appointment,
            competent_agency=await self._agency(state.competent_agency),
            interpreter=state.interpreter,
            outcome=state.outcome,
            bounces=len(state.bounced),
            chain=chain,
            conference=conference,
            claimed_by_id=row.claimed_by,
            claimed_by=row.claimed_by_name,
            opened_at=row.opened_at,
            referred_at=row.referred_at,
            closed_at=row.closed_at,
            clock=row.clock_party and ClockView(row.clock_party, row.clock_since, row.clock_due_at),
            seq=row.seq,
            changed_seq=row.changed_seq,
            responsible=_responsible(row),
            predecessor_id=row.predecessor_id,
            successor_id=row.successor_id,
            fields=row.fields,
            basis_consent_id=row.basis_consent_id,
            basis_statute=row.basis_statute,
            application_benefit=row.application_benefit,
            application_office_id=row.application_office_id,
            application_filed_on=row.application_filed_on,
            subjects=subjects,
            household_size=row.household_size if PersonalData.HOUSEHOLD in shown else None,
            note=row.note if PersonalData.NOTE in shown else None,
            spans=await self._spans(row),
            events=await self._events(referral_id),
            gaps=[GapView(gap.kind, gap.party, gap.level, gap.opened_at) for gap in state.gaps],
            allowed=await self._allowed(state, principal, now),
        )

    async def _row(self, principal: Principal, now: datetime, referral_id: UUID) -> Row[Any] | None:
        wanted = {
            "of_workflow": referral_workflow_id(referral_id),
            "of_referral": referral_id,
        } | reader(principal, now)
        row: Row[Any] | None = (await self._connection.execute(_REFERRAL, wanted)).one_or_none()
        return row

    async def _chain(
        self, row: Row[Any], state: ReferralState
    ) -> tuple[list[LinkView], ConferenceView | None]:
        is_alone = row.predecessor_id is None and row.successor_id is None
        if is_alone and state.competent_agency is None:
            return [], None
        return await read_chain(self._connection, state.chain_id)

    async def _allowed(
        self, state: ReferralState, principal: Principal, now: datetime
    ) -> list[Action]:
        allowed = allowed_actions(state, principal, now)
        if Action.UNDO in allowed and await is_built_upon(self._connection, state):
            allowed.remove(Action.UNDO)
        return allowed

    async def _subjects(self, referral: Row[Any], shown: set[str]) -> list[SubjectView]:
        """Read of the persons only the columns that may be shown."""
        columns: list[ColumnElement[Any]] = []
        if PersonalData.NAME in shown:
            columns.append((persons.c.given_name + " " + persons.c.family_name).label("name"))
        if PersonalData.BIRTH_DATE in shown:
            columns.append(persons.c.birth_date)
        if PersonalData.LANGUAGES in shown:
            columns.append(persons.c.languages)
        if not columns:
            return []
        query = select(*columns).where(persons.c.case_id == referral.case_id)
        of_all = referral.member_id is None
        query = query.where(
            is_meant_by(referral.opened_at) if of_all else persons.c.id == referral.member_id
        )
        rows = await self._connection.execute(query.order_by(persons.c.position))
        return [
            SubjectView(
                name=getattr(row, "name", None),
                birth_date=getattr(row, "birth_date", None),
                languages=getattr(row, "languages", None),
            )
            for row in rows
        ]

    async def _agency(self, agency_id: UUID | None) -> AgencyName | None:
        if agency_id is None:
            return None
        query = select(agencies.c.id, agencies.c.key, agencies.c.name)
        row = (await self._connection.execute(query.where(agencies.c.id == agency_id))).one()
        return AgencyName(row.id, row.key, row.name)

    async def _spans(self, referral: Row[Any]) -> list[SpanView]:
        rows = await self._connection.execute(_SPANS, {"of_referral": referral.id})
        spans = [SpanView(row.party, row.status, row.since, row.until, None) for row in rows]
        if referral.clock_party:
            spans.append(
                SpanView(
                    referral.clock_party,
                    referral.status,
                    referral.clock_since,
                    None,
                    referral.clock_due_at,
                )
            )
        return spans

    async def _events(self, referral_id: UUID) -> list[EventView]:
        rows = await self._connection.execute(_EVENTS, {"of_referral": referral_id})
        return [
            EventView(
                seq=row.seq,
                at=row.at,
                actor=row.display_name,
                house=row.house_name,
                action=row.action,
                status=row.status,
                reason=row.reason,
                note=None if row.action == "request" else row.body or None,
                channel=(row.details.get("source") or {}).get("channel"),
                spoken_to=row.spoken_to,
                undoes=row.details.get("undoes"),
                imported=row.source == "import",
            )
            for row in rows
        ]


def _responsible(row: Row[Any]) -> AgencyName | None:
    if row.responsible_id is None:
        return None
    return AgencyName(row.responsible_id, row.responsible_key, row.responsible_name)


# Put together once: that costs more than sending them.
_SENDER, _RECEIVER = agencies.alias("sender"), agencies.alias("receiver")
_RESPONSIBLE, _HOUSE = agencies.alias("responsible"), agencies.alias("house")
_MANAGER, _CLAIMANT = users.alias("manager"), users.alias("claimant")
_SUCCESSOR = referrals.alias("successor")

_REFERRAL: Select[Any] = (
    select(
        referrals,
        _SENDER.c.key.label("from_key"),
        _SENDER.c.name.label("from_name"),
        _RECEIVER.c.key.label("to_key"),
        _RECEIVER.c.name.label("to_name"),
        _RECEIVER.c.telephone,
        _RECEIVER.c.fax,
        _MANAGER.c.display_name.label("case_manager_name"),
        _CLAIMANT.c.display_name.label("claimed_by_name"),
        cases.c.municipality,
        municipalities.c.name.label("municipality_name"),
        paths.c.member_id,
        pathway_versions.c.definition,
        notes.c.body.label("note"),
        _RESPONSIBLE.c.id.label("responsible_id"),
        _RESPONSIBLE.c.key.label("responsible_key"),
        _RESPONSIBLE.c.name.label("responsible_name"),
        workflow_states.c.state,
        select(_SUCCESSOR.c.id)
        .where(_SUCCESSOR.c.predecessor_id == referrals.c.id)
        .scalar_subquery()
        .label("successor_id"),
        select(func.count())
        .where(persons.c.case_id == referrals.c.case_id, is_meant_by(referrals.c.opened_at))
        .scalar_subquery()
        .label("household_size"),
    )
    .select_from(referrals)
    .join(workflow_states, workflow_states.c.workflow_id == bindparam("of_workflow"))
    .join(cases, cases.c.id == referrals.c.case_id)
    .join(municipalities, municipalities.c.ags == cases.c.municipality)
    .join(paths, paths.c.id == referrals.c.path_id)
    .join(steps, (steps.c.path_id == referrals.c.path_id) & (steps.c.key == referrals.c.step))
    .join(pathway_versions, DESCRIBES_STEP)
    .join(_SENDER, _SENDER.c.id == referrals.c.from_agency_id)
    .join(_RECEIVER, _RECEIVER.c.id == referrals.c.to_agency_id)
    .join(_MANAGER, _MANAGER.c.id == cases.c.case_manager_id)
    .outerjoin(_CLAIMANT, _CLAIMANT.c.id == referrals.c.claimed_by)
    .outerjoin(notes, notes.c.id == referrals.c.note_id)
    .outerjoin(
        _RESPONSIBLE,
        (_RESPONSIBLE.c.id == steps.c.responsible_id) & (steps.c.referral_id == referrals.c.id),
    )
    .where(referrals.c.id == bindparam("of_referral"), reader_sees_referral(referrals.c.id))
)

_SPANS: Select[Any] = (
    select(clock_spans)
    .where(clock_spans.c.referral_id == bindparam("of_referral"))
    .order_by(clock_spans.c.seq)
)

_EVENTS: Select[Any] = (
    select(
        events,
        users.c.display_name,
        _HOUSE.c.name.label("house_name"),
        notes.c.body,
        notes.c.spoken_to,
    )
    .outerjoin(users, users.c.id == events.c.actor_id)
    .outerjoin(_HOUSE, _HOUSE.c.id == events.c.actor_agency_id)
    .outerjoin(notes, notes.c.id == events.c.note_id)
    .where(events.c.referral_id == bindparam("of_referral"))
    .order_by(events.c.seq)
)
