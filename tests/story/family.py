"""The story of Father M.'s family, told through the browser on a whole running Nahtlos.

After a press text of the district of Paderborn, March 2022: a father who is tolerated wants to
know whether he may work, the older child has to go to school, the family does not know who is
responsible. The names are invented; every word typed here is looked for elsewhere afterwards.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from uuid import UUID

from playwright.async_api import Browser, expect

from service.clock import SystemClock
from service.database import Database
from service.pathways import repository as pathways
from tests.story.nahtlos import Nahtlos
from tests.story.person import Person
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal

FAMILY = "Mustafazadeh"
HOUSEHOLD = (
    ("Mehrdad", "1984-03-17", "adult", "fa"),
    ("Shirin", "1987-11-02", "adult", "fa"),
    ("Arash", "2015-06-23", "child", "fa"),
    ("Parisa", "2023-01-09", "child", "fa"),
)
NOTE_TO_JOB_CENTRE = "Gelernter Schweissermeister, sucht sofort Arbeit"
NOTE_TO_SCHOOL_ADVICE = "Arash beendet die Grundschule Kirchborchen"
PROGRESS_NOTE = "Zustimmung der Arbeitsagentur liegt vor"
PURPOSE = "Beratung zum Seiteneinstieg nach der vierten Klasse"
TYPED = [FAMILY, NOTE_TO_JOB_CENTRE, NOTE_TO_SCHOOL_ADVICE, PROGRESS_NOTE, PURPOSE]
TYPED += [given_name for given_name, _, _, _ in HOUSEHOLD]
TYPED += [birth_date for _, birth_date, _, _ in HOUSEHOLD]

WORK = Pathway.model_validate(
    {
        "key": "quick-work-with-toleration",
        "version": 1,
        "title": {"de": "Arbeit mit Duldung", "en": "Work with a toleration"},
        "summary": {"de": "Darf ich arbeiten, und wo?", "en": "May I work, and where?"},
        "steps": [
            {
                "key": "permission",
                "title": {"de": "Arbeitserlaubnis klären", "en": "Clear up the permission"},
                "legal_area": "residence",
                "statutes": [{"paragraph": "§ 32 BeschV"}],
            },
            {
                "key": "job-search",
                "title": {"de": "Arbeitssuche beginnen", "en": "Begin to look for work"},
                "legal_area": "basic-income",
                "statutes": [{"paragraph": "§ 69 Abs. 1 Nr. 1 SGB X"}],
                "fields": ["name", "birth_date"],
                "release": "effect",
                # The job centre has seconds instead of days, and it lets them pass.
                "terms": {"respond": "PT12S", "remind_before": "PT6S"},
            },
            {
                "key": "start",
                "title": {"de": "Arbeit aufnehmen", "en": "Take up work"},
                "legal_area": "employment",
                "after": ["permission", "job-search"],
            },
        ],
    }
)

TITLES = {
    "permission": "Arbeitserlaubnis klären",
    "job-search": "Arbeitssuche beginnen",
    "school-advice": "Schulberatung im Kommunalen Integrationszentrum",
}
"""What the pages call the steps."""

Interruption = Callable[[], Awaitable[None]]
Interruptions = dict[str, Interruption]
"""What happens to the machine at a named place of the story."""


class Story:
    """Tells it. ``interruptions`` strike where they are named."""

    def __init__(
        self, browser: Browser, nahtlos: Nahtlos, interruptions: Interruptions | None = None
    ) -> None:
        self._browser = browser
        self._nahtlos = nahtlos
        self._interruptions = interruptions or {}
        self.case_id = UUID(int=0)
        self.referrals: dict[str, UUID] = {}

    async def tell(self) -> None:
        """From the first conversation to the day on which the job centre's help runs."""
        await self._publish()
        anna = await self._arrive("anna")
        await self._open_the_case(anna)
        await self._refer(anna, "permission", "auslaenderbehoerde-stadt")
        await self._interrupt("after the first referral")
        await self._refer(anna, "school-advice", "integrationszentrum", NOTE_TO_SCHOOL_ADVICE)
        await self._refer(anna, "job-search", "jobcenter-paderborn", NOTE_TO_JOB_CENTRE)
        await self._interrupt("while the job centre is silent")
        await self._the_immigration_office_does_its_part()
        await self._the_supervisor_sees_the_gap_and_follows_up()
        await self._interrupt("before the job centre answers")
        await self._the_job_centre_does_its_part()
        await self._interrupt("at the end")
        await self._the_path_shows_it(anna)

    async def _publish(self) -> None:
        settings = self._nahtlos.settings()
        assert settings.database_url
        database = Database(settings.database_url.get_secret_value())
        async with database.transaction() as connection:
            await pathways.publish(connection, Principal.system(), [WORK], SystemClock().now())
        await database.dispose()

    async def _arrive(self, name: str) -> Person:
        return await Person.signed_in(self._browser, self._nahtlos, name)

    async def _interrupt(self, place: str) -> None:
        if place in self._interruptions:
            await self._interruptions[place]()

    async def _open_the_case(self, anna: Person) -> None:
        await anna.visit("/cases/new")
        for _ in HOUSEHOLD[1:]:
            await anna.click("Weitere Person hinzufügen")
        await anna.choose("municipality", "05774032")
        for number, (given_name, birth_date, role, language) in enumerate(HOUSEHOLD):
            await anna.fill(f"member-{number}-given_name", given_name)
            await anna.fill(f"member-{number}-family_name", FAMILY)
            await anna.fill(f"member-{number}-birth_date", birth_date)
            await anna.choose(f"member-{number}-role", role)
            await anna.choose(f"member-{number}-language", language)
        await anna.unfold("all-paths")
        await anna.choose("path-quick-work-with-toleration", "0")
        await anna.choose("path-school-entry", "2")
        await anna.choose("path-benefit-change", "all")
        await anna.click("Einwilligung eintragen")
        await anna.choose("consent-0-member", "2")
        await anna.choose("consent-0-recipient", "agency:integrationszentrum")
        for field in ("name", "birth_date", "languages", "note"):
            await anna.choose("consent-0-fields", field)
        await anna.fill("consent-0-purpose", PURPOSE)
        await anna.click("Fall anlegen")
        await expect(anna.page).to_have_url(re.compile("/cases/[0-9a-f-]{36}$"))
        self.case_id = UUID(anna.page.url.rsplit("/", 1)[1])

    async def _refer(self, anna: Person, step: str, agency: str, note: str = "") -> None:
        await anna.visit(f"/cases/{self.case_id}")
        link = anna.page.locator(f"main a[href*='referrals/new'][href*='step={step}']").first
        async with anna.page.expect_navigation():
            await link.click()
        await anna.choose("agency", agency)
        await anna.page.locator("input[name=basis]").first.check()
        await anna.fill("note", note)
        await anna.click("Anfrage senden")
        await expect(anna.page).to_have_url(re.compile(f"/cases/{self.case_id}$"))
        link = anna.page.locator("main li.nl-card").get_by_role("link", name=TITLES[step])
        address = await link.get_attribute("href") or ""
        self.referrals[step] = UUID(address.rsplit("/", 1)[1])

    async def _the_immigration_office_does_its_part(self) -> None:
        lena = await self._arrive("lena")
        await lena.visit("/inbox")
        await lena.sees(f"Mehrdad {FAMILY}")
        await lena.visit(f"/referrals/{self.referrals['permission']}")
        for act in ("Annehmen", "Ankunft bestätigen"):
            await lena.click(act)
        await lena.page.locator("details#progress summary").click()
        await lena.fill("progress-note", PROGRESS_NOTE)
        async with lena.page.expect_navigation():
            await lena.page.locator("details#progress").get_by_role("button").click()
        await lena.click("Wirkung bestätigen")
        await lena.sees("Die andere Seite kann noch widersprechen.")

    async def _the_supervisor_sees_the_gap_and_follows_up(self) -> None:
        eva = await self._arrive("eva")
        address = f"/referrals/{self.referrals['job-search']}"
        card = eva.page.locator("li.nl-card").filter(has=eva.page.locator(f"a[href='{address}']"))
        async with asyncio.timeout(60):
            while True:
                await eva.visit("/stalled")
                if await card.get_by_text("Lücke").count():
                    break
                await asyncio.sleep(1)
        group = eva.page.locator("section.nl-section").filter(has=card)
        await expect(group).to_contain_text("Jobcenter Kreis Paderborn")
        await expect(card).to_contain_text("überfällig")
        async with eva.page.expect_navigation():
            await card.get_by_role("button", name="Nachfassen").click()

    async def _the_job_centre_does_its_part(self) -> None:
        jonas = await self._arrive("jonas")
        await jonas.visit(f"/referrals/{self.referrals['job-search']}")
        await jonas.sees(NOTE_TO_JOB_CENTRE)
        for act in ("Annehmen", "Ankunft bestätigen", "Wirkung bestätigen"):
            await jonas.click(act)

    async def _the_path_shows_it(self, anna: Person) -> None:
        async with asyncio.timeout(30):
            while True:
                await anna.visit(f"/cases/{self.case_id}")
                if "Arbeit aufnehmen" in await anna.text() and (
                    await anna.page.locator("a[href*='step=start']").count()
                ):
                    return
                await asyncio.sleep(0.5)
