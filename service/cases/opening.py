"""Opening a case: written down first, then started, so that nothing typed can be lost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.colleagues import Colleagues
from service.agencies.lookup import find_agency, is_office
from service.agencies.repository import list_municipalities
from service.bootstrap import Container
from service.cases.draft import Draft, write_draft
from service.cases.schemas import NewCase, NewConsent
from service.days import refuse_future
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import make_promise
from service.ledger.states import States
from service.pathways import repository as pathways
from workflows.domain.case_paths import new_path
from workflows.domain.case_state import CaseState
from workflows.domain.errors import NotInvolved
from workflows.domain.household import facts_of
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus
from workflows.domain.working_days import local_day

OPENERS = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})


async def open_case(container: Container, principal: Principal, new: NewCase, key: str) -> UUID:
    """Open a case and return its id. The same key opens one case, however often it comes.

    Raises NotInvolved, UnusableEntry, KeyUsedForAnotherRequest, EngineUnavailable (then the case
    is written down and opens as soon as the engine answers).
    """
    now = container.clock.now()
    async with container.database.transaction() as connection:
        if principal.role not in OPENERS or not await is_office(connection, principal):
            raise NotInvolved(action="open")
        promise = await make_promise(connection, principal, key, new, uuid7(), now)
        if promise.is_new:
            draft = await _draft(connection, principal, new, promise.subject_id, now)
            await write_draft(connection, draft)
        state = await States(connection).case(principal, now, promise.subject_id)
    if state is None:
        raise NotFound
    if state.status is CaseStatus.DRAFT:
        await container.engine.open_case(state)
    return state.case_id


async def _draft(
    connection: AsyncConnection, principal: Principal, new: NewCase, case_id: UUID, now: datetime
) -> Draft:
    known = {row.ags for row in await list_municipalities(connection, principal)}
    office = principal.agency_id
    if office is None:
        raise NotInvolved(action="open")
    if new.municipality not in known:
        raise UnusableEntry("municipality", "unknown-municipality")
    today = local_day(now)
    for member in new.household:
        refuse_future(today, birth_date=member.birth_date)
    for consent in new.consents:
        refuse_future(today, given_at=consent.given_at)
    members = [uuid7() for _ in new.household]
    facts = facts_of((member.birth_date for member in new.household), today)
    path_states = [
        new_path(
            uuid7(),
            await _newest(connection, principal, path.pathway),
            None if path.member is None else members[path.member],
            facts,
        )
        for path in new.paths
    ]
    state = CaseState(
        case_id=case_id,
        office=office,
        case_manager=await _case_manager(connection, principal, new.case_manager),
        opened_by=principal,
        opened_at=now,
        paths=tuple(path_states),
    )
    recipients = [await _recipient(connection, principal, consent) for consent in new.consents]
    return Draft(
        state=state,
        municipality=new.municipality,
        members=tuple(zip(members, new.household, strict=True)),
        consents=tuple(zip(recipients, new.consents, strict=True)),
    )


async def _newest(connection: AsyncConnection, principal: Principal, key: str) -> Pathway:
    pathway = await pathways.get(connection, principal, key)
    if pathway is None:
        raise UnusableEntry("paths", "unknown-pathway")
    return pathway


async def _case_manager(
    connection: AsyncConnection, principal: Principal, wanted: str | None
) -> UUID:
    if wanted is None and principal.role is Role.CASE_MANAGER:
        return principal.user_id
    found = await Colleagues(connection).find(principal, wanted or "", Role.CASE_MANAGER)
    if found is None:
        raise UnusableEntry("case_manager", "unknown-colleague")
    return found


async def _recipient(
    connection: AsyncConnection, principal: Principal, consent: NewConsent
) -> UUID | None:
    if consent.agency is None:
        return None
    agency = await find_agency(connection, principal, consent.agency)
    if agency is None:
        raise UnusableEntry("consents", "unknown-agency")
    return agency.id
