"""A page costs a fixed number of queries, however long its list is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

from tests import cast
from tests.pages.browsing import Browser
from tests.pages.conftest import ShiftedClock, SignIn
from tests.world import World


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement that is sent to the database."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def queries(browser: Browser, path: str) -> int:
    """Return how many statements a page costs when it is looked at again."""
    await browser.see(path)
    with counted() as statements:
        assert (await browser.see(path)).status == 200
    return len(statements)


async def test_lists_cost_the_same_with_one_row_and_with_many(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    case = await working.open_case()
    referral = await working.refer(case)
    clock.ahead = timedelta(days=10)
    asked = [
        (cast.ANNA, "/my-day", 6),
        (cast.ANNA, "/cases", 4),
        (cast.STEFAN, "/my-day", 6),
        (cast.STEFAN, "/stalled", 6),
        (cast.CLARA, "/my-day", 5),
        (cast.CLARA, "/inbox", 5),
        (cast.SABINE, "/inbox", 6),
        (cast.SABINE, "/stalled", 6),
    ]
    browsers = {person.user_id: await sign_in(person) for person, _path, _most in asked}
    before = [await queries(browsers[person.user_id], path) for person, path, _most in asked]
    for _ in range(6):
        await working.refer(await working.open_case())
    after = [await queries(browsers[person.user_id], path) for person, path, _most in asked]
    assert before == after
    assert all(count <= most for count, (_p, _path, most) in zip(after, asked, strict=True)), after
    assert await queries(browsers[cast.ANNA.user_id], f"/cases/{case}") <= 11
    assert await queries(browsers[cast.CLARA.user_id], f"/referrals/{referral}") <= 12
