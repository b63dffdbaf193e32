"""A request at every point of its life, as both sides see it."""

from playwright.async_api import Page, Response

from tests.accessibility.household import OF_ALL, OF_LAYLA, OF_MAXIMILIAN, OF_OLENA
from tests.accessibility.scene import Scene
from tests.accessibility.visit import DONE, ERROR, GAP, OBSTACLE, Visit, sent, unfolded


def visits_of_referrals(scene: Scene) -> list[Visit]:
    """Return the visits to requests, from both sides."""
    route, acting = "GET /referrals/{referral_id}", "POST /referrals/{referral_id}/{name}"
    at = {key: f"/referrals/{referral}" for key, referral in scene.referrals.items()}
    requested, in_progress = at[OF_MAXIMILIAN, "residence-title"], at[OF_LAYLA, "residence-title"]
    overdue, accepted = at[OF_LAYLA, "basic-income"], at[OF_OLENA, "health-check"]
    rejected, called = at[OF_MAXIMILIAN, "basic-income"], at[OF_ALL, "registration"]
    completed = at[OF_LAYLA, "end-of-asylum-benefits"]
    return [
        Visit("request to a clerk", route, "lena", requested, "#reject[open]", unfolded),
        Visit(
            "request, overdue, to a supervisor", route, "gudrun", overdue, "#assign[open]", unfolded
        ),
        Visit("request, overdue, from its sender", route, "anna", overdue, GAP, unfolded),
        Visit("request, accepted", route, "rita", accepted, "#fail[open]", unfolded),
        Visit("request, in progress", route, "lena", in_progress, "#progress[open]", unfolded),
        Visit("request, completed", route, "nina", completed, ".nl-shape--success"),
        Visit("request, rejected", route, "anna", rejected, ".nl-shape--danger"),
        Visit("request, rejected, to its clerk", route, "kerstin", rejected, ".nl-shape--danger"),
        Visit("request by telephone", route, "anna", called, "[name=record-action]", unfolded),
        Visit(
            "request by telephone, nothing said",
            acting,
            "anna",
            called,
            ERROR,
            sent("/record", **{"record-on": ""}),
            422,
        ),
        Visit(
            "request, rejected without a reason",
            acting,
            "lena",
            requested,
            ERROR,
            sent("/reject", **{"reject-note": "نعم"}),
            422,
        ),
        Visit(
            "progress without a word", acting, "lena", in_progress, ERROR, sent("/progress"), 422
        ),
        Visit(
            "somebody was faster",
            acting,
            "lena",
            requested,
            OBSTACLE,
            sent("/accept", expected_seq="0"),
            409,
        ),
        Visit(
            "cancelled too late",
            acting,
            "anna",
            rejected,
            OBSTACLE,
            _too_late,
            409,
        ),
        Visit("followed up", acting, "anna", overdue, DONE, sent("/nudge")),
        Visit(
            "session over",
            acting,
            "lena",
            in_progress,
            ".nl-note",
            _after_a_while,
            401,
            alone=True,
        ),
    ]


async def _too_late(page: Page) -> Response | None:
    """Send what another window of the same page still offered."""
    await page.evaluate(
        """() => {
            const form = document.createElement('form')
            const token = document.querySelector('[name=csrf_token]').value
            form.method = 'post'
            form.action = `${location.pathname}/cancel`
            for (const [name, value] of [['csrf_token', token], ['cancel-note', 'نعم']]) {
                const field = document.createElement('input')
                Object.assign(field, {name, value, type: 'hidden'})
                form.append(field)
            }
            document.body.append(form)
        }"""
    )
    return await sent("/cancel")(page)


async def _after_a_while(page: Page) -> Response | None:
    """Write a note, and send it when the session is over."""
    await page.context.clear_cookies()
    return await sent("/progress", **{"progress-note": "نعم\nنعم"})(page)
