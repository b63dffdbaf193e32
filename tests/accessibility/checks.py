"""What is checked on every page in the browser."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


async def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA, a line for each element.

    Target sizes of at least 24 by 24 CSS pixels are among its rules (2.5.8).
    """
    await page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = await page.evaluate(
        """async (tags) => (await axe.run(document, {
            runOnly: tags, resultTypes: ['violations'], elementRef: false,
        })).violations""",
        WCAG_22_AA,
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


async def sideways(page: Page, width: int) -> list[str]:
    """Return what sticks out when the window is that wide (reflow, 1.4.10).

    A window of 1280 pixels at 400 % zoom is 320 CSS pixels wide.
    """
    await page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = await page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return []
            return [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > width + 1)
                .map(one => `${one.tagName}.${one.className}`).slice(-3)
        }"""
    )
    return [f"at {width} px: {one}" for one in found]


async def loose_errors(page: Page) -> list[str]:
    """Return the errors of a form that are not tied to their field (3.3.1, 4.1.2).

    Each has to be linked from the summary, marked as invalid, and described by its sentence.
    """
    found: list[str] = await page.evaluate(
        """() => {
            const links = [...document.querySelectorAll('[role=alert] a[href^="#field-"]')]
            const loose = links.filter(link => {
                const field = document.getElementById(link.hash.slice(1))
                if (!field) return true
                const group = field.closest('[role=radiogroup]')
                const invalid = [field, group].some(one => one?.ariaInvalid === 'true')
                const described = [field, field.closest('fieldset')]
                    .flatMap(one => one?.getAttribute('aria-describedby')?.split(' ') ?? [])
                    .map(id => document.getElementById(id)?.innerText.trim())
                return !invalid || !described.includes(link.innerText.trim())
            })
            const shown = document.querySelectorAll('.kern-error').length
            return [
                ...loose.map(link => link.innerText),
                ...(shown > links.length ? ['an error is not in the summary'] : []),
            ]
        }"""
    )
    return found


async def lost_places(page: Page) -> list[str]:
    """Return where the choice of another language would lead away from the page.

    Only a page that neither is an address of its own nor shows a form may lead to the start.
    """
    found: list[str] = await page.evaluate(
        """() => {
            const next = document.querySelector('.nl-language [name=next]')
            if (!next) return document.querySelector('main form') ? ['no way back here'] : []
            const here = location.pathname + location.search
            return next.value === here ? [] : [`the language leads to ${next.value}`]
        }"""
    )
    return found
