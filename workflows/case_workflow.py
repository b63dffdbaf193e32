"""One household's case: its paths, and who is responsible for each step."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, ApplicationError, WorkflowAlreadyStartedError

from workflows import names
from workflows.activity_options import LEDGER, LOOKING_UP, PAUSE_AFTER_A_FAILURE

with workflow.unsafe.imports_passed_through():
    from workflows.contracts import BasisContract, CalendarContract, LedgerContract
    from workflows.domain.case import (
        assign_case,
        check_assign,
        check_close,
        check_refer,
        check_waive,
        close_case,
        open_case,
        send_step,
        waive_step,
    )
    from workflows.domain.case_acts import (
        AnswerOffer,
        Assign,
        Close,
        NewSender,
        OfferCase,
        Refer,
        ReferralMoved,
        Reopen,
        Settle,
        Waive,
        WithdrawOffer,
    )
    from workflows.domain.case_moments import (
        next_moment,
        overdue_at,
        pass_moment,
        take_in_consent,
        waiting_for_consent,
    )
    from workflows.domain.case_moving import MovePath, check_move, move_path
    from workflows.domain.case_news import late_settlement, referral_moved, settlements_made
    from workflows.domain.case_record import Outcome
    from workflows.domain.case_reopening import reopen_case
    from workflows.domain.case_state import CaseState
    from workflows.domain.case_steps import Place, respond_request
    from workflows.domain.case_transfer import (
        answer_offer,
        answer_request,
        check_answer,
        check_offer,
        check_withdrawal,
        late_new_sender,
        new_senders,
        offer_case,
        withdraw_offer,
    )
    from workflows.domain.deadlines import Deadline, DeadlineRequest
    from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut, RecordEntitlement
    from workflows.domain.entitlement_moves import (
        change_entitlement,
        check_change,
        check_let_run_out,
        check_record,
        let_run_out,
        record_entitlement,
    )
    from workflows.domain.household_acts import AddMember, RemoveMember
    from workflows.domain.household_moves import (
        add_member,
        check_add,
        check_remove,
        remove_member,
    )
    from workflows.domain.office_clocks import clocks_to_start
    from workflows.domain.path_starting import StartPath, check_start_path, start_path
    from workflows.domain.referral_state import ActDone, ReferralState
    from workflows.domain.statuses import CaseStatus
    from workflows.messages import (
        BasisQuestion,
        CaseEntry,
        CaseRun,
        ReferralEntry,
        ReferralRun,
        StepPlace,
    )
    from workflows.refusals import refusing
    from workflows.updates import update_id


@workflow.defn(name=names.CASE_WORKFLOW)
class CaseWorkflow:
    """The truth for which agency has the baton, step by step, while it runs."""

    @workflow.init
    def __init__(self, start: CaseRun) -> None:
        self._state = start.state
        self._news = list(start.news)
        self._settlements = list(start.settlements)
        self._senders = list(start.senders)
        self._is_consent_new = False
        self._is_to_reopen = start.is_to_reopen
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self, start: CaseRun) -> None:  # noqa: ARG002 - taken in by __init__
        """Open the case, follow its referrals and its clocks, end when a person closes it."""
        if self._is_to_reopen:
            await self._wait_for_reopening()
        while not (self._is_over() and workflow.all_handlers_finished()):
            await self._go_on()
            await workflow.wait_condition(workflow.all_handlers_finished)
            await asyncio.sleep(0)  # an act that came at the very end begins now

    async def _go_on(self) -> None:
        while not self._is_over():
            await self._wait()
            if self._is_to_continue_as_new():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._next_run())
            try:
                await self._do_what_is_next()
            except ActivityError as error:
                workflow.logger.error("%s; it is tried again in a minute", type(error).__name__)
                await workflow.sleep(PAUSE_AFTER_A_FAILURE)

    async def _wait_for_reopening(self) -> None:
        """Wait for the act that this run was started for."""
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: not self._is_to_reopen, timeout=PAUSE_AFTER_A_FAILURE
            )
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def opened(self) -> None:
        """Return once the case stands in the ledger."""
        await workflow.wait_condition(lambda: self._state.status is not CaseStatus.DRAFT)

    @workflow.update
    async def reopen(self, reopen: Reopen) -> ActDone:
        """Open the closed case again; its steps become due anew."""
        async with self._lock:
            self._is_to_reopen = False
            if done := self._done_before():
                return done
            with refusing():
                state, event = reopen_case(self._state, reopen, update_id(), workflow.now())
            return await self._record((await self._woken(state, event.at), event))

    @workflow.update
    async def refer(self, refer: Refer) -> ActDone:
        """Send a step to an agency: one entry in the ledger for both, then its workflow starts."""
        async with self._lock:
            if done := self._done_before():
                return done
            with refusing():
                step = check_refer(self._state, refer)
            at = workflow.now()
            [respond] = await self._find_deadlines([respond_request(step, refer, at)])
            with refusing():
                outcome, (referral, request) = send_step(
                    self._state, refer, update_id(), at, respond
                )
            done = await self._record(outcome, ReferralEntry(event=request, state=referral))
            if not done.repeated:
                await self._start_referral(referral)
            return done

    @workflow.update
    async def waive(self, waive: Waive) -> ActDone:
        """Leave a step out; the next ones may become due."""
        return await self._decide_and_wake(
            lambda at: waive_step(self._state, waive, update_id(), at)
        )

    @workflow.update
    async def start_path(self, start: StartPath) -> ActDone:
        """Start another path; its first steps become due."""
        return await self._decide_and_wake(
            lambda at: start_path(self._state, start, update_id(), at)
        )

    @workflow.update
    async def record_entitlement(self, act: RecordEntitlement) -> ActDone:
        """Note an entitlement; what runs out gets a clock of the office."""
        return await self._decide_and_wake(
            lambda at: record_entitlement(self._state, act, update_id(), at)
        )

    @workflow.update
    async def change_entitlement(self, act: ChangeEntitlement) -> ActDone:
        """Note the days of an entitlement anew."""
        return await self._decide_and_wake(
            lambda at: change_entitlement(self._state, act, update_id(), at)
        )

    @workflow.update
    async def let_run_out(self, act: LetRunOut) -> ActDone:
        """Note why nothing has to follow an entitlement."""
        return await self._decide(lambda at: let_run_out(self._state, act, update_id(), at))

    @workflow.update
    async def add_member(self, act: AddMember) -> ActDone:
        """Take somebody into the household."""
        return await self._decide(lambda at: add_member(self._state, act, update_id(), at))

    @workflow.update
    async def remove_member(self, act: RemoveMember) -> ActDone:
        """Let somebody go; nothing is left to do on the paths of that person alone."""
        return await self._decide(lambda at: remove_member(self._state, act, update_id(), at))

    @workflow.update
    async def move_path(self, move: MovePath) -> ActDone:
        """Move a path to a newer version of its pathway; its steps may become due."""
        done = await self._decide_and_wake(lambda at: move_path(self._state, move, update_id(), at))
        if not done.repeated:
            self._is_consent_new = True  # the new version may name a statute
        return done

    @workflow.update
    async def assign(self, assign: Assign) -> ActDone:
        """Give the case to a colleague."""
        return await self._decide(lambda at: assign_case(self._state, assign, update_id(), at))

    @workflow.update
    async def close(self, close: Close) -> ActDone:
        """Close the case; its workflow ends."""
        return await self._decide(lambda at: close_case(self._state, close, update_id(), at))

    @workflow.update
    async def offer(self, offer: OfferCase) -> ActDone:
        """Offer the case to another office; until it accepts, everything stays here."""
        async with self._lock:
            if done := self._done_before():
                return done
            with refusing():
                check_offer(self._state, offer)
            at = workflow.now()
            [deadline] = await self._find_deadlines([answer_request(offer, at)])
            with refusing():
                outcome = offer_case(self._state, offer, update_id(), at, deadline)
            return await self._record(outcome)

    @workflow.update
    async def answer_offer(self, answer: AnswerOffer) -> ActDone:
        """Accept the case, with everything that is under way in it, or decline it."""
        return await self._decide(lambda at: answer_offer(self._state, answer, update_id(), at))

    @workflow.update
    async def withdraw_offer(self, withdrawal: WithdrawOffer) -> ActDone:
        """Take an offer back that is not answered yet."""
        return await self._decide(
            lambda at: withdraw_offer(self._state, withdrawal, update_id(), at)
        )

    @refer.validator
    def _refuse_referral(self, refer: Refer) -> None:
        if self._is_decided():
            with refusing():
                check_refer(self._state, refer)

    @waive.validator
    def _refuse_waiver(self, waive: Waive) -> None:
        if self._is_decided():
            with refusing():
                check_waive(self._state, waive)

    @start_path.validator
    def _refuse_path(self, start: StartPath) -> None:
        if self._is_decided():
            with refusing():
                check_start_path(self._state, start)

    @record_entitlement.validator
    def _refuse_entitlement(self, act: RecordEntitlement) -> None:
        if self._is_decided():
            with refusing():
                check_record(self._state, act)

    @change_entitlement.validator
    def _refuse_change(self, act: ChangeEntitlement) -> None:
        if self._is_decided():
            with refusing():
                check_change(self._state, act)

    @let_run_out.validator
    def _refuse_to_let_run_out(self, act: LetRunOut) -> None:
        if self._is_decided():
            with refusing():
                check_let_run_out(self._state, act)

    @add_member.validator
    def _refuse_joining(self, act: AddMember) -> None:
        if self._is_decided():
            with refusing():
                check_add(self._state, act)

    @remove_member.validator
    def _refuse_leaving(self, act: RemoveMember) -> None:
        if self._is_decided():
            with refusing():
                check_remove(self._state, act)

    @move_path.validator
    def _refuse_move(self, move: MovePath) -> None:
        if self._is_decided():
            with refusing():
                check_move(self._state, move)

    @assign.validator
    def _refuse_assignment(self, assign: Assign) -> None:
        if self._is_decided():
            with refusing():
                check_assign(self._state, assign)

    @close.validator
    def _refuse_closing(self, close: Close) -> None:
        if self._is_decided():
            with refusing():
                check_close(self._state, close)

    @offer.validator
    def _refuse_offer(self, offer: OfferCase) -> None:
        if self._is_decided():
            with refusing():
                check_offer(self._state, offer)

    @answer_offer.validator
    def _refuse_answer(self, answer: AnswerOffer) -> None:
        if self._is_decided():
            with refusing():
                check_answer(self._state, answer)

    @withdraw_offer.validator
    def _refuse_withdrawal(self, withdrawal: WithdrawOffer) -> None:
        if self._is_decided():
            with refusing():
                check_withdrawal(self._state, withdrawal)

    @workflow.signal(name=names.REFERRAL_MOVED)
    def referral_moved(self, moved: ReferralMoved) -> None:
        """Hear from a referral where it stands."""
        self._news.append(moved)

    async def _wait(self) -> None:
        """Sleep until there is something to do: a message, or a moment of a step's clock."""
        moment = next_moment(self._state)
        timeout = None if moment is None else max(moment - workflow.now(), timedelta(0))
        try:
            await workflow.wait_condition(
                lambda: self._has_work() or next_moment(self._state) != moment,
                timeout=timeout,
                timeout_summary="reminder or deadline",
            )
        except TimeoutError:
            return

    @workflow.signal(name=names.CONSENT_GIVEN)
    def consent_given(self) -> None:
        """Hear that a consent was written down: it may be what a step was waiting for."""
        self._is_consent_new = True

    def _is_over(self) -> bool:
        is_closed = self._state.status is CaseStatus.CLOSED
        return is_closed and not (self._settlements or self._senders or self._news)

    def _has_work(self) -> bool:
        return (
            bool(self._news or self._settlements or self._senders)
            or self._is_consent_new
            or self._is_moment()
            or self._state.status is not CaseStatus.OPEN
            or self._is_to_continue_as_new()
        )

    def _is_to_continue_as_new(self) -> bool:
        """Tell whether to go on in a new run; not before the case is open: people wait for that."""
        is_draft = self._state.status is CaseStatus.DRAFT
        return workflow.info().is_continue_as_new_suggested() and not is_draft

    def _is_decided(self) -> bool:
        """Tell whether a validator can refuse an act, without a trace in history.

        While another act is being written, its outcome is not known yet, and a repeated act has
        its answer already: then the handler decides, when it is this act's turn.
        """
        return not self._lock.locked() and not self._done_before()

    async def _decide(self, decide: Callable[[datetime], Outcome]) -> ActDone:
        """Carry out an act for which nothing has to be looked up."""
        async with self._lock:
            if done := self._done_before():
                return done
            with refusing():
                outcome = decide(workflow.now())
            return await self._record(outcome)

    async def _decide_and_wake(self, decide: Callable[[datetime], Outcome]) -> ActDone:
        """Carry out an act after which steps may be due, or something may run out."""
        async with self._lock:
            if done := self._done_before():
                return done
            with refusing():
                state, event = decide(workflow.now())
            return await self._record((await self._woken(state, event.at), event))

    def _done_before(self) -> ActDone | None:
        done = self._state.done_before(update_id())
        return done and done.model_copy(update={"repeated": True})

    async def _open(self) -> None:
        async with self._lock:
            state, event = open_case(self._state)
            await self._record((await self._woken(state, event.at), event))

    def _next_run(self) -> CaseRun:
        return CaseRun(
            state=self._state,
            news=tuple(self._news),
            settlements=tuple(self._settlements),
            senders=tuple(self._senders),
        )

    async def _do_what_is_next(self) -> None:
        if self._state.status is CaseStatus.DRAFT:
            await self._open()
        elif self._news:
            await self._take_in(self._news[0])
            self._news.pop(0)
        elif self._settlements:
            message = self._settlements.pop(0)
            await self._tell(message.referral_id, names.SETTLE, message)
        elif self._senders:
            sender = self._senders.pop(0)
            await self._tell(sender.referral_id, names.NEW_SENDER, sender)
        elif self._is_consent_new:
            await self._take_in_consent()
        elif self._is_moment():
            await self._pass_moment()

    def _is_moment(self) -> bool:
        moment = next_moment(self._state)
        return moment is not None and workflow.now() >= moment

    async def _pass_moment(self) -> None:
        async with self._lock:
            at = workflow.now()
            without_basis = await self._without_basis(overdue_at(self._state, at), at)
            if outcome := pass_moment(self._state, at, without_basis):
                await self._record(outcome)

    async def _take_in_consent(self) -> None:
        self._is_consent_new = False
        async with self._lock:
            at = workflow.now()
            without_basis = await self._without_basis(waiting_for_consent(self._state), at)
            while outcome := take_in_consent(self._state, without_basis, at):
                await self._record(outcome)

    async def _without_basis(self, places: list[Place], at: datetime) -> set[Place]:
        """Find out for which of these steps neither a statute nor a consent is there."""
        if not places:
            return set()
        question = BasisQuestion(
            case_id=self._state.case_id,
            at=at,
            places=tuple(StepPlace(path_id=path_id, step=step) for path_id, step in places),
        )
        found = await workflow.execute_local_activity_method(
            BasisContract.find_steps_without_basis, question, **LOOKING_UP
        )
        return {(place.path_id, place.step) for place in found}

    async def _take_in(self, moved: ReferralMoved) -> None:
        async with self._lock:
            if outcome := referral_moved(self._state, moved):
                state, event = outcome
                await self._record((await self._woken(state, moved.at), event))
            elif unheard := late_settlement(self._state, moved):
                self._settlements.append(unheard)
            if sender := late_new_sender(self._state, moved):
                self._senders.append(sender)

    async def _woken(self, state: CaseState, at: datetime) -> CaseState:
        """Make the steps due whose turn has come, and watch what runs out: the office's clocks."""
        clocks = clocks_to_start(state, at)
        if not clocks.requests:
            return state
        return clocks.start(state, await self._find_deadlines(clocks.requests), at)

    async def _find_deadlines(self, requests: list[DeadlineRequest]) -> list[Deadline]:
        return await workflow.execute_local_activity_method(
            CalendarContract.find_deadlines, requests, **LOOKING_UP
        )

    async def _record(self, outcome: Outcome, referral: ReferralEntry | None = None) -> ActDone:
        state, event = outcome
        recorded = await workflow.execute_activity_method(
            LedgerContract.record_case,
            CaseEntry(event=event, state=state, referral=referral),
            **LEDGER,
        )
        if not recorded.earlier:
            self._state = state
            self._settlements += settlements_made(state, event.seq)
            self._senders += new_senders(state, event)
        return recorded.done(event.cause)

    async def _start_referral(self, referral: ReferralState) -> None:
        """Start its workflow. It outlives this one; one that runs already is left alone."""
        try:
            await workflow.start_child_workflow(
                names.REFERRAL_WORKFLOW,
                ReferralRun(state=referral, told_seq=referral.seq),
                id=names.referral_workflow_id(referral.referral_id),
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("the referral runs already")

    async def _tell(self, referral_id: UUID, signal: str, message: Settle | NewSender) -> None:
        """Tell a referral how the case ends it, or with whom it goes on.

        One that cannot be found has ended, or was lost with the engine's data; when it is started
        again it says where it stands, and is answered then.
        """
        referral = workflow.get_external_workflow_handle(names.referral_workflow_id(referral_id))
        try:
            await referral.signal(signal, message)
        except ApplicationError:
            workflow.logger.info("a referral that is to hear something cannot be found")
