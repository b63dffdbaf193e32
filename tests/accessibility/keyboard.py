"""A person who has a keyboard and no mouse: every step of the focus is looked at."""

from typing import Any

from playwright.async_api import Page

MOST_STEPS = 150

LOOK = """async () => {
    // The browser scrolls to what has the focus before it draws the next picture.
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
    const one = document.activeElement
    if (!one || one === document.body) return null
    const drawn = (element, part) => {
        const style = getComputedStyle(element, part)
        return [
            style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
            style.backgroundColor, style.borderTopColor, style.borderBottomWidth, style.top,
        ].join()
    }
    const look = element =>
        [drawn(element), drawn(element, '::before'), drawn(element, '::after')].join('|')
    const left = window.lastFocused
    const unmarked = left && left.element !== one && look(left.element) === left.look
        ? left.element.outerHTML.slice(0, 200) : null
    window.lastFocused = {element: one, look: look(one)}

    const box = one.getBoundingClientRect()
    const within = box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
        && box.left < innerWidth && box.top < innerHeight
    const middle = document.elementFromPoint(
        Math.min(box.left + box.width / 2, innerWidth - 1),
        Math.min(box.top + Math.min(box.height, 40) / 2, innerHeight - 1))
    const uncovered = middle && (one.contains(middle) || middle.contains(one)
        || [...(one.labels ?? [])].some(label => label.contains(middle)))
    return {
        html: one.outerHTML.slice(0, 200),
        hidden: within && uncovered ? null
            : `${one.outerHTML.slice(0, 200)} at ${JSON.stringify(box)} `
                + `under ${middle?.outerHTML.slice(0, 200)}`,
        unmarked,
    }
}"""
"""What has the focus; whether it is in sight; and whether what had it before looked different."""


class Keyboard:
    """Works a page with keys alone. Raises AssertionError when the focus gets out of sight."""

    def __init__(self, page: Page) -> None:
        """Take a page that stands at the beginning."""
        self.page = page
        self.steps = 0

    async def press(self, key: str) -> dict[str, Any] | None:
        """Press a key and look where the focus is."""
        await self.page.keyboard.press(key)
        seen: dict[str, Any] | None = await self.page.evaluate(LOOK)
        if seen:
            self.steps += 1
            assert not seen["hidden"], f"the focus is out of sight: {seen['hidden']}"
            assert not seen["unmarked"], f"the focus was not visible: {seen['unmarked']}"
        return seen

    async def go_to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until the focus is on what the selector says."""
        for _ in range(MOST_STEPS):
            await self.press(key)
            if await self.is_on(selector):
                return
        raise AssertionError(f"{selector} cannot be reached with {key}")

    async def is_on(self, selector: str) -> bool:
        """Tell whether the focus is there."""
        on: bool = await self.page.evaluate(
            "selector => document.activeElement.matches(selector)", selector
        )
        return on

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self.page.keyboard.type(text)

    async def follow(self, key: str = "Enter") -> None:
        """Press what has the focus, and wait for the page that it leads to."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press(key)

    async def skip(self) -> None:
        """Use the link that skips the head of the page."""
        await self.go_to(".nl-skip")
        await self.page.keyboard.press("Enter")
        assert await self.is_on("main")

    async def correct(self, field: str) -> None:
        """Be led from the summary of errors, which has the focus, to the wrong field."""
        assert await self.is_on("[role=alert]"), "the summary of the errors has no focus"
        await self.go_to(f"[role=alert] a[href='#{field}']")
        await self.press("Enter")
        assert await self.is_on(f"#{field}"), f"the link does not lead to {field}"
