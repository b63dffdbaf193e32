"""A case that one office offers to another."""

from playwright.async_api import Page, Response

from tests.accessibility.scene import Scene
from tests.accessibility.visit import DONE, EMPTY, ERROR, Visit, sent, unfolded


def visits_of_offers(scene: Scene) -> list[Visit]:
    """Return the visits, in the order of the story."""
    case, offers = f"/cases/{scene.offered_case}", "/offered-cases"
    offering = "POST /cases/{case_id}/transfer"
    taking_back = "POST /cases/{case_id}/withdraw-transfer"
    accepting = "POST /offered-cases/{case_id}/accept"
    declining = "POST /offered-cases/{case_id}/decline"
    too_long = {f"decline-{scene.case_on_offer}-note": "9" * 4001}
    return [
        Visit("no case on offer", f"GET {offers}", "mia", offers, EMPTY),
        Visit("offer without an office", offering, "anna", case, ERROR, sent("/transfer"), 422),
        Visit("case on offer", offering, "anna", case, ".kern-alert--info", _offered),
        Visit("offers of one's own", f"GET {offers}", "anna", offers, ".nl-cards"),
        Visit("offer taken back", taking_back, "anna", case, DONE, sent("/withdraw-transfer")),
        Visit("cases on offer", f"GET {offers}", "frank", offers, "select", unfolded),
        Visit("offer accepted for nobody", accepting, "frank", offers, ERROR, sent("/accept"), 422),
        Visit(
            "offer declined with too much to say",
            declining,
            "frank",
            offers,
            ERROR,
            sent("/decline", **too_long),
            422,
        ),
    ]


async def _offered(page: Page) -> Response | None:
    """Offer the case, unless it is on offer already: every language and width comes here."""
    if await page.locator("form[action$='/transfer']").count() == 0:
        return await page.reload()
    await page.evaluate("document.querySelector('[name=transfer-basis]').checked = true")
    return await sent("/transfer", **{"transfer-office": "kim-kreis"})(page)
