"""What a rehearsal shows is what the engine does when people act at those same instants."""

from datetime import datetime

from service.calendar import AgencyCalendar
from service.engine.engine import Engine
from service.worker import Ports, build_worker
from tests.cast import CLARA
from tests.domain.households import PATH, draft_case, path, station, to_refer
from tests.engine.life import Life
from tests.engine.notebook import Notebook
from tests.engine.skipped_time import SkippedTime, server_that_skips_time
from tests.engine.test_lives_on_the_engine import EveryBasis
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.conduct import Conduct, Delay, later
from workflows.domain.reasons import Reason
from workflows.domain.rehearsing import RECALLS, rehearse
from workflows.domain.working_days import local_day

TASK_QUEUE = "rehearsed"
LATE = Conduct(send=5, respond=13, appoint=0, arrive=12, effect=30, confirm=None, refused=1)
"""Everybody is late, and the first agency refuses."""


async def test_the_engine_reminds_the_same_people_on_the_same_days() -> None:
    notebook = Notebook()
    ports = Ports(notebook, AgencyCalendar({}), EveryBasis())
    async with server_that_skips_time() as time, build_worker(time.client, ports, TASK_QUEUE):
        draft = draft_case(path(station("school")))
        life = Life(draft, time, Engine(time.client, TASK_QUEUE), notebook)
        await life.begin()
        began = life.twin.case.opened_at
        await _go(life, time)

    rehearsed = rehearse(draft.paths[0], {"school": LATE}, began)
    told = [
        (local_day(entry.event.at), notice.audience)
        for entry in notebook.entries
        for notice in entry.event.notices
        if notice.kind in RECALLS
    ]
    assert told == [(local_day(one.at), one.audience) for one in rehearsed.reminded]
    assert len(told) > 10


async def _go(life: Life, time: SkippedTime) -> None:
    """Send the step twice, until the second agency has done it; then wait until nobody objects."""
    for answer in (Action.REJECT, Action.ACCEPT):
        await _wait(life, time, LATE.send)
        sent = to_refer("school", path_id=PATH)
        await life.try_to(sent)
        await _wait(life, time, LATE.respond)
        await life.try_to((sent.referral_id, _act(answer)))
    for delay, action in ((LATE.arrive, Action.ARRIVE), (LATE.effect, Action.COMPLETE)):
        await _wait(life, time, delay)
        await life.try_to((sent.referral_id, _act(action)))
    await _wait(life, time, 10)
    assert life.tried["refused"] == 0


async def _wait(life: Life, time: SkippedTime, delay: Delay) -> None:
    now: datetime = time.now()
    await life.let_pass(later(now, delay) - now)


def _act(action: Action) -> ReferralAct:
    reason = Reason.NO_CAPACITY if action is Action.REJECT else None
    return ReferralAct(action=action, actor=CLARA, reason=reason)
