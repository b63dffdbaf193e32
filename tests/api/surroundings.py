"""What the tests of the API need beside the cast's world."""

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from service.accounts.secrets import digest
from service.accounts.tables import tokens, users
from service.agencies.tables import agencies, agency_municipalities
from tests.cast import AMIR, DORIS
from tests.world import PADERBORN, PEOPLE, STATUTE, World
from workflows.domain.pathway import Pathway

NAMES = (*(name for _, name, _ in PEOPLE), "amir", "doris")
NEXT_DOOR = "next-door"
TELEPHONE_ONLY = "telephone-only"


def one_step(key: str, fields: list[str], **terms: str) -> Pathway:
    """Return a pathway with nothing but the job centre."""
    texts = {"de": key, "en": key}
    step = {
        "key": "job-centre",
        "title": texts,
        "legal_area": "basic-income",
        "fields": fields,
        "statutes": [{"paragraph": STATUTE}],
        "terms": terms,
    }
    return Pathway.model_validate(
        {"key": key, "version": 1, "title": texts, "summary": texts, "steps": [step]}
    )


PATHWAYS = (
    one_step("at-once", ["name"], respond="PT0.3S"),
    one_step("languages-only", ["languages"]),
)


async def furnish(world: World) -> None:
    """Add more agencies and pathways, the two whom nobody works with, and a token for everybody.

    Everybody's token is their name.
    """
    now = world.container.clock.now()
    async with world.container.database.transaction() as connection:
        for key, on_board in ((NEXT_DOOR, True), (TELEPHONE_ONLY, False)):
            agency_id = uuid7()
            await connection.execute(
                insert(agencies).values(
                    id=agency_id,
                    key=key,
                    name=key,
                    sort_key=key,
                    legal_area="basic-income",
                    on_board=on_board,
                    queue_address="queue@example.org" if on_board else None,
                    capacity="available",
                )
            )
            await connection.execute(
                insert(agency_municipalities).values(agency_id=agency_id, ags=PADERBORN)
            )
        for person, name in ((AMIR, "amir"), (DORIS, "doris")):
            await connection.execute(
                insert(users).values(
                    id=person.user_id,
                    name=name,
                    display_name=name,
                    sort_key=name,
                    role=person.role,
                    password_hash="never matches",
                    email=f"{name}@example.org",
                    language="de",
                    active=True,
                    created_at=now,
                )
            )
        people = [*((person, name) for person, name, _ in PEOPLE), (AMIR, "amir"), (DORIS, "doris")]
        rows = [
            {
                "id": uuid7(),
                "token_hash": digest(name),
                "user_id": person.user_id,
                "created_at": now,
            }
            for person, name in people
        ]
        await connection.execute(insert(tokens), rows)
    await world.publish(*PATHWAYS)
