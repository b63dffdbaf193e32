"""Acts on a referral, by the people of both sides."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.colleagues import Colleagues
from service.agencies.lookup import find_agency
from service.bootstrap import Container
from service.cases.notes import note_id_of, write_note
from service.days import refuse_future
from service.engine.confirming import confirmed
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import find_done, make_promise
from service.ledger.states import States
from service.referrals.built_upon import refuse_what_is_built_upon
from service.referrals.schemas import ActBody
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.appointments import Appointment
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import ActDone, Source
from workflows.domain.working_days import local_day
from workflows.names import referral_workflow_id


async def act_on_referral(
    container: Container,
    principal: Principal,
    referral_id: UUID,
    action: Action,
    body: ActBody,
    key: str,
) -> ActDone:
    """Carry out an act and return its receipt. The same key has one effect.

    Raises NotFound, UnusableEntry, KeyUsedForAnotherRequest, any broken rule of the domain, or
    EngineUnavailable (then the same key asks again).
    """
    now = container.clock.now()
    async with container.database.transaction() as connection:
        state = await States(connection).referral(principal, now, referral_id)
        if state is None:
            raise NotFound
        request = _Request(referral_id=referral_id, action=action, **dict(body))
        promise = await make_promise(connection, principal, key, request, referral_id, now)
        workflow_id = referral_workflow_id(referral_id)
        if not promise.is_new:
            done = await find_done(connection, workflow_id, promise.cause)
            if done:
                return done
        refuse_future(local_day(now), source=body.source.on if body.source else None)
        act = await _act(connection, principal, action, body)
        if promise.is_new:
            written = note_id_of(promise.cause) if body.note else None
            check(state, act.model_copy(update={"note_id": written}), now)
            if action is Action.UNDO:
                await refuse_what_is_built_upon(connection, state)
        note_id = await write_note(
            connection,
            principal,
            state.case_id,
            promise.cause,
            body.note,
            now,
            body.source.spoken_to if body.source else None,
        )
    act = act.model_copy(update={"note_id": note_id})

    async def recheck() -> None:
        async with container.database.transaction() as connection:
            if latest := await States(connection).referral(principal, now, referral_id):
                check(latest, act, now)

    return await confirmed(
        container.database,
        workflow_id,
        promise.cause,
        lambda: container.engine.act_on_referral(referral_id, act, promise.cause),
        recheck,
    )


class _Request(ActBody):
    """All that makes two requests the same one."""

    referral_id: UUID
    action: Action


async def _act(
    connection: AsyncConnection, principal: Principal, action: Action, body: ActBody
) -> ReferralAct:
    """Return the act; whom it names is looked up."""
    return ReferralAct(
        action=action,
        actor=principal,
        expected_seq=body.expected_seq,
        reason=body.reason,
        assignee=await _assignee(connection, principal, body.assignee),
        source=body.source and Source(channel=body.source.channel, on=body.source.on),
        until=body.until,
        party=body.party,
        agency=await _agency(connection, principal, body.agency),
        appointment=body.appointment and Appointment(**dict(body.appointment)),
        outcome=body.outcome,
        next_step=body.next_step,
    )


async def _agency(
    connection: AsyncConnection, principal: Principal, reference: str | None
) -> UUID | None:
    if reference is None:
        return None
    found = await find_agency(connection, principal, reference)
    if found is None:
        raise UnusableEntry("agency", "unknown-agency")
    return found.id


async def _assignee(
    connection: AsyncConnection, principal: Principal, reference: str | None
) -> UUID | None:
    if reference is None:
        return None
    found = await Colleagues(connection).find(principal, reference, Role.AGENCY_MEMBER)
    if found is None:
        raise UnusableEntry("assignee", "unknown-colleague")
    return found
