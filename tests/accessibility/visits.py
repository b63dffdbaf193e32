"""Every page in the states that matter."""

from playwright.async_api import Page, Response

from tests.accessibility.household import OF_OLENA
from tests.accessibility.scene import Scene
from tests.accessibility.visit import DONE, EMPTY, ERROR, GAP, Visit, sent, unfolded
from tests.accessibility.visits_of_agencies import visits_of_agencies
from tests.accessibility.visits_of_editor import visits_of_editor
from tests.accessibility.visits_of_forms import visits_of_forms
from tests.accessibility.visits_of_households import visits_of_households
from tests.accessibility.visits_of_offers import visits_of_offers
from tests.accessibility.visits_of_referrals import visits_of_referrals
from tests.accessibility.visits_of_takeover import visits_of_takeover
from tests.accessibility.visits_of_timelines import visits_of_timelines
from tests.accessibility.visits_of_versions import visits_of_versions


def visits(scene: Scene) -> list[Visit]:
    """Return every visit."""
    return [
        *_doors(),
        *_desks(),
        *_cases(scene),
        *visits_of_forms(scene),
        *visits_of_referrals(scene),
        *visits_of_takeover(),
        *visits_of_agencies(),
        *visits_of_offers(scene),
        *visits_of_timelines(scene),
        *visits_of_versions(scene),
        *visits_of_households(scene),
        *visits_of_editor(),
    ]


def _doors() -> list[Visit]:
    sign_in, nowhere = "GET /sign-in", "GET /my-day"
    first, refusal = "/first-administrator", ".nl-main--narrow"
    return [
        Visit("first account", f"GET {first}", None, first, "[name=code]", unattended=True),
        Visit(
            "first account, nothing typed",
            f"POST {first}",
            None,
            first,
            ERROR,
            sent(first),
            422,
            unattended=True,
        ),
        Visit("sign in", sign_in, None, "/sign-in?next=/cases", "input[name=password]"),
        Visit(
            "sign in, nothing typed",
            "POST /sign-in",
            None,
            "/sign-in",
            ERROR,
            sent("/sign-in"),
            422,
        ),
        Visit(
            "signed out", "POST /sign-out", "anna", "/my-day", DONE, sent("/sign-out"), alone=True
        ),
        Visit(
            "unknown language",
            "POST /language",
            "anna",
            "/my-day",
            refusal,
            _in_no_language,
            422,
        ),
        Visit("not found", nowhere, "anna", "/nowhere", refusal, status=404),
        Visit("not found, signed out", nowhere, None, "/nowhere", refusal, status=404),
        Visit("not allowed", "GET /inbox", "anna", "/inbox", refusal, status=403),
    ]


async def _in_no_language(page: Page) -> Response | None:
    await page.evaluate("document.querySelector('button[name=language]').value = 'tlh'")
    return await sent("/language", do="tlh")(page)


def _desks() -> list[Visit]:
    day, cases, inbox, stalled = "GET /my-day", "GET /cases", "GET /inbox", "GET /stalled"
    return [
        Visit("my day", day, "anna", "/my-day", ".nl-card--urgent"),
        Visit("my day of the office", day, "eva", "/my-day", GAP),
        Visit("my day of a clerk", day, "jonas", "/my-day", ".nl-card"),
        Visit("my day of an agency", day, "gudrun", "/my-day", GAP),
        Visit("my day of a coordinator", day, "karin", "/my-day", EMPTY),
        Visit("my day of an administrator", day, "ulrike", "/my-day", EMPTY),
        Visit("my day of data protection", day, "volker", "/my-day", EMPTY),
        Visit("my day of a client", day, "wanda", "/my-day", EMPTY),
        Visit("my day, empty", day, "mia", "/my-day", EMPTY),
        Visit("my day of the office, empty", day, "sam", "/my-day", EMPTY),
        Visit("my day of a clerk, empty", day, "kim", "/my-day", EMPTY),
        Visit("cases", cases, "anna", "/cases", ".nl-card--urgent"),
        Visit("open cases", cases, "eva", "/cases?status=open", ".nl-card"),
        Visit("cases, one shown", cases, "anna", "/cases?shown=1", ".nl-more"),
        Visit("closed cases", cases, "anna", "/cases?status=closed", ".nl-card"),
        Visit("cases, empty", cases, "mia", "/cases", EMPTY),
        Visit("closed cases, empty", cases, "mia", "/cases?status=closed", EMPTY),
        Visit("inbox", inbox, "jonas", "/inbox", ".nl-card--urgent"),
        Visit("inbox of a supervisor", inbox, "gudrun", "/inbox", "details[open] select", unfolded),
        Visit("inbox, empty", inbox, "kim", "/inbox", EMPTY),
        Visit("stalled", stalled, "eva", "/stalled", "details[open] select", unfolded),
        Visit("stalled with one party", stalled, "eva", "/stalled?agency=house", ".nl-filter"),
        Visit("stalled in an agency", stalled, "gudrun", "/stalled", GAP, unfolded),
        Visit("stalled, empty", stalled, "sam", "/stalled", EMPTY),
        Visit("stalled in an agency, empty", stalled, "toni", "/stalled", EMPTY),
    ]


def _cases(scene: Scene) -> list[Visit]:
    route, case = "GET /cases/{case_id}", f"/cases/{scene.case}"
    waiving = f"/cases/{scene.arranged_case}/close"
    path = scene.paths[OF_OLENA]
    return [
        Visit("case", route, "anna", case, ".nl-station--gap", unfolded),
        Visit("case of a colleague", route, "eva", case, "#assign[open]", unfolded),
        Visit("case with nothing open", route, "anna", waiving.removesuffix("/close"), "#close"),
        Visit("closed case", route, "anna", f"/cases/{scene.closed_case}", ".nl-station--waived"),
        Visit(
            "case, step left out without a reason",
            "POST /cases/{case_id}/paths/{path_id}/{step}/waive",
            "anna",
            case,
            ERROR,
            sent(f"{path}/school-advice/waive"),
            422,
        ),
        Visit(
            "case, given to nobody",
            "POST /cases/{case_id}/assign",
            "eva",
            case,
            ERROR,
            sent("/assign"),
            422,
        ),
        Visit(
            "case, opened again with too much to say",
            "POST /cases/{case_id}/reopen",
            "anna",
            f"/cases/{scene.closed_case}",
            ERROR,
            sent("/reopen", **{"reopen-note": "9" * 4001}),
            422,
        ),
        Visit(
            "case, closed without an outcome",
            "POST /cases/{case_id}/close",
            "anna",
            waiving.removesuffix("/close"),
            ERROR,
            sent("/close"),
            422,
        ),
    ]
