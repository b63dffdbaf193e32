"""The editor of pathways: untouched, with faults, with a difference, overtaken, published."""

from playwright.async_api import Page, Response

from tests.accessibility.newer import CHANGED, PROPOSED
from tests.accessibility.visit import DONE, ERROR, OBSTACLE, Act, Visit, sent

WRITTEN = "housing"
"""A version is published of it at every visit that does so, each with other times."""
NOTE = "٢٠٢٦"


def visits_of_editor() -> list[Visit]:
    """Return the visits."""
    new, edit = "/pathways/new", f"/pathways/{WRITTEN}/edit"
    proposed = f"/pathways/{PROPOSED}"
    show, write = "GET /pathways/{key}/edit", "POST /pathways/{key}/edit"
    return [
        Visit("new pathway", f"GET {new}", "karin", new, ".nl-steps li"),
        Visit(
            "new pathway with faults",
            f"POST {new}",
            "karin",
            new,
            ".nl-fault",
            _with(new, "", 'text.value.replace("version: 1", "version: 0")'),
        ),
        Visit(
            "new pathway, not allowed", f"GET {new}", "anna", new, ".nl-main--narrow", status=403
        ),
        Visit("version, untouched", show, "karin", edit, ".nl-steps li"),
        Visit(
            "version of one that is used",
            show,
            "karin",
            f"/pathways/{CHANGED}/edit",
            ".nl-steps li",
        ),
        Visit(
            "version with a difference",
            write,
            "karin",
            edit,
            ".nl-changes .nl-card",
            _with(edit, "", LONGER),
        ),
        Visit(
            "version without a note",
            write,
            "karin",
            edit,
            ERROR,
            _with(edit, "publish", LONGER),
            422,
        ),
        Visit(
            "version, nothing changed",
            write,
            "karin",
            edit,
            OBSTACLE,
            _with(edit, "publish", "text.value", NOTE),
            409,
        ),
        Visit(
            "version that is published",
            write,
            "karin",
            edit,
            DONE,
            _with(edit, "publish", LONGER, NOTE),
        ),
        Visit(
            "version, overtaken",
            write,
            "karin",
            edit,
            "#findings .kern-alert--warning",
            _with(edit, "publish", LONGER, NOTE, based_on=1),
            409,
        ),
        Visit(
            "text, rehearsed",
            "POST /pathways/{key}/rehearsal",
            "karin",
            edit,
            ".nl-report td",
            _rehearsed,
        ),
        Visit(
            "text with faults, rehearsed",
            "POST /pathways/{key}/rehearsal",
            "karin",
            edit,
            ".nl-main--narrow",
            _rehearsed_with_a_fault,
            422,
        ),
        Visit("pathway with a proposal", "GET /pathways/{key}", "karin", proposed, PUT_ASIDE),
        Visit("proposed version", show, "karin", f"{proposed}/edit?proposal=2", ".nl-changes"),
        Visit(
            "proposal put aside",
            "POST /pathways/{key}/proposal",
            "karin",
            proposed,
            DONE,
            sent("/proposal", proposal="0"),
        ),
    ]


PUT_ASIDE = "form[action$=proposal]"
"""Every language and width finds the same: what is put aside is a version that there is not."""

LONGER = "text.value.replace(/refer: (\\d+)/, (_all, days) => `refer: ${(Number(days) % 40) + 1}`)"
"""The text with another time."""


def _with(address: str, do: str, text: str, note: str = "", based_on: int = 0) -> Act:
    """Put another text into the form, and check it or publish it."""

    async def act(page: Page) -> Response | None:
        async with page.expect_navigation() as leading:
            await page.evaluate(
                f"""([address, publishes, note, basedOn]) => {{
                    const form = [...document.forms].find(one => one.action.endsWith(address))
                    const text = form.elements.text
                    text.value = {text}
                    form.elements.note.value = note
                    if (publishes) {{
                        const base = form.elements.based_on
                        const over = document.createElement('input')
                        over.name = 'over'
                        over.value = basedOn || base.value
                        if (basedOn) base.value = basedOn
                        form.append(over)
                    }}
                    form.submit()
                }}""",
                [address, do, note, based_on],
            )
        return await leading.value

    return act


async def _rehearsed(page: Page) -> Response | None:
    return await _send_to_rehearsal(page, "")


async def _rehearsed_with_a_fault(page: Page) -> Response | None:
    return await _send_to_rehearsal(page, "?")


async def _send_to_rehearsal(page: Page, more: str) -> Response | None:
    """Rehearse the text, with something written after it, in this tab."""
    async with page.expect_navigation() as leading:
        await page.evaluate(
            """more => {
                const form = [...document.forms].find(one => one.action.endsWith('/edit'))
                form.elements.text.value += more
                form.action = form.action.replace('/edit', '/rehearsal')
                form.submit()
            }""",
            more,
        )
    return await leading.value
