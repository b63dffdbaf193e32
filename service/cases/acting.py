"""Acts on a case: leaving a step out, handing it to a colleague, closing it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.colleagues import Colleagues
from service.bootstrap import Container
from service.cases.notes import write_note
from service.cases.schemas import AssignCase, CloseCase, ReopenCase, WaiveStep
from service.engine.confirming import confirmed
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import Promise, find_done, make_promise
from service.ledger.states import States
from service.referrals.sending import path_with_step
from workflows.domain.case import check_assign, check_close, check_waive
from workflows.domain.case_acts import Assign, Close, Reopen, Waive
from workflows.domain.case_reopening import check_reopen
from workflows.domain.case_state import CaseState
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_state import ActDone
from workflows.names import case_workflow_id

Act = TypeVar("Act")


class CaseRequest(BaseModel):
    """All that makes two requests the same one."""

    case_id: UUID
    action: str
    body: str

    @classmethod
    def of(cls, case_id: UUID, action: str, body: BaseModel) -> "CaseRequest":
        """Put them together; defaults are left out, as in every request that is compared."""
        content = body.model_dump_json(exclude_defaults=True)
        return cls(case_id=case_id, action=action, body=content)


async def waive_step(
    container: Container, principal: Principal, case_id: UUID, step: str, body: WaiveStep, key: str
) -> ActDone:
    """Leave a step out. Raises what ``carry_out`` does, UnknownStep and ReasonMissing among it."""

    async def prepare(connection: AsyncConnection, state: CaseState, promise: Promise) -> Waive:
        path = path_with_step(state, step, body.path)
        now = container.clock.now()
        return Waive(
            actor=principal,
            path_id=path.path_id,
            step=step,
            reason=body.reason,
            note_id=await write_note(connection, principal, case_id, promise.cause, body.note, now),
        )

    request = CaseRequest.of(case_id, f"waive {step}", body)
    send = by_id(container.engine.waive)
    return await carry_out(container, principal, key, request, prepare, check_waive, send)


async def assign_case(
    container: Container, principal: Principal, case_id: UUID, body: AssignCase, key: str
) -> ActDone:
    """Give the case to a colleague of the office."""

    async def prepare(connection: AsyncConnection, _state: CaseState, _promise: Promise) -> Assign:
        colleague = await Colleagues(connection).find(
            principal, body.case_manager, Role.CASE_MANAGER
        )
        if colleague is None:
            raise UnusableEntry("case_manager", "unknown-colleague")
        return Assign(actor=principal, case_manager=colleague)

    request = CaseRequest.of(case_id, "assign", body)
    send = by_id(container.engine.assign)
    return await carry_out(container, principal, key, request, prepare, check_assign, send)


async def close_case(
    container: Container, principal: Principal, case_id: UUID, body: CloseCase, key: str
) -> ActDone:
    """Close the case with an outcome."""

    async def prepare(connection: AsyncConnection, _state: CaseState, promise: Promise) -> Close:
        now = container.clock.now()
        note_id = await write_note(connection, principal, case_id, promise.cause, body.note, now)
        return Close(actor=principal, outcome=body.outcome, note_id=note_id)

    request = CaseRequest.of(case_id, "close", body)
    send = by_id(container.engine.close)
    return await carry_out(container, principal, key, request, prepare, check_close, send)


async def reopen_case(
    container: Container, principal: Principal, case_id: UUID, body: ReopenCase, key: str
) -> ActDone:
    """Open a closed case again."""

    async def prepare(connection: AsyncConnection, _state: CaseState, promise: Promise) -> Reopen:
        now = container.clock.now()
        note_id = await write_note(connection, principal, case_id, promise.cause, body.note, now)
        return Reopen(actor=principal, note_id=note_id)

    request = CaseRequest.of(case_id, "reopen", body)
    send = container.engine.reopen
    return await carry_out(container, principal, key, request, prepare, check_reopen, send)


Find = Callable[[States, Principal, datetime, UUID], Awaitable[CaseState | None]]


async def carry_out(
    container: Container,
    principal: Principal,
    key: str,
    request: CaseRequest,
    prepare: Callable[[AsyncConnection, CaseState, Promise], Awaitable[Act]],
    check: Callable[[CaseState, Act], object],
    send: Callable[[CaseState, Act, str], Awaitable[ActDone]],
    find: Find = States.case,
) -> ActDone:
    """Carry out an act on a case. The same key has one effect.

    Raises NotFound, UnusableEntry, KeyUsedForAnotherRequest, any broken rule of the domain, or
    EngineUnavailable.
    """
    done, _ = await _carry_out(
        *(container, principal, key, request, prepare, check, send),
        find=find,
        subject_id=request.case_id,
    )
    return done


async def bring_about(
    container: Container,
    principal: Principal,
    key: str,
    request: CaseRequest,
    prepare: Callable[[AsyncConnection, CaseState, Promise], Awaitable[Act]],
    check: Callable[[CaseState, Act], object],
    send: Callable[[CaseState, Act, str], Awaitable[ActDone]],
) -> UUID:
    """Carry out an act that brings about something new in a case, and return the id of that.

    ``prepare`` finds the id in the promise. Raises what ``carry_out`` does.
    """
    _, subject_id = await _carry_out(
        *(container, principal, key, request, prepare, check, send),
        find=States.case,
        subject_id=uuid7(),
    )
    return subject_id


async def _carry_out(
    container: Container,
    principal: Principal,
    key: str,
    request: CaseRequest,
    prepare: Callable[[AsyncConnection, CaseState, Promise], Awaitable[Act]],
    check: Callable[[CaseState, Act], object],
    send: Callable[[CaseState, Act, str], Awaitable[ActDone]],
    *,
    find: Find,
    subject_id: UUID,
) -> tuple[ActDone, UUID]:
    now, case_id = container.clock.now(), request.case_id
    async with container.database.transaction() as connection:
        state = await find(States(connection), principal, now, case_id)
        if state is None:
            raise NotFound
        promise = await make_promise(connection, principal, key, request, subject_id, now)
        workflow_id = case_workflow_id(case_id)
        done = await find_done(connection, workflow_id, promise.cause)
        if done:
            return done, promise.subject_id
        act = await prepare(connection, state, promise)
        if promise.is_new:
            check(state, act)

    async def recheck() -> None:
        async with container.database.transaction() as connection:
            if latest := await find(States(connection), principal, now, case_id):
                check(latest, act)

    done = await confirmed(
        container.database,
        workflow_id,
        promise.cause,
        lambda: send(state, act, promise.cause),
        recheck,
    )
    return done, promise.subject_id


def by_id(
    send: Callable[[UUID, Act, str], Awaitable[ActDone]],
) -> Callable[[CaseState, Act, str], Awaitable[ActDone]]:
    """Send it to the workflow that runs, which knows its state best."""
    return lambda state, act, cause: send(state.case_id, act, cause)
