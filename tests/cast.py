"""The cast: the same people play in every test. Dieter and Ben never have access to anything.

office A (case managers)     Anna, case manager      Stefan, supervisor
office B                     Ben, case manager
the receiving agency         Clara and Karim, clerks  Sabine, supervisor
another agency               Dieter, clerk
no agency                    Katja, coordinator   Amir, client   Olga, administrator
                             Doris, data protection
"""

from uuid import UUID

from workflows.domain.principal import Principal, Role

OFFICE_A = UUID("01920000-0000-7000-8000-00000000000a")
OFFICE_B = UUID("01920000-0000-7000-8000-00000000000b")
RECEIVER = UUID("01920000-0000-7000-8000-00000000000c")
OTHER_AGENCY = UUID("01920000-0000-7000-8000-00000000000d")
SILENT_AGENCY = UUID("01920000-0000-7000-8000-00000000000e")
"""Not on board: reached by telephone only."""


def _person(number: int, role: Role, agency: UUID | None) -> Principal:
    user_id = UUID(f"01920000-0000-7000-9000-{number:012d}")
    return Principal(user_id=user_id, role=role, agency_id=agency)


ANNA = _person(1, Role.CASE_MANAGER, OFFICE_A)
STEFAN = _person(2, Role.SUPERVISOR, OFFICE_A)
BEN = _person(3, Role.CASE_MANAGER, OFFICE_B)
CLARA = _person(4, Role.AGENCY_MEMBER, RECEIVER)
KARIM = _person(5, Role.AGENCY_MEMBER, RECEIVER)
SABINE = _person(6, Role.SUPERVISOR, RECEIVER)
DIETER = _person(7, Role.AGENCY_MEMBER, OTHER_AGENCY)
KATJA = _person(8, Role.COORDINATOR, None)
AMIR = _person(9, Role.CLIENT, None)
OLGA = _person(10, Role.ADMINISTRATOR, None)
DORIS = _person(11, Role.DATA_PROTECTION, None)

EVERYBODY = (ANNA, STEFAN, BEN, CLARA, KARIM, SABINE, DIETER, KATJA, AMIR, OLGA, DORIS)
OUTSIDERS = (BEN, DIETER, KATJA, AMIR, OLGA, DORIS)
"""Those who have nothing to do with a referral from office A to the receiving agency."""
