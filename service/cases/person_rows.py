"""A person as a row, when a case is opened and when somebody joins later."""

from uuid import UUID

from service.cases.identity import identity_key
from service.cases.schemas import NewMember
from service.ledger.rows import Row
from service.sorting import sort_key


def row_of_person(case_id: UUID, member_id: UUID, member: NewMember, position: int | None) -> Row:
    """Return the row of a member; ``position`` None: the case has yet to take the person in."""
    return {
        "id": member_id,
        "case_id": case_id,
        "position": position,
        "names_case": position == 0,
        "given_name": member.given_name,
        "family_name": member.family_name,
        "sort_key": sort_key(f"{member.family_name} {member.given_name}"),
        "identity_key": identity_key(member.given_name, member.family_name, member.birth_date),
        "birth_date": member.birth_date,
        "languages": list(member.languages),
        "role": member.role,
        "interpreter": member.interpreter,
    }
