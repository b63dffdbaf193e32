"""Sending a step to an agency: the request, its basis, and what goes with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.agencies.lookup import find_agency
from service.agencies.repository import get_agency
from service.bootstrap import Container
from service.cases.household import birth_dates_of_household
from service.cases.notes import write_note
from service.cases.schemas import NewReferral
from service.cases.tables import cases, consents
from service.days import refuse_future
from service.engine.confirming import confirmed
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import find_done, make_promise
from service.ledger.states import States
from service.ledger.tables import workflow_states
from service.pathways import repository as pathways
from workflows.domain.basis import Consent
from workflows.domain.case import check_refer
from workflows.domain.case_acts import Refer
from workflows.domain.case_rights import check_present
from workflows.domain.case_state import CaseState, PathState
from workflows.domain.directory import check_fit
from workflows.domain.errors import UnknownStep
from workflows.domain.principal import Principal
from workflows.domain.transfer import check_basis, fields_to_pass_on, whose_consent
from workflows.domain.working_days import local_day
from workflows.names import case_workflow_id, referral_workflow_id


class _Request(NewReferral):
    """All that makes two requests the same one."""

    case_id: UUID


async def send_referral(
    container: Container, principal: Principal, case_id: UUID, new: NewReferral, key: str
) -> UUID:
    """Send a step and return the referral's id. The same key sends it once.

    Raises NotFound, UnusableEntry, KeyUsedForAnotherRequest, any broken rule of the domain, or
    EngineUnavailable.
    """
    now = container.clock.now()
    workflow_id = case_workflow_id(case_id)
    async with container.database.transaction() as connection:
        state = await States(connection).case(principal, now, case_id)
        if state is None:
            raise NotFound
        request = _Request(case_id=case_id, **dict(new))
        promise = await make_promise(connection, principal, key, request, uuid7(), now)
        if not promise.is_new and await find_done(connection, workflow_id, promise.cause):
            return promise.subject_id
        refer = await _refer(connection, principal, state, new, promise.subject_id, now)
        if promise.is_new:
            check_refer(state, refer)
        note_id = await write_note(connection, principal, case_id, promise.cause, new.note, now)
    refer = refer.model_copy(update={"note_id": note_id})

    async def recheck() -> None:
        async with container.database.transaction() as connection:
            if latest := await States(connection).case(principal, now, case_id):
                check_refer(latest, refer)

    await confirmed(
        container.database,
        workflow_id,
        promise.cause,
        lambda: container.engine.refer(case_id, refer, promise.cause),
        recheck,
    )
    return promise.subject_id


async def _refer(
    connection: AsyncConnection,
    principal: Principal,
    state: CaseState,
    new: NewReferral,
    referral_id: UUID,
    now: datetime,
) -> Refer:
    path = path_with_step(state, new.step, new.path)
    check_present(state, path.member_id)
    version = _version_of(path, new.step)
    pathway = await pathways.get(connection, principal, path.pathway, version)
    agency = await find_agency(connection, principal, new.agency)
    if pathway is None:
        raise UnknownStep(step=new.step)
    if agency is None:
        raise UnusableEntry("agency", "unknown-agency")
    if new.application and not await get_agency(connection, principal, new.application.office):
        raise UnusableEntry("application", "unknown-agency")
    today = local_day(now)
    refuse_future(today, application=new.application.filed_at if new.application else None)
    step = pathway.step(new.step)
    municipality = await _municipality(connection, state.case_id)
    was_named = await _is_named_as_competent(connection, path, new.step, agency.id)
    check_fit(
        agency.id,
        agency.legal_area,
        [municipality] if was_named else agency.municipalities,
        step=step.key,
        legal_area=step.legal_area,
        municipality=municipality,
    )
    born = await birth_dates_of_household(connection, state.case_id)
    needed = whose_consent(path.member_id, born, today)
    given = await consents_of(connection, state.case_id)
    fields = fields_to_pass_on(step, with_note=bool(new.note))
    check_basis(step, fields, new.basis, given, needed, agency.id, today)
    return Refer(
        actor=principal,
        referral_id=referral_id,
        path_id=path.path_id,
        step=step.key,
        to_agency=agency.id,
        on_board=agency.on_board,
        basis=new.basis,
        fields=fields,
        application=new.application,
        interpreter=new.interpreter,
    )


async def _is_named_as_competent(
    connection: AsyncConnection, path: PathState, key: str, agency_id: UUID
) -> bool:
    """Tell whether the agency that was asked last, or a case conference, names this one.

    Then it may lie elsewhere: the family may have moved.
    """
    last = next((step.referral_id for step in path.steps if step.key == key), None)
    if last is None:
        return False
    named = workflow_states.c.state["competent_agency"].astext == str(agency_id)
    found = await connection.scalar(
        select(workflow_states.c.seq).where(
            workflow_states.c.workflow_id == referral_workflow_id(last), named
        )
    )
    return found is not None


def path_with_step(state: CaseState, key: str, path_id: UUID | None) -> PathState:
    """Return the path that the step belongs to.

    Raises UnknownStep if there is none, UnusableEntry if several paths have such a step and none
    is named.
    """
    found = [
        path
        for path in state.paths
        if path_id in {None, path.path_id} and any(step.key == key for step in path.steps)
    ]
    if not found:
        raise UnknownStep(step=key)
    if len(found) > 1:
        raise UnusableEntry("path", "several-paths")
    return found[0]


def _version_of(path: PathState, key: str) -> int:
    return next(path.version_of(step) for step in path.steps if step.key == key)


async def _municipality(connection: AsyncConnection, case_id: UUID) -> str:
    query = select(cases.c.municipality).where(cases.c.id == case_id)
    ags: str = (await connection.execute(query)).scalar_one()
    return ags


async def consents_of(connection: AsyncConnection, case_id: UUID) -> list[Consent]:
    rows = await connection.execute(
        select(
            consents.c.id,
            consents.c.member_id.label("member"),
            consents.c.agency_id.label("agency"),
            consents.c.legal_area,
            consents.c.fields,
            consents.c.given_on,
            consents.c.valid_until,
            consents.c.withdrawn_on,
        ).where(consents.c.case_id == case_id)
    )
    return [Consent.model_validate(row._asdict()) for row in rows]
