"""Father M.'s family as a case manager enters it: who they are, and what they need."""

from tests.flows.office import CITY
from tests.story.family import HOUSEHOLD
from tests.story.person import Person

NEEDS = {
    "need-all": "flat",
    "need-0": "work",
    "need-1": "psychological-support",
    "need-2": "school",
    "need-3": "day-care",
}


async def tell_what_the_family_needs(anna: Person) -> None:
    """Fill in the page for a new case, until its paths are proposed."""
    await anna.visit("/cases/new")
    for _ in HOUSEHOLD[1:]:
        await anna.click("Weitere Person hinzufügen")
    await anna.choose("municipality", CITY)
    for number, (given_name, birth_date, role, language) in enumerate(HOUSEHOLD):
        await anna.fill(f"member-{number}-given_name", given_name)
        await anna.fill(f"member-{number}-family_name", "Moradi")
        await anna.fill(f"member-{number}-birth_date", birth_date)
        await anna.choose(f"member-{number}-role", role)
        await anna.choose(f"member-{number}-language", language)
    for name, need in NEEDS.items():
        await anna.choose(name, need)
    await anna.click("Wege vorschlagen")
