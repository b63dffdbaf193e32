"""A case that goes on and on: a job centre that keeps asking, a school that never answers."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from service.cases.acting import assign_case
from service.cases.schemas import AssignCase
from service.engine.engine import EngineUnavailable
from tests import cast
from tests.engine.waiting import until_step
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.referral_state import ActDone
from workflows.names import case_workflow_id, referral_workflow_id

QUESTIONS = 4
"""So many questions the job centre has in each round."""

Let = Callable[[timedelta], Awaitable[None]]
"""Lets time pass."""

Receipt = TypeVar("Receipt")


class LongCase:
    """The case, and the receipts of every act on it, by workflow and in their order."""

    def __init__(self, world: World, let_pass: Let, hour: timedelta, clerks: int = 1) -> None:
        """Take how time passes, and how much of it is an hour in this case.

        So many ``clerks`` note what has come at the same moment.
        """
        self.world = world
        self.receipts: defaultdict[str, list[ActDone]] = defaultdict(list)
        self.referrals_sent = 0
        self.let_pass = let_pass
        self._hour = hour
        self._clerks = clerks

    async def open(self) -> None:
        """Open the case; the person has arrived at the job centre."""
        a_shift = f"PT{8 * self._hour.total_seconds()}S"
        half_of_it = f"PT{4 * self._hour.total_seconds()}S"
        terms = dict.fromkeys(("refer", "respond", "answer"), a_shift)
        await self.world.publish(pathway("long", remind_before=half_of_it, **terms))
        self.case_id = await self.world.open_case(pathway_key="long")
        self.job_centre = await self._refer("job-centre", "receiver")
        for action in (Action.ACCEPT, Action.ARRIVE):
            await self._act(self.job_centre, action)

    async def round(self) -> None:
        """Go through it once: everybody waits until they are reminded. It takes 30 hours."""
        for _ in range(QUESTIONS):
            await self._act(self.job_centre, Action.ASK, note="Which paper?")
            await self._until_reminded()
            await self._act(self.job_centre, Action.ANSWER, note="This one.")
            at_once = [self._note_progress() for _ in range(self._clerks)]
            await asyncio.gather(*at_once)
        await self._assign()
        school = await self._refer("school", "silent-agency")
        await self._until_reminded()
        await self._act(school, Action.CANCEL)
        await until_step(self.world, self.case_id, "school", "due")
        await self._until_reminded()

    async def _until_reminded(self) -> None:
        await self.let_pass(5 * self._hour)

    async def _note_progress(self) -> None:
        await self._act(self.job_centre, Action.PROGRESS, note="It came.")

    async def _act(self, referral_id: UUID, action: Action, note: str | None = None) -> None:
        key = str(uuid7())
        done = await _confirmed(lambda: self.world.act(referral_id, action, key=key, note=note))
        self.receipts[referral_workflow_id(referral_id)].append(done)

    async def _assign(self) -> None:
        key, to_anna = str(uuid7()), AssignCase(case_manager="anna")
        done = await _confirmed(
            lambda: assign_case(self.world.container, cast.STEFAN, self.case_id, to_anna, key)
        )
        self.receipts[case_workflow_id(self.case_id)].append(done)

    async def _refer(self, step: str, agency: str) -> UUID:
        key = str(uuid7())
        self.referrals_sent += 1
        return await _confirmed(lambda: self.world.refer(self.case_id, step, agency, key=key))


async def _confirmed(act: Callable[[], Awaitable[Receipt]]) -> Receipt:
    """Do what a person does who gets no answer in time: ask again, with the same key."""
    try:
        return await act()
    except EngineUnavailable:
        await asyncio.sleep(1)
        return await act()
