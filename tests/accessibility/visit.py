"""A visit: who goes where, does what there, and sees what."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page, Response

Act = Callable[[Page], Awaitable[Response | None]]
"""What the visitor does on the page; the answer if that leads to another one."""

ERROR = ".kern-error"
OBSTACLE = ".kern-alert--warning"
DONE = "[role=status] .kern-alert--success"
EMPTY = ".nl-empty"
GAP = ".nl-badge--danger"


@dataclass(frozen=True)
class Visit:
    """One page in one state.

    ``route`` is what is asked, by a link or by ``act``; ``shows`` a selector of what makes the
    state; ``who`` a user name, None before signing in; ``alone``: in a browser of this visit only;
    ``unattended``: nobody looks after the accounts yet.
    """

    name: str
    route: str
    who: str | None
    address: str
    shows: str
    act: Act | None = None
    status: int = 200
    alone: bool = False
    unattended: bool = False


def sent(action: str, do: str = "", **values: str) -> Act:
    """Send the form of that action (its end is enough), with these values in it."""

    async def act(page: Page) -> Response | None:
        async with page.expect_navigation() as leading:
            await page.evaluate(
                """([action, wanted, values]) => {
                    const form = [...document.forms].find(one => one.action.endsWith(action))
                    for (const [name, value] of Object.entries(values)) {
                        form.elements[name].value = value
                    }
                    const buttons = [...form.querySelectorAll('button')]
                    form.requestSubmit(buttons.find(one => one.value === wanted) ?? null)
                }""",
                [action, do, values],
            )
        return await leading.value

    return act


async def unfolded(page: Page) -> None:
    """Open everything that can be folded."""
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
