"""Mail servers that refuse, are away or break off: every letter arrives, and work goes on."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from activities.mail import FIRST_RETRY, LONGEST_RETRY, send_due_letters
from service.notifications.outbox import PostgresOutbox
from service.notifications.smtp import SmtpMailer, mailer_for
from service.notifications.tables import notifications
from service.settings import Settings
from service.stack.ports import HOST, Ports
from tests import cast
from tests.counts import LETTERS
from tests.notifications.faulty_server import Fault, FaultyServer
from tests.notifications.urgent import IN_HOURS, open_urgent_case
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.digest import digest_at_or_after
from workflows.domain.notices import Delivery
from workflows.domain.undoing import UNDO_WINDOW
from workflows.domain.working_days import local_day

FAULTS = [
    Fault(stage, answer)
    for stage in ("connect", "MAIL", "RCPT", "DATA")
    for answer in ("421 we are closing", "450 not now")
]

ABSENCE = timedelta(hours=6)

GATHERED = 2
"""So many requests are told of in the receiver's morning mail."""


@dataclass(frozen=True)
class PostOffice:
    """The dispatcher's parts, and the letters that wait to be sent at ``begin``.

    There are ``number`` of them, about these referrals: to the receiver one about each urgent
    request, and one of the morning's about all others; and one of the morning's to Anna.
    """

    world: World
    server: FaultyServer
    outbox: PostgresOutbox
    mailer: SmtpMailer
    begin: datetime
    number: int
    referrals: list[UUID]

    async def dispatch(self, now: datetime) -> int:
        """Send what is due at that time; return how many letters went out."""
        return await send_due_letters(self.outbox, self.mailer, lambda: now)

    async def dispatch_while_work_goes_on(self, now: datetime) -> int:
        """Send what is due, while people do what workflows have to confirm."""
        sent, _ = await asyncio.gather(self.dispatch(now), _work(self.world))
        return sent

    async def next_attempt(self) -> datetime:
        """Return when the letters are tried next that were not sent: all at the same time."""
        query = select(notifications.c.next_attempt_at).where(
            notifications.c.sent_at.is_(None), *_IS_A_LETTER
        )
        async with self.world.container.database.transaction() as connection:
            due: set[datetime] = {*await connection.scalars(query)}
        [at] = due
        return at

    async def check_all_arrived(self, times: int = 1) -> None:
        """Check that every letter has come so often, that it is noted, and that nothing is lost."""
        query = select(notifications.c.message_id, notifications.c.sent_at).where(*_IS_A_LETTER)
        async with self.world.container.database.transaction() as connection:
            letters = (await connection.execute(query)).all()
        assert len(letters) == self.number
        assert all(letter.sent_at for letter in letters)
        assert self.server.times() == {letter.message_id: times for letter in letters}
        told = "\n".join(mail.body for mail in self.server.mails)
        assert all(f"/referrals/{referral_id}" in told for referral_id in self.referrals)
        assert await self.dispatch(self.begin + 2 * ABSENCE) == 0

    def report(self, record_property: Callable[[str, object], None], attempts: int) -> None:
        """Tell the numbers."""
        mails = len(self.server.mails)
        report = (
            f"{self.number} letters, {attempts} attempts: "
            f"{mails} mails arrived, {mails - self.number} of them duplicates"
        )
        record_property("letters", report)
        print(report)  # noqa: T201 - the numbers are what the tests are asked for


