"""Every page speaks German, and English to those who chose it."""

import re

from tests import cast
from tests.pages.browsing import Page
from tests.pages.conftest import SignIn
from tests.world import World

ENGLISH = re.compile(
    r"\b(the|your|please|request|agency|nobody|deadline|case|step)\b", re.IGNORECASE
)
GERMAN = re.compile(r"\b(der|die|das|Sie|Anfrage|Stelle|Frist|Fall|niemand|bis)\b")
NAMES = re.compile(r"Station [\w-]+|Case Management|Case Manager")


async def _pages(working: World, sign_in: SignIn, language: str) -> list[Page]:
    case = await working.open_case()
    referral = await working.refer(case)
    office = ("/my-day", "/cases/new", "/cases", f"/cases/{case}", f"/referrals/{referral}")
    anna, stefan = await sign_in(cast.ANNA, language), await sign_in(cast.STEFAN, language)
    clara, katja = await sign_in(cast.CLARA, language), await sign_in(cast.KATJA, language)
    pages = [await anna.see(path) for path in (*office, f"/cases/{case}/consents/new")]
    asking = next(url for url in pages[3].links.values() if url.endswith("step=school"))
    return [
        *pages,
        await anna.see(asking),
        *[await stefan.see(path) for path in ("/my-day", "/stalled")],
        *[await clara.see(path) for path in ("/my-day", "/inbox", f"/referrals/{referral}")],
        await katja.see("/my-day"),
    ]


async def test_german_pages_hold_no_english(working: World, sign_in: SignIn) -> None:
    for page in await _pages(working, sign_in, "de"):
        assert page.status == 200, page.path
        assert not ENGLISH.findall(NAMES.sub("", page.text)), page.path


async def test_english_pages_hold_no_german(working: World, sign_in: SignIn) -> None:
    for page in await _pages(working, sign_in, "en"):
        assert page.status == 200, page.path
        assert 'lang="en"' in page.html
        assert not GERMAN.findall(NAMES.sub("", page.text)), page.path
