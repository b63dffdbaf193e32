"""Who joins a household, who leaves it, and who is known from another case."""

from playwright.async_api import Page, Response

from tests.accessibility.household import HOUSEHOLD
from tests.accessibility.scene import Scene
from tests.accessibility.visit import ERROR, OBSTACLE, Visit, sent, unfolded

GIVEN_NAME, FAMILY_NAME, BORN, _LANGUAGES, _ROLE = HOUSEHOLD[0]
KNOWN = {
    "member-0-given_name": GIVEN_NAME,
    "member-0-family_name": FAMILY_NAME,
    "member-0-birth_date": BORN.isoformat(),
}


def visits_of_households(scene: Scene) -> list[Visit]:
    """Return the visits."""
    changed = f"/cases/{scene.changed_case}"
    joining, leaving = "/cases/{case_id}/members/new", "/cases/{case_id}/members/{member_id}/leave"
    new = f"{changed}/members/new"
    mother, father, child, _baby = (f"{changed}/members/{one}/leave" for one in scene.members)
    return [
        Visit(
            "case whose household has changed",
            "GET /cases/{case_id}",
            "anna",
            changed,
            "#household .nl-timeline",
            unfolded,
        ),
        Visit(
            "case with people in others",
            "GET /cases/{case_id}",
            "eva",
            changed,
            "#household .nl-badge--warning",
        ),
        Visit("new member", f"GET {joining}", "anna", new, "[name=joined_on]"),
        Visit(
            "new member, nothing typed",
            f"POST {joining}",
            "anna",
            new,
            ERROR,
            sent("/members/new", **{"member-0-family_name": "", "joined_on": ""}),
            422,
        ),
        Visit(
            "new member, born in the future",
            f"POST {joining}",
            "anna",
            new,
            OBSTACLE,
            _born_in_the_future,
            422,
        ),
        Visit(
            "new member, known already",
            f"POST {joining}",
            "anna",
            new,
            "[name=known]",
            sent("/members/new", **KNOWN),
            422,
        ),
        Visit(
            "new case, somebody is known already",
            "POST /cases/new",
            "anna",
            "/cases/new",
            "[name=known]",
            _known_in_a_new_case,
            422,
        ),
        Visit("member about to leave", f"GET {leaving}", "anna", child, "[name=left_on]"),
        Visit("member with nothing open about to leave", f"GET {leaving}", "eva", mother, "form"),
        Visit("member who is gone", f"GET {leaving}", "anna", father, OBSTACLE),
        Visit(
            "member, left for no reason",
            f"POST {leaving}",
            "anna",
            child,
            ERROR,
            sent("/leave", left_on=""),
            422,
        ),
        Visit(
            "member, left before birth",
            f"POST {leaving}",
            "anna",
            child,
            OBSTACLE,
            _left_before_birth,
            422,
        ),
    ]


async def _born_in_the_future(page: Page) -> Response | None:
    return await sent("/members/new", **(KNOWN | {"member-0-birth_date": "2099-01-01"}))(page)


async def _left_before_birth(page: Page) -> Response | None:
    await page.check("[name=reason]")
    return await sent("/leave", left_on="1950-01-01")(page)


async def _known_in_a_new_case(page: Page) -> Response | None:
    await unfolded(page)
    await page.check("[name=path-arrival]")
    return await sent("/cases/new", "open", municipality="05774032", **KNOWN)(page)
