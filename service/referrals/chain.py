"""The chain: every agency that a step was sent to in turn, and the case conference about it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, Uuid, bindparam, case, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.names import AgencyName
from service.agencies.tables import agencies
from service.cases.tables import notes
from service.ledger.tables import events, workflow_states
from service.referrals.tables import conferences, referrals
from service.referrals.views import ConferenceView, LinkView
from workflows.domain.actions import Action

_REFUSALS = (Action.REJECT, Action.REDIRECT, Action.FAIL)
_CHAIN = bindparam("chain", type_=Uuid)


async def read_chain(
    connection: AsyncConnection, chain_id: UUID
) -> tuple[list[LinkView], ConferenceView | None]:
    """Return the requests of a chain in their order, and its latest conference.

    Whoever sees one of its referrals may see them: who was asked, when, and what came of it.
    """
    links = (await connection.execute(_LINKS, {"chain": chain_id})).all()
    conference = (await connection.execute(_CONFERENCE, {"chain": chain_id})).one_or_none()
    return [_link(row) for row in links], conference and _conference(conference)


def _link(row: Row[Any]) -> LinkView:
    competent = None
    if row.competent_id:
        competent = AgencyName(row.competent_id, row.competent_key, row.competent_name)
    return LinkView(
        id=row.id,
        agency=AgencyName(row.agency_id, row.agency_key, row.agency_name),
        opened_at=row.opened_at,
        status=row.status,
        business_status=row.business_status,
        reason=row.reason,
        competent_agency=competent,
    )


def _conference(row: Row[Any]) -> ConferenceView:
    agreed = AgencyName(row.id, row.key, row.name) if row.id else None
    return ConferenceView(row.opened_at, row.closed_at, agreed, row.next_step, row.body)


def _links() -> Select[Any]:
    asked, competent = agencies.alias("asked"), agencies.alias("competent")
    workflow_id = literal("referral-") + cast(referrals.c.id, Text)
    refusal = (
        select(events.c.reason)
        .where(events.c.referral_id == referrals.c.id, events.c.action.in_(_REFUSALS))
        .order_by(events.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    named = cast(workflow_states.c.state["competent_agency"].astext, Uuid)
    return (
        select(
            referrals.c.id,
            referrals.c.opened_at,
            referrals.c.status,
            referrals.c.business_status,
            refusal.label("reason"),
            asked.c.id.label("agency_id"),
            asked.c.key.label("agency_key"),
            asked.c.name.label("agency_name"),
            competent.c.id.label("competent_id"),
            competent.c.key.label("competent_key"),
            competent.c.name.label("competent_name"),
        )
        .join(asked, asked.c.id == referrals.c.to_agency_id)
        .join(workflow_states, workflow_states.c.workflow_id == workflow_id)
        .outerjoin(competent, competent.c.id == named)
        .where(referrals.c.chain_id == _CHAIN)
        .order_by(referrals.c.opened_at, referrals.c.id)
    )


def _latest_conference() -> Select[Any]:
    """The note of its result is the one of the latest ``confer``."""
    said = (
        select(notes.c.body)
        .join(events, events.c.note_id == notes.c.id)
        .where(events.c.referral_id == conferences.c.referral_id, events.c.action == Action.CONFER)
        .order_by(events.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    has_a_result = conferences.c.agreed_agency_id.is_not(None) | conferences.c.next_step.is_not(
        None
    )
    return (
        select(
            conferences.c.opened_at,
            conferences.c.closed_at,
            conferences.c.next_step,
            agencies.c.id,
            agencies.c.key,
            agencies.c.name,
            case((has_a_result, said)).label("body"),
        )
        .outerjoin(agencies, agencies.c.id == conferences.c.agreed_agency_id)
        .where(conferences.c.chain_id == _CHAIN)
        .order_by(conferences.c.opened_at.desc())
        .limit(1)
    )


# Put together once: that costs more than sending them.
_LINKS, _CONFERENCE = _links(), _latest_conference()
