"""A list of running cases: uploaded, checked, taken over."""

from playwright.async_api import FilePayload, Page, Response
from uuid_utils.compat import uuid7

from tests.accessibility.visit import ERROR, Visit, sent
from tests.takeover.lists import delimited

TAKEN_OVER_WITHIN = 30_000  # milliseconds


def visits_of_takeover() -> list[Visit]:
    """Return the visits."""
    start, listed = "/takeover", "GET /takeover/{list_id}"
    begin = "POST /takeover/{list_id}/start"
    return [
        Visit("takeover", f"GET {start}", "sam", start, "input[type=file]"),
        Visit("takeover without a file", f"POST {start}", "eva", start, ERROR, sent(start), 422),
        Visit("takeover of a checked list", listed, "eva", start, ".nl-report td", _uploaded),
        Visit("takeover begun", begin, "eva", start, "#progress, .kern-alert--success", _begun),
        Visit("takeover done", begin, "eva", start, ".kern-alert--success", _done),
        Visit("lists so far", f"GET {start}", "eva", start, ".nl-card .nl-badge"),
    ]


def _list() -> FilePayload:
    """Return a list of one good row and one with a fault in it. No reference comes twice."""
    reference = str(uuid7())
    good = {
        "Aktenzeichen": reference,
        "Vorname": "ليلى",
        "Nachname": "العبد الله",
        "Geburtsdatum": "03.02.1991",
        "Gemeinde": "Paderborn",
        "Case Management": "anna",
        "Integrationspfad": "Schule",
        "Station": "Schulberatung im Kommunalen Integrationszentrum",
        "Stand": "offen",
        "Fall seit": "02.03.2026",
    }
    faulty = good | {"Aktenzeichen": f"{reference}-2", "Geburtsdatum": "31.02.1991"}
    content = delimited([good, faulty])
    return {"name": "Liste.csv", "mimeType": "text/csv", "buffer": content}


async def _uploaded(page: Page) -> Response | None:
    await page.set_input_files("[name=file]", _list())
    return await sent("/takeover")(page)


async def _begun(page: Page) -> Response | None:
    await _uploaded(page)
    return await sent("/start")(page)


async def _done(page: Page) -> Response | None:
    await _begun(page)
    await page.wait_for_selector(".kern-alert--success", timeout=TAKEN_OVER_WITHIN)
    return await page.reload()