_IS_A_LETTER = (notifications.c.delivery != Delivery.DIGEST, notifications.c.dropped_at.is_(None))


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Where the mail server listens, if it does."""
    return Ports(tmp_path_factory.mktemp("faulty") / "ports.json").of("smtp")


@pytest.fixture(scope="module")
def mailer(settings: Settings, port: int) -> SmtpMailer:
    """The mailer that speaks to it."""
    return mailer_for(settings, f"smtp://{HOST}:{port}")


@pytest.fixture
def server(port: int) -> Iterator[FaultyServer]:
    """The mail server, not started yet."""
    server = FaultyServer(port)
    yield server
    server.stop()


@pytest.fixture
async def office(working: World, server: FaultyServer, mailer: SmtpMailer) -> PostOffice:
    """A morning at which both kinds of letters are due."""
    first = await open_urgent_case(working)
    more = [IN_HOURS] * (LETTERS - 1) + ["benefit-change"] * (GATHERED + 1)
    cases = await asyncio.gather(*(working.open_case(pathway_key=key) for key in more))
    referrals = await asyncio.gather(*(working.refer(one) for one in (first, *cases)))
    await working.act(referrals[-1], Action.REJECT, reason="no-capacity")
    begin = digest_at_or_after(working.container.clock.now() + UNDO_WINDOW)
    return PostOffice(
        world=working,
        server=server,
        outbox=PostgresOutbox(working.container.database),
        mailer=mailer,
        begin=begin,
        number=LETTERS + 2,
        referrals=referrals,
    )


async def test_letters_that_are_refused_in_every_way_arrive_once(
    office: PostOffice, record_property: Callable[[str, object], None]
) -> None:
    server, now = office.server, office.begin
    server.start()
    working = asyncio.create_task(_work(office.world))
    pauses = []
    for fault in FAULTS:
        server.fault = fault
        assert await office.dispatch(now) == 0
        again = await office.next_attempt()
        pauses.append(again - now)
        now = again
    await working
    assert server.refused == len(FAULTS) * office.number
    assert server.mails == []
    assert pauses == _pauses(len(FAULTS))

    server.fault = None
    server.hangs_up = True  # what it has confirmed counts, however the talk ends
    assert await office.dispatch(now) == office.number

    await office.check_all_arrived()
    office.report(record_property, (len(FAULTS) + 1) * office.number)


async def test_letters_arrive_after_a_server_was_away_for_six_hours(
    office: PostOffice, record_property: Callable[[str, object], None]
) -> None:
    now, is_back_at = office.begin, office.begin + ABSENCE
    assert await office.dispatch_while_work_goes_on(now) == 0
    pauses = []
    while (again := await office.next_attempt()) < is_back_at:
        assert again - now <= LONGEST_RETRY
        pauses.append(again - now)
        now = again
        assert await office.dispatch(now) == 0
    await _work(office.world)
    assert pauses == _pauses(len(pauses))

    office.server.start()
    assert again - is_back_at <= LONGEST_RETRY
    assert await office.dispatch(again) == office.number

    await office.check_all_arrived()
    office.report(record_property, (len(pauses) + 2) * office.number)


async def test_a_letter_whose_taking_was_not_confirmed_comes_twice_under_the_same_id(
    office: PostOffice, record_property: Callable[[str, object], None]
) -> None:
    office.server.start()
    office.server.drops = True
    assert await office.dispatch_while_work_goes_on(office.begin) == 0
    assert len(office.server.mails) == office.number

    assert await office.dispatch(await office.next_attempt()) == office.number

    await office.check_all_arrived(times=2)
    office.report(record_property, 2 * office.number)


async def test_letters_that_are_refused_hold_up_no_other(
    office: PostOffice, record_property: Callable[[str, object], None]
) -> None:
    office.server.start()
    office.server.fault = Fault("RCPT", "450 mailbox busy", "receiver@example.org")

    assert await office.dispatch_while_work_goes_on(office.begin) == 1

    assert [mail.to for mail in office.server.mails] == ["anna@example.org"]
    office.server.fault = None
    assert await office.dispatch(await office.next_attempt()) == office.number - 1
    await office.check_all_arrived()
    office.report(record_property, 2 * office.number - 1)


async def test_work_goes_on_while_a_server_keeps_the_dispatcher_waiting(
    office: PostOffice, record_property: Callable[[str, object], None]
) -> None:
    office.server.start()
    office.server.thinks = True
    dispatching = asyncio.create_task(office.dispatch(office.begin))
    while not office.server.has_begun_to_think:  # noqa: ASYNC110 - another thread changes it
        await asyncio.sleep(0.01)

    await _work(office.world)

    assert not dispatching.done()
    office.server.thinks = False
    assert await dispatching == office.number
    await office.check_all_arrived()
    office.report(record_property, office.number)


def _pauses(number: int) -> list[timedelta]:
    """Return how long to wait after each of so many attempts."""
    return [min(FIRST_RETRY * 2**attempt, LONGEST_RETRY) for attempt in range(number)]


async def _work(world: World) -> None:
    """Open a case, refer a step and note an answer; nobody is mailed about it."""
    referral_id = await world.refer(await world.open_case(), "school", "silent-agency")
    today = local_day(world.container.clock.now())
    source = {"channel": "telephone", "on": today, "spoken_to": "Frau Sand"}
    done = await world.act(referral_id, Action.ACCEPT, actor=cast.ANNA, source=source)
    assert done.status == "accepted"
