"""The forms that begin something: a case, a consent, a request."""

from playwright.async_api import Page, Response

from tests.accessibility.household import OF_MAXIMILIAN, OF_OLENA
from tests.accessibility.scene import Scene
from tests.accessibility.visit import EMPTY, ERROR, OBSTACLE, Visit, sent, unfolded


def visits_of_forms(scene: Scene) -> list[Visit]:
    """Return the visits to pages on which something is begun."""
    new, case = "/cases/new", f"/cases/{scene.case}"
    consent = f"{case}/consents/new"
    asking = f"{case}/referrals/new?path="
    rejected = f"{asking}{scene.paths[OF_MAXIMILIAN]}&step=basic-income"
    without_consent = f"{asking}{scene.paths[OF_OLENA]}&step=school-advice"
    not_due = f"{asking}{scene.paths[OF_OLENA]}&step=school-start"
    extend, ask = "POST /cases/new", "POST /cases/{case_id}/referrals/new"
    show_asking = "GET /cases/{case_id}/referrals/new"
    write_down = "POST /cases/{case_id}/consents/new"
    return [
        Visit("new case", "GET /cases/new", "anna", new, "fieldset", unfolded),
        Visit("new case by a supervisor", "GET /cases/new", "eva", new, "[name=case_manager]"),
        Visit(
            "new case of several people",
            extend,
            "anna",
            new,
            "[name=member-1-given_name]",
            sent(new, "member", **{"member-0-given_name": "ليلى"}),
        ),
        Visit(
            "new case with a consent",
            extend,
            "anna",
            new,
            "[name=consent-0-purpose]",
            sent(new, "consent"),
        ),
        Visit(
            "new case with proposed paths",
            extend,
            "anna",
            new,
            "[name='proposed[]']",
            _needs_of_a_child_and_its_mother,
        ),
        Visit(
            "new case, what does not fit the age",
            extend,
            "anna",
            new,
            "#error-need-0",
            _school_for_an_adult,
            422,
        ),
        Visit("new case, paths not looked at", extend, "anna", new, "#error-paths", _at_once, 422),
        Visit("new case with proposed paths", extend, "anna", new, "[name='proposed[]']", _needs),
        Visit("new case, nothing typed", extend, "anna", new, ERROR, sent(new, "open"), 422),
        Visit("consent", "GET /cases/{case_id}/consents/new", "anna", consent, "fieldset"),
        Visit(
            "consent, nothing typed", write_down, "anna", consent, ERROR, sent(consent), status=422
        ),
        Visit(
            "consent, too early",
            write_down,
            "anna",
            consent,
            OBSTACLE,
            _consent_of_tomorrow,
            422,
        ),
        Visit("asking again", show_asking, "anna", rejected, "input[type=radio]", unfolded),
        Visit("asking without a consent", show_asking, "anna", without_consent, OBSTACLE),
        Visit("asking for what is not due", show_asking, "anna", not_due, EMPTY),
        Visit(
            "asking, application without a day",
            ask,
            "anna",
            rejected,
            ERROR,
            sent("basic-income", **{"application-benefit": "basic-income", "note": "ن" * 4001}),
            422,
        ),
    ]


async def _needs_of_a_child_and_its_mother(page: Page) -> Response | None:
    await sent("/cases/new", "member")(page)
    await page.check("[name=need-all][value=flat]")
    await page.check("[name=need-0][value=psychological-support]")
    await page.check("[name=need-0][value=interpreting]")
    await page.check("[name=need-1][value=school]")
    return await sent(
        "/cases/new",
        "propose",
        **{
            "member-0-given_name": "ليلى",
            "member-0-language": "ar",
            "member-1-given_name": "Максим",
            "member-1-birth_date": "2015-06-23",
        },
    )(page)


async def _school_for_an_adult(page: Page) -> Response | None:
    await page.check("[name=need-0][value=school]")
    return await sent("/cases/new", "propose", **{"member-0-birth_date": "1984-03-17"})(page)


async def _at_once(page: Page) -> Response | None:
    await page.check("[name=need-all][value=flat]")
    return await sent("/cases/new", "open")(page)


async def _needs(page: Page) -> Response | None:
    await page.check("[name=need-all][value=flat]")
    await page.check("[name=need-0][value=work]")
    return await sent("/cases/new", "propose", **{"member-0-given_name": "ليلى"})(page)


async def _consent_of_tomorrow(page: Page) -> Response | None:
    await page.check("[name=consent-fields]")
    return await sent(
        "/consents/new",
        **{
            "consent-recipient": "area:residence",
            "consent-purpose": "Aufenthalt",
            "consent-given_at": "2099-01-01",
            "consent-valid_until": "2099-01-02",
        },
    )(page)
