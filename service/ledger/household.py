"""Who belongs to a household, as the pages read it."""

from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.household import is_present
from service.cases.tables import persons
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.household_moves import ADD_MEMBER, REMOVE_MEMBER

CHANGES_HOUSEHOLD = frozenset({ADD_MEMBER, REMOVE_MEMBER})


async def write_household(connection: AsyncConnection, event: CaseEvent, state: CaseState) -> None:
    """Write who has joined or left with this event.

    Who joins gets the next place in the household. Of who leaves is noted since when and why; the
    case is named after the next who is there.
    """
    of_whom = {"of_case": state.case_id, "of_member": event.subject, "day": event.day}
    if event.action == ADD_MEMBER:
        await connection.execute(_TAKE_IN, of_whom | {"at": event.at})
    if event.action == REMOVE_MEMBER:
        await connection.execute(_LET_GO, of_whom | {"reason": event.reason})
        await connection.execute(_NAME_CASE, {"of_case": state.case_id})


# Built once: putting a statement together costs more than sending it.
_OTHERS = persons.alias("others")
_OF_CASE: BindParameter[UUID] = bindparam("of_case")
_OF_MEMBER: BindParameter[UUID] = bindparam("of_member")
_IS_MEMBER = (persons.c.id == _OF_MEMBER) & (persons.c.case_id == _OF_CASE)
_NEXT_PLACE = (
    select(func.coalesce(func.max(_OTHERS.c.position), -1) + 1)
    .where(_OTHERS.c.case_id == _OF_CASE)
    .scalar_subquery()
)
_FIRST_PRESENT = (
    select(_OTHERS.c.id)
    .where(_OTHERS.c.case_id == _OF_CASE, is_present(_OTHERS))
    .order_by(_OTHERS.c.position)
    .limit(1)
    .scalar_subquery()
)
_IS_FIRST = persons.c.id == _FIRST_PRESENT

_TAKE_IN = (
    update(persons)
    .where(_IS_MEMBER)
    .values(position=_NEXT_PLACE, joined_on=bindparam("day"), taken_in_at=bindparam("at"))
)
_LET_GO = (
    update(persons)
    .where(_IS_MEMBER)
    .values(left_on=bindparam("day"), left_reason=bindparam("reason"))
)
_NAME_CASE = (
    update(persons)
    .where(persons.c.case_id == _OF_CASE, persons.c.names_case != _IS_FIRST)
    .values(names_case=_IS_FIRST)
)
