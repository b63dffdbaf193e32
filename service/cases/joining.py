"""Somebody joins the household of an open case: written down first, then taken in."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import CaseRequest, bring_about, by_id
from service.cases.household import members_of
from service.cases.person_rows import row_of_person
from service.cases.schemas import JoiningMember
from service.cases.tables import persons
from service.days import refuse_before, refuse_future
from service.ledger.promises import Promise
from workflows.domain.case_state import CaseState
from workflows.domain.household_acts import AddMember
from workflows.domain.household_moves import check_add
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day


async def add_member(
    container: Container, principal: Principal, case_id: UUID, new: JoiningMember, key: str
) -> UUID:
    """Take somebody into the household and return the id of that person.

    No page shows the row before the case has taken the person in. Raises what ``bring_about``
    does, HouseholdFull among it.
    """

    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> AddMember:
        today = local_day(container.clock.now())
        refuse_future(today, birth_date=new.birth_date, joined_on=new.joined_on)
        refuse_before(new.birth_date, "before-birth", joined_on=new.joined_on)
        household = await members_of(connection, case_id)
        row = row_of_person(case_id, promise.subject_id, new, position=None)
        await connection.execute(
            insert(persons).values(row).on_conflict_do_nothing(index_elements=["id"])
        )
        return AddMember(
            actor=principal,
            member_id=promise.subject_id,
            household=tuple(member.id for member in household),
            joined_on=new.joined_on or today,
        )

    request = CaseRequest.of(case_id, "add-member", new)
    send = by_id(container.engine.add_member)
    return await bring_about(container, principal, key, request, prepare, check_add, send)
