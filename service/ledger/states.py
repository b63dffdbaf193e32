"""The engine's own states, as last written: for checking before an act and for starting anew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import reader, reader_sees_referral, sees_case
from service.cases.tables import cases
from service.ledger.tables import events, workflow_states
from service.referrals.tables import referrals
from workflows.domain.case_state import CaseState
from workflows.domain.case_transfer import ANSWERS, WORKS_ON_CASES
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ReferralState
from workflows.names import case_workflow_id, referral_workflow_id


class States:
    """Reads states that the principal may see."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def case(self, principal: Principal, now: datetime, case_id: UUID) -> CaseState | None:
        """Return the state of a case, or None if there is none for the principal."""
        state = await self._connection.scalar(
            select(workflow_states.c.state)
            .join(cases, cases.c.id == case_id)
            .where(
                workflow_states.c.workflow_id == case_workflow_id(case_id),
                sees_case(principal, now, cases.c.id),
            )
        )
        return CaseState.model_validate(state) if state else None

    async def offered_case(
        self,
        principal: Principal,
        now: datetime,  # noqa: ARG002 - an offer has no other end than its answer
        case_id: UUID,
    ) -> CaseState | None:
        """Return the state of a case that is offered to the principal's office, or was.

        Whoever has answered gets the same answer again.
        """
        answered = exists().where(
            events.c.case_id == cases.c.id,
            events.c.actor_id == principal.user_id,
            events.c.action.in_(ANSWERS),
        )
        is_theirs = or_(cases.c.offered_to_id == principal.agency_id, answered)
        state = await self._connection.scalar(
            select(workflow_states.c.state)
            .join(cases, cases.c.id == case_id)
            .where(
                workflow_states.c.workflow_id == case_workflow_id(case_id),
                is_theirs if principal.role in WORKS_ON_CASES else false(),
            )
        )
        return CaseState.model_validate(state) if state else None

    async def referral(
        self, principal: Principal, now: datetime, referral_id: UUID
    ) -> ReferralState | None:
        """Return the state of a referral, or None if there is none for the principal."""
        wanted = {"of_workflow": referral_workflow_id(referral_id), "of_referral": referral_id}
        state = await self._connection.scalar(_OF_REFERRAL, wanted | reader(principal, now))
        return ReferralState.model_validate(state) if state else None


# Put together once: that costs more than sending it.
_OF_REFERRAL = (
    select(workflow_states.c.state)
    .join(referrals, referrals.c.id == bindparam("of_referral"))
    .where(
        workflow_states.c.workflow_id == bindparam("of_workflow"),
        reader_sees_referral(referrals.c.id),
    )
)
