"""What the flows begin with: a family, a request, and a choice of agencies."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.capacity import Capacity
from service.agencies.repository import NewAgency, add_agency
from service.bootstrap import Container
from service.cases.opening import open_case
from service.cases.schemas import NewCase, NewMember, NewPath, NewReferral
from service.pathways import repository as pathways
from service.referrals.sending import send_referral
from workflows.domain.basis import Basis
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role

CITY = "05774032"
BRANCH = "auslaenderbehoerde-aussenstelle"
STATUTE = "§ 86 AufenthG"
TITLE = Pathway.model_validate(
    {
        "key": "title-of-residence",
        "version": 1,
        "title": {"de": "Aufenthaltstitel", "en": "Title of residence"},
        "summary": {"de": "Ein Titel für die Familie", "en": "A title for the family"},
        "steps": [
            {
                "key": "title",
                "title": {"de": "Titel erteilen", "en": "Grant the title"},
                "legal_area": "residence",
                "fields": ["name", "note"],
                "statutes": [{"paragraph": STATUTE}],
            }
        ],
    }
)


async def furnish(parts: Container) -> None:
    """Publish the pathway, and add an agency that is not on board."""
    engine = Principal.system()
    async with parts.database.transaction() as connection:
        await pathways.publish(connection, engine, [TITLE], parts.clock.now())
        branch = NewAgency(
            key=BRANCH,
            name="Ausländerbehörde, Außenstelle",
            legal_area="residence",
            municipalities=[CITY],
            on_board=False,
            queue_address=None,
            telephone="05251 000-77",
            fax=None,
            capacity=Capacity.AVAILABLE,
            full_until=None,
        )
        await add_agency(connection, engine, branch)


async def find_anna(parts: Container) -> Principal:
    """Return who opens the cases."""
    async with parts.database.transaction() as connection:
        row = (
            await connection.execute(
                select(users.c.id, users.c.agency_id).where(users.c.name == "anna")
            )
        ).one()
    return Principal(user_id=row.id, role=Role.CASE_MANAGER, agency_id=row.agency_id)


async def open_case_on(parts: Container, pathway: str) -> UUID:
    """Open a case of one person on this path, as Anna."""
    member = NewMember(given_name="Selam", family_name="Tesfay", birth_date=date(1993, 2, 7))
    new = NewCase(
        municipality=CITY,
        household=(member,),
        paths=(NewPath(pathway=pathway, member=0),),
    )
    return await open_case(parts, await find_anna(parts), new, str(uuid7()))


async def send_request(parts: Container) -> UUID:
    """Open a case as Anna and ask the immigration office of the city."""
    anna, case_id = await find_anna(parts), await open_case_on(parts, TITLE.key)
    asked = NewReferral(
        step="title", agency="auslaenderbehoerde-stadt", basis=Basis(statute=STATUTE)
    )
    return await send_referral(parts, anna, case_id, asked, str(uuid7()))
