"""After the takeover the case runs here."""

from datetime import timedelta

from service.engine.restart import start_open_workflows
from service.ledger.tables import events
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from tests import cast
from tests.takeover.stories import HAPPY_LIFE, bring, rows, story
from tests.world import World
from workflows.domain.actions import Action


async def test_acts_continue_where_the_past_ended(working: World) -> None:
    container = working.container
    now = container.clock.now()
    asked = HAPPY_LIFE[0] | {"at": now - timedelta(hours=2)}
    await bring(working, story(asked, opened_at=now - timedelta(hours=3)), now)
    [referral] = await rows(working, referrals)

    await start_open_workflows(container.database, container.engine, lambda _done, _total: None)
    done = await working.act(referral["id"], Action.ACCEPT, cast.CLARA)

    assert (done.seq, done.status) == (2, "accepted")
    sources = [
        (row["action"], row["source"])
        for row in await rows(working, events, "seq")
        if row["referral_id"]
    ]
    assert sources == [("request", "import"), ("accept", "engine")]


async def test_nobody_is_reminded_of_what_passed_before_the_takeover(working: World) -> None:
    container = working.container
    await bring(working, story(HAPPY_LIFE[0]), container.clock.now())
    [referral] = await rows(working, referrals)

    await start_open_workflows(container.database, container.engine, lambda _done, _total: None)
    await working.act(referral["id"], Action.RECEIVE, cast.CLARA)

    assert await rows(working, notifications) == []
