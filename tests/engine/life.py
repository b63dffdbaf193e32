"""A life on the engine, act by act, and whether it is what the rules alone come to."""

import asyncio
from collections import Counter
from datetime import timedelta
from itertools import count

from service.engine.engine import Engine, EngineUnavailable, WorkflowGone
from tests.engine.notebook import Notebook
from tests.engine.skipped_time import SkippedTime
from tests.engine.twin import Twin, Wish
from tests.engine.what_holds import WhatHolds
from workflows.domain.case_acts import Assign, Close, Refer, Reopen, Waive
from workflows.domain.case_moving import MovePath
from workflows.domain.case_state import CaseState
from workflows.domain.errors import RuleBroken
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.referral_state import ActDone

PATIENCE = 30.0  # seconds


class Life:
    """A case on the engine, and its twin. Every act that is tried is counted in ``tried``."""

    def __init__(
        self, draft: CaseState, time: SkippedTime, engine: Engine, notebook: Notebook
    ) -> None:
        """Take a case that is not open yet."""
        self.time = time
        self.twin = Twin(draft.model_copy(update={"opened_at": time.now()}))
        self.holding = WhatHolds()
        self.tried: Counter[str] = Counter()
        self._engine = engine
        self._notebook = notebook
        self._read = 0
        self._causes = count(1)

    async def begin(self) -> None:
        """Open the case."""
        await self._engine.open_case(self.twin.case)
        await self._catch_up()

    async def let_pass(self, time: timedelta) -> None:
        """Let time pass, with all that happens in it."""
        await self.time.pass_by(time)
        await self._catch_up()

    async def try_to(self, wish: Wish) -> None:
        """Do it, or have it refused: the rules alone do the same."""
        cause = f"act-{next(self._causes)}"
        self.twin.wish(cause, wish)
        outcome: ActDone | RuleBroken | WorkflowGone
        try:
            outcome = await self._ask_for(wish, cause)
        except (RuleBroken, WorkflowGone) as refused:
            outcome = refused
        await self._catch_up()
        if isinstance(outcome, ActDone):
            self.tried["done"] += 1
            self._see_the_receipt(wish, outcome)
        else:
            self.tried["refused"] += 1
            self._see_the_refusal(wish, outcome)

    def _see_the_receipt(self, wish: Wish, done: ActDone) -> None:
        state = self.twin.referrals[wish[0]] if isinstance(wish, tuple) else self.twin.case
        assert done.model_copy(update={"repeated": False}) == state.done_before(done.cause)

    def _see_the_refusal(self, wish: Wish, refused: RuleBroken | WorkflowGone) -> None:
        expected = self.twin.refusal(wish, self.time.now())
        assert expected is not None
        # What has ended is not asked any more; the pages then ask the rules themselves.
        if isinstance(refused, RuleBroken):
            assert (refused.code, refused.params) == (expected.code, expected.params)

    async def _ask_for(self, wish: Wish, cause: str) -> ActDone:
        """Ask for an act as people do: without an answer, the same one is asked for again."""
        try:
            return await self._do(wish, cause)
        except EngineUnavailable:
            return await self._do(wish, cause)

    async def _do(self, wish: Wish, cause: str) -> ActDone:
        case_id = self.twin.case.case_id
        match wish:
            case Refer():
                asked = self._engine.refer(case_id, wish, cause)
            case Waive():
                asked = self._engine.waive(case_id, wish, cause)
            case MovePath():
                asked = self._engine.move_path(case_id, wish, cause)
            case AddMember():
                asked = self._engine.add_member(case_id, wish, cause)
            case RemoveMember():
                asked = self._engine.remove_member(case_id, wish, cause)
            case Assign():
                asked = self._engine.assign(case_id, wish, cause)
            case Close():
                asked = self._engine.close(case_id, wish, cause)
            case Reopen():
                asked = self._engine.reopen(self.twin.case, wish, cause)
            case (referral_id, act):
                asked = self._engine.act_on_referral(referral_id, act, cause)
        return await asked

    async def _catch_up(self) -> None:
        """Read what was written until nothing is under way, and see what must hold then."""
        while True:
            for entry in self._notebook.entries[self._read :]:
                self._read += 1
                self.twin.take(entry)
                self.holding.read(entry)
            if not self.twin.is_ahead(await self.time.look()):
                break
            async with asyncio.timeout(PATIENCE):
                await self._notebook.more_than(self._read)
        self.holding.see(self.time.now())
