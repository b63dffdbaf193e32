"""Headers on every answer, and static files."""

import re
from pathlib import Path

import httpx
import pytest

from service.web.static import FrontEndMissingError, StaticFolders


@pytest.mark.parametrize("address", ["/sign-in", "/nothing", "/api/v1/nothing", "/healthz", "/"])
async def test_every_answer_is_strict(browser: httpx.AsyncClient, address: str) -> None:
    headers = (await browser.get(address)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers


async def test_pages_hold_neither_scripts_nor_styles_nor_foreign_addresses(
    alice: httpx.AsyncClient,
) -> None:
    page = (await alice.get("/my-day")).text
    assert not re.search(r"<style|style=|<script>|\son\w+=|https?://", page)
    assert page.count("<h1") == 1
    assert '<html lang="en"' in page
    assert 'href="#main"' in page
    assert '<main class="nl-frame nl-main' in page
    assert 'href="/my-day" aria-current="page"' in page


async def test_static_files_are_kept_for_a_year_under_an_address_of_their_content(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/sign-in")).text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 6
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    style = next(address for address in addresses if address.endswith("nahtlos.css"))
    sheet = (await browser.get(style)).text
    for font in re.findall(r'url\("\.\./([^"]+)"\)', sheet):
        assert (await browser.get(style.replace("own/nahtlos.css", font))).status_code == 200


async def test_nothing_outside_the_static_folders_is_served(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/sign-in")).text
    root = re.search(r'"(/static/[0-9a-f]{12})/', page)
    assert root
    for path in ("own/../../pages/layout.html", "own/%2e%2e/%2e%2e/pages/layout.html", "own/"):
        assert (await browser.get(f"{root[1]}/{path}")).status_code == 404


def _packages(folder: Path) -> Path:
    (folder / "@kern-ux/native/dist").mkdir(parents=True)
    (folder / "htmx.org/dist").mkdir(parents=True)
    return folder


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    packages = _packages(tmp_path / "node_modules")
    (own / "a.css").write_text("a {}")
    before = StaticFolders(own, packages).address("own/a.css")
    assert StaticFolders(own, packages).address("own/a.css") == before
    (own / "a.css").write_text("b {}")
    assert StaticFolders(own, packages).address("own/a.css") != before


def test_missing_packages_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FrontEndMissingError, match="make install"):
        StaticFolders(tmp_path, tmp_path / "node_modules")
