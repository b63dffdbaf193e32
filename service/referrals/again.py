"""Going on after a referral came back: its step goes to an agency again, or is left out.

The referral belongs to the step that it was sent for, so both are acts on the case. The case
learns from a signal that a referral came back: who is faster than that waits for it.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import waive_step
from service.cases.schemas import Body, NewReferral, ReferAgain, WaiveStep
from service.engine.engine import EngineUnavailable
from service.errors import NotFound
from service.ledger.promises import KeyUsedForAnotherRequest
from service.ledger.states import States
from service.ledger.tables import idempotency_keys
from service.referrals.sending import send_referral
from service.web.text import Paragraphs
from workflows.domain.actions import Side
from workflows.domain.case_state import CaseState
from workflows.domain.errors import IllegalMove, NotInvolved, RuleBroken, StaleView
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.referral_rules import side_of
from workflows.domain.referral_state import ActDone, ReferralState

LOOKS = 50
SECONDS_BETWEEN_LOOKS = 0.1


class WaiveReferral(Body):
    """Why a step is left out whose referral came back."""

    reason: Reason
    note: Paragraphs | None = None


async def refer_again(
    container: Container,
    principal: Principal,
    referral_id: UUID,
    body: ReferAgain,
    key: str,
    expected_seq: int | None = None,
) -> UUID:
    """Send the step of a referral that came back to an agency; return the new referral's id.

    Raises what ``send_referral`` raises; IllegalMove if the referral did not come back, or if the
    step has gone on since; StaleView if somebody acted after ``expected_seq``.
    """
    state = await _came_back(container, principal, referral_id, "refer-again", key, expected_seq)
    new = NewReferral(step=state.step, path=state.path_id, **dict(body))
    successor = await send_referral(container, principal, state.case_id, new, key)
    if successor == referral_id:
        # The key is the one under which this very referral was sent, to the same agency.
        raise KeyUsedForAnotherRequest(happened=True)
    return successor


async def waive_referral(
    container: Container,
    principal: Principal,
    referral_id: UUID,
    body: WaiveReferral,
    key: str,
    expected_seq: int | None = None,
) -> ActDone:
    """Leave out the step of a referral that came back, and let the referral end with it.

    Raises what ``waive_step`` raises, and IllegalMove and StaleView as ``refer_again`` does.
    """
    state = await _came_back(container, principal, referral_id, "waive", key, expected_seq)
    waiver = WaiveStep(path=state.path_id, **dict(body))
    done = await waive_step(container, principal, state.case_id, state.step, waiver, key)
    await _until(container, principal, referral_id, lambda _case, referral: not _is_back(referral))
    return done


async def _came_back(
    container: Container,
    principal: Principal,
    referral_id: UUID,
    action: str,
    key: str,
    expected_seq: int | None,
) -> ReferralState:
    """Return the referral, having made sure that its step can go on from it."""
    if not await _until(container, principal, referral_id, _case_knows):
        raise EngineUnavailable
    async with container.database.transaction() as connection:
        case, referral = await _states(container, connection, principal, referral_id)
        try:
            _check_came_back(case, referral, principal, action, expected_seq)
        except RuleBroken:
            # An act that comes again meets what it did itself; it gets its answer further on.
            if not await _was_sent_before(connection, principal, key):
                raise
    return referral


def _check_came_back(
    case: CaseState | None,
    referral: ReferralState,
    principal: Principal,
    action: str,
    expected_seq: int | None,
) -> None:
    if case is None or side_of(referral, principal) is not Side.SENDER:
        raise NotInvolved(action=action)
    step = case.find(referral.path_id, referral.step)
    if step is None or step.referral_id != referral.referral_id or not step.unsettled:
        raise IllegalMove(action=action, status=referral.status)
    if expected_seq is not None and expected_seq < referral.changed_seq:
        raise StaleView(action=action, status=referral.status)


def _case_knows(case: CaseState | None, referral: ReferralState) -> bool:
    step = case.find(referral.path_id, referral.step) if case else None
    if step is None or step.referral_id != referral.referral_id or not _is_back(referral):
        return True
    return step.referral_seq >= referral.moved_seq


def _is_back(referral: ReferralState) -> bool:
    return referral.status in BACK_WITH_SENDER and referral.closed_at is None


async def _until(
    container: Container,
    principal: Principal,
    referral_id: UUID,
    holds: Callable[[CaseState | None, ReferralState], bool],
) -> bool:
    """Look until it holds; False if it still does not after five seconds."""
    for _ in range(LOOKS):
        async with container.database.transaction() as connection:
            if holds(*await _states(container, connection, principal, referral_id)):
                return True
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    return False


async def _states(
    container: Container, connection: AsyncConnection, principal: Principal, referral_id: UUID
) -> tuple[CaseState | None, ReferralState]:
    """Return case and referral as last written. The case is None for those who do not see it."""
    now, states = container.clock.now(), States(connection)
    referral = await states.referral(principal, now, referral_id)
    if referral is None:
        raise NotFound
    return await states.case(principal, now, referral.case_id), referral


async def _was_sent_before(connection: AsyncConnection, principal: Principal, key: str) -> bool:
    found = await connection.scalar(
        select(
            exists().where(
                idempotency_keys.c.user_id == principal.user_id, idempotency_keys.c.key == key
            )
        )
    )
    return bool(found)
