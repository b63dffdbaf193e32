"""The timeline of a case, and the forms on it."""

from playwright.async_api import Page, Response

from tests.accessibility.scene import Scene
from tests.accessibility.visit import EMPTY, ERROR, GAP, OBSTACLE, Act, Visit, sent, unfolded

RULE = "/rules/asylum-benefits-end"


def visits_of_timelines(scene: Scene) -> list[Visit]:
    """Return the visits to what people may do and get, and to what of it runs out."""
    route, timeline = "/cases/{case_id}/entitlements", f"/cases/{scene.case}/entitlements"
    one = f"{route}/{{entitlement_id}}"
    title = f"{timeline}/{scene.entitlements['residence-title']}"
    certificate = f"{timeline}/{scene.entitlements['provisional-residence']}"
    start = "POST /cases/{case_id}/start-path"
    return [
        Visit("timeline", f"GET {route}", "anna", timeline, GAP),
        Visit(
            "timeline, empty",
            f"GET {route}",
            "anna",
            f"/cases/{scene.arranged_case}/entitlements",
            EMPTY,
        ),
        Visit("rules of law", "GET /rules", "karin", "/rules", ".nl-card"),
        Visit("rule with cases", "GET /rules/{key}", "anna", RULE, ".nl-card"),
        Visit("rule without cases", "GET /rules/{key}", "mia", RULE, EMPTY),
        Visit("new entry", f"GET {route}/new", "anna", f"{timeline}/new", "select"),
        Visit(
            "new entry, nothing typed",
            f"POST {route}/new",
            "anna",
            f"{timeline}/new",
            ERROR,
            sent("/entitlements/new"),
            422,
        ),
        Visit("entry that runs out", f"GET {one}", "anna", title, "#let-run-out[open]", unfolded),
        Visit("entry with no end", f"GET {one}", "anna", certificate, "form"),
        Visit(
            "entry, ends too early",
            f"POST {one}",
            "anna",
            certificate,
            ERROR,
            sent(certificate, effective_until="1999-01-01"),
            422,
        ),
        Visit(
            "entry, no reason given",
            f"POST {one}/let-run-out",
            "anna",
            title,
            ERROR,
            sent("/let-run-out"),
            422,
        ),
        Visit(
            "entry, the path to what follows runs already",
            f"POST {one}/start-path",
            "anna",
            title,
            OBSTACLE,
            _as_for(f"{timeline}/{scene.entitlements['asylum-seekers-benefits']}"),
            409,
        ),
        Visit(
            "case, no path chosen",
            start,
            "anna",
            f"/cases/{scene.case}",
            ERROR,
            sent(f"{scene.case}/start-path"),
            422,
        ),
    ]


def _as_for(entry: str) -> Act:
    """Send the form that starts a path as if it stood at another entry."""

    async def act(page: Page) -> Response | None:
        change = "entry => document.querySelector('form[action$=start-path]').action = entry"
        await page.evaluate(change, f"{entry}/start-path")
        return await sent("/start-path")(page)

    return act
