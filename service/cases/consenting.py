"""Writing down a consent for a case that is open already."""

from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from service.agencies.lookup import find_agency
from service.bootstrap import Container
from service.cases.household import member_at, members_of
from service.cases.schemas import NewConsent
from service.cases.tables import consents
from service.days import refuse_future
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import KeyUsedForAnotherRequest, make_promise
from service.ledger.states import States
from workflows.domain.case_rights import check_present
from workflows.domain.errors import IllegalMove, NotInvolved
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus
from workflows.domain.working_days import local_day

WRITES_CONSENTS = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})


class _Request(NewConsent):
    """All that makes two requests the same one."""

    case_id: UUID


async def add_consent(
    container: Container, principal: Principal, case_id: UUID, new: NewConsent, key: str
) -> UUID:
    """Write the consent down, tell the case of it and return its id. The same key writes it once.

    Raises NotFound, NotInvolved, IllegalMove for a closed case, MemberGone, UnusableEntry,
    KeyUsedForAnotherRequest, EngineUnavailable (then the same key tells it again).
    """
    consent_id = await _write(container, principal, case_id, new, key)
    await container.engine.tell_of_consent(case_id)
    return consent_id


async def _write(
    container: Container, principal: Principal, case_id: UUID, new: NewConsent, key: str
) -> UUID:
    now = container.clock.now()
    async with container.database.transaction() as connection:
        state = await States(connection).case(principal, now, case_id)
        if state is None:
            raise NotFound
        request = _Request(case_id=case_id, **dict(new))
        try:
            promise = await make_promise(connection, principal, key, request, uuid7(), now)
        except KeyUsedForAnotherRequest:  # a consent is written at once or not at all
            raise KeyUsedForAnotherRequest(happened=True) from None
        if not promise.is_new:
            return promise.subject_id
        if principal.role not in WRITES_CONSENTS or principal.agency_id != state.office:
            raise NotInvolved(action="consent")
        if state.status is CaseStatus.CLOSED:
            raise IllegalMove(action="consent", status=state.status)
        refuse_future(local_day(now), given_at=new.given_at)
        member_id = member_at(await members_of(connection, case_id), new.member)
        check_present(state, member_id)
        agency = await find_agency(connection, principal, new.agency) if new.agency else None
        if new.agency and agency is None:
            raise UnusableEntry("recipient", "unknown-agency")
        await connection.execute(
            insert(consents).values(
                id=promise.subject_id,
                case_id=case_id,
                member_id=member_id,
                agency_id=agency and agency.id,
                legal_area=new.legal_area,
                fields=[str(field) for field in new.fields],
                purpose=new.purpose,
                given_on=new.given_at,
                form=new.form,
                valid_until=new.valid_until,
            )
        )
    return promise.subject_id
