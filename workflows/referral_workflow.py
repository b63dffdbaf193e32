"""One request to one agency, from the day it is sent until it has ended for good."""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from workflows import names
from workflows.activity_options import LEDGER, LOOKING_UP, PAUSE_AFTER_A_FAILURE

with workflow.unsafe.imports_passed_through():
    from workflows.contracts import CalendarContract, LedgerContract
    from workflows.domain.acts import ReferralAct
    from workflows.domain.case_acts import NewSender, ReferralMoved, Settle
    from workflows.domain.clock_rules import deadline_request
    from workflows.domain.deadlines import Deadline
    from workflows.domain.referral import apply, change_sender, settle
    from workflows.domain.referral_moments import next_moment, pass_moment
    from workflows.domain.referral_record import Outcome
    from workflows.domain.referral_rules import check
    from workflows.domain.referral_state import ActDone
    from workflows.messages import ReferralEntry, ReferralRun
    from workflows.refusals import refusing
    from workflows.updates import update_id


@workflow.defn(name=names.REFERRAL_WORKFLOW)
class ReferralWorkflow:
    """The truth for a referral's status and clock while it runs."""

    @workflow.init
    def __init__(self, start: ReferralRun) -> None:
        self._state = start.state
        self._told_seq = start.told_seq
        self._settlement = start.settlement
        self._sender = start.sender
        self._tell_from: datetime | None = None
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self, start: ReferralRun) -> None:  # noqa: ARG002 - taken in by __init__
        """Wait for acts and for the clock; keep the case informed; end when the referral ends."""
        while not self._is_over():
            await self._wait()
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._next_run())
            try:
                await self._do_what_is_next()
            except ActivityError:
                workflow.logger.error("the ledger refused an entry; it is tried again in a minute")
                await workflow.sleep(PAUSE_AFTER_A_FAILURE)
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def act(self, act: ReferralAct) -> ActDone:
        """Carry out a person's act; returns once the ledger has it."""
        cause = update_id()
        async with self._lock:
            if done := self._state.done_before(cause):
                return done.model_copy(update={"repeated": True})
            at = workflow.now()
            with refusing():
                check(self._state, act, at)
            deadline = await self._deadline(act, at)
            with refusing():
                outcome = apply(self._state, act, cause, at, deadline)
            return await self._record(outcome)

    @act.validator
    def _refuse_at_the_door(self, act: ReferralAct) -> None:
        """Refuse without a trace in history. While another act is being written, its outcome is
        not known yet: then the handler decides, when it is this act's turn.
        """
        if not self._lock.locked() and not self._state.done_before(update_id()):
            with refusing():
                check(self._state, act, workflow.now())

    @workflow.signal(name=names.SETTLE)
    def settle(self, message: Settle) -> None:
        """Hear from the case how a referral that came back ended."""
        self._settlement = message

    @workflow.signal(name=names.NEW_SENDER)
    def new_sender(self, message: NewSender) -> None:
        """Hear from the case that another office has taken it over."""
        self._sender = message

    def _is_over(self) -> bool:
        return self._state.closed_at is not None and not self._is_news()

    def _is_news(self) -> bool:
        """Tell whether the case has yet to hear of the latest move."""
        return self._told_seq < self._state.moved_seq

    def _next_run(self) -> ReferralRun:
        return ReferralRun(
            state=self._state,
            told_seq=self._told_seq,
            settlement=self._settlement,
            sender=self._sender,
        )

    async def _do_what_is_next(self) -> None:
        if self._sender:
            await self._go_on_with(self._sender)
        elif self._settlement:
            await self._take_in(self._settlement)
        elif self._is_moment():
            await self._pass_moment()
        elif self._is_time_to_tell():
            await self._tell_case()

    async def _wait(self) -> None:
        """Sleep until there is something to do: an act, a message, or a moment of the clock."""
        moment = self._next_moment()
        timeout = None if moment is None else max(moment - workflow.now(), timedelta(0))
        try:
            await workflow.wait_condition(
                lambda: self._has_work() or self._next_moment() != moment,
                timeout=timeout,
                timeout_summary="reminder or deadline",
            )
        except TimeoutError:
            return

    def _next_moment(self) -> datetime | None:
        """Return when the clock, or a case that could not be told, next needs something done."""
        moments = [next_moment(self._state), self._tell_from if self._is_news() else None]
        return min((moment for moment in moments if moment is not None), default=None)

    def _is_time_to_tell(self) -> bool:
        return self._is_news() and (self._tell_from is None or workflow.now() >= self._tell_from)

    def _has_work(self) -> bool:
        return (
            self._settlement is not None
            or self._sender is not None
            or self._is_time_to_tell()
            or self._is_moment()
            or workflow.info().is_continue_as_new_suggested()
        )

    def _is_moment(self) -> bool:
        moment = next_moment(self._state)
        return moment is not None and workflow.now() >= moment

    async def _pass_moment(self) -> None:
        async with self._lock:
            if outcome := pass_moment(self._state, workflow.now()):
                await self._record(outcome)

    async def _take_in(self, message: Settle) -> None:
        async with self._lock:
            if outcome := settle(self._state, message, workflow.now()):
                await self._record(outcome)
                self._told_seq = self._state.moved_seq
            self._settlement = None

    async def _go_on_with(self, message: NewSender) -> None:
        async with self._lock:
            if outcome := change_sender(self._state, message, workflow.now()):
                await self._record(outcome)
            self._sender = None

    async def _tell_case(self) -> None:
        """Send the case the latest snapshot. A case that cannot be found is told again later."""
        seq = self._state.moved_seq
        case = workflow.get_external_workflow_handle(names.case_workflow_id(self._state.case_id))
        try:
            await case.signal(names.REFERRAL_MOVED, ReferralMoved.of(self._state))
        except ApplicationError:
            workflow.logger.warning("the case cannot be found; it is told again in a minute")
            self._tell_from = workflow.now() + PAUSE_AFTER_A_FAILURE
        else:
            self._told_seq = max(self._told_seq, seq)
            self._tell_from = None

    async def _deadline(self, act: ReferralAct, at: datetime) -> Deadline | None:
        request = deadline_request(self._state, act, at)
        if request is None:
            return None
        deadlines = await workflow.execute_local_activity_method(
            CalendarContract.find_deadlines, [request], **LOOKING_UP
        )
        return deadlines[0]

    async def _record(self, outcome: Outcome) -> ActDone:
        state, event = outcome
        recorded = await workflow.execute_activity_method(
            LedgerContract.record_referral, ReferralEntry(event=event, state=state), **LEDGER
        )
        if not recorded.earlier:
            self._state = state
        return recorded.done(event.cause)
