"""Drawings as a real browser shows them."""

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.async_api import Browser, PdfMargins
from pypdf import PdfReader

from service.pathways.files import read_pathway, shipped_files
from tests.accessibility.checks import sideways, violations
from tests.pathways.drawing.sheets import chain, under_way, waiting, write_page
from tests.pathways.drawing.stations import twelve_steps

SHIPPED = [read_pathway(file) for file in shipped_files()]
EVERY = [*SHIPPED, twelve_steps()]
PICTURES = {
    **{f"{pathway.key}, nobody on the way": waiting(pathway) for pathway in EVERY},
    **{f"{pathway.key}, under way": under_way(pathway) for pathway in EVERY},
    "twenty steps after each other": chain(20),
}

MARGIN = PdfMargins(top="15mm", bottom="15mm", left="15mm", right="15mm")

OVERLAPS = """() => {
    const box = one => one.getBoundingClientRect()
    const inner = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6
    const found = []
    const svg = document.querySelector('svg.nl-map')
    const texts = [...svg.querySelectorAll('text')]
    const frame = box(svg)
    for (const [at, text] of texts.entries()) {
        const here = box(text)
        if (here.right > frame.right + 1) found.push(`${text.textContent} sticks out`)
        for (const other of texts.slice(at + 1))
            if (inner(here, box(other))) found.push(`${text.textContent} / ${other.textContent}`)
        for (const mark of svg.querySelectorAll('circle, .nl-map__flag'))
            if (!text.matches('.nl-map__baton') && inner(here, box(mark)))
                found.push(`${text.textContent} / mark`)
        if (text.matches('.nl-map__gap, .nl-map__baton')) continue
        // Where lines run: the point on each, every four pixels.
        for (const line of svg.querySelectorAll('.nl-rail__edge'))
            for (let along = 0; along < line.getTotalLength(); along += 4) {
                const {x, y} = line.getPointAtLength(along)
                const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM())
                if (at.x > here.left && at.x < here.right && at.y > here.top && at.y < here.bottom)
                    { found.push(`${text.textContent} / line`); break }
            }
    }
    for (const flag of svg.querySelectorAll('.nl-map__flag')) {
        const here = box(flag)
        for (const text of flag.parentNode.querySelectorAll('.nl-map__baton'))
            if (box(text).right > here.right) found.push(`${text.textContent} leaves its flag`)
    }
    return found
}"""

CONTRASTS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true})
    const bright = colour => {
        canvas.fillStyle = colour
        canvas.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    }
    const paper = bright('#fff')
    const ratio = colour => Math.max(paper, bright(colour)) / Math.min(paper, bright(colour))
    const all = (selector, part, least) => [...document.querySelectorAll(selector)]
        .map(one => [getComputedStyle(one)[part], one.getAttribute('class') ?? one.tagName])
        .filter(([colour]) => ratio(colour) < least)
        .map(([colour, name]) => `${name}: ${ratio(colour).toFixed(1)}`)
    return [
        ...all('svg text:not(.nl-map__baton)', 'fill', 4.5),
        ...all('.nl-map__flag', 'fill', 4.5),
        ...all('svg circle, .nl-map__end, .nl-map__gate, .nl-map__broken', 'stroke', 3),
        ...all('.nl-rail > path:not([class])', 'stroke', 3),
    ]
}"""


@pytest.mark.parametrize("name", PICTURES)
async def test_labels_overlap_neither_each_other_nor_lines_nor_stations(
    chromium: Browser, tmp_path: Path, name: str
) -> None:
    page = await chromium.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(write_page(tmp_path, PICTURES[name]))
    await page.evaluate("document.fonts.ready")
    assert await page.evaluate("document.fonts.check('600 16px \"Fira Sans\"')")
    assert await page.evaluate(OVERLAPS) == []
    await page.close()


async def test_every_drawing_passes_axe_and_its_lines_and_words_can_be_told_from_the_paper(
    chromium: Browser, tmp_path: Path
) -> None:
    page = await chromium.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(write_page(tmp_path, *PICTURES.values()))
    assert await page.locator("svg.nl-map").count() == len(PICTURES)
    assert await violations(page) == []
    assert await page.evaluate(CONTRASTS) == []
    await page.close()


@pytest.mark.parametrize("name", PICTURES)
async def test_a_drawing_prints_on_one_a4_page(
    chromium: Browser, tmp_path: Path, name: str
) -> None:
    page = await chromium.new_page()
    await page.goto(write_page(tmp_path, PICTURES[name]))
    printed = PdfReader(BytesIO(await page.pdf(format="A4", margin=MARGIN)))
    assert len(printed.pages) == 1
    # What is printed as one letter for two counts as both.
    text = "".join(normalize("NFKC", printed.pages[0].extract_text()).split())
    lines = await page.locator("svg text").all_text_contents()
    assert [line for line in lines if line.isascii() and line.replace(" ", "") not in text] == []
    await page.close()


async def test_a_phone_shows_no_drawing_and_nothing_moves_sideways(
    chromium: Browser, tmp_path: Path
) -> None:
    page = await chromium.new_page()
    await page.goto(write_page(tmp_path, *PICTURES.values()))
    for width in (320, 360, 960, 1280):
        assert await sideways(page, width) == []
        assert await page.locator("svg.nl-map").first.is_visible() == (width >= 960)
    await page.close()


async def test_lines_can_be_told_apart_without_colour(chromium: Browser, tmp_path: Path) -> None:
    page = await chromium.new_page(viewport={"width": 1280, "height": 800})
    eight = chain(9).replace("nl-rail--waiting", "nl-rail--done")
    await page.goto(write_page(tmp_path, eight))
    hatchings = await page.evaluate(
        """() => [...document.querySelectorAll('.nl-rail__hatch')].map(one => {
            const {display, strokeDasharray, strokeWidth} = getComputedStyle(one)
            return `${display} ${strokeDasharray} ${strokeWidth}`
        })"""
    )
    assert len(set(hatchings[:8])) == 8
    assert hatchings[8] == hatchings[0]
    await page.close()
