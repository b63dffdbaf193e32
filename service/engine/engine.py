"""The engine as the service sees it: acts go in, receipts or broken rules come out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from workflows import names
from workflows.case_workflow import CaseWorkflow
from workflows.domain.acts import ReferralAct
from workflows.domain.case_acts import (
    AnswerOffer,
    Assign,
    Close,
    OfferCase,
    Refer,
    Reopen,
    Settle,
    Waive,
    WithdrawOffer,
)
from workflows.domain.case_moving import MovePath
from workflows.domain.case_state import CaseState
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut, RecordEntitlement
from workflows.domain.errors import RULES
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.path_starting import StartPath
from workflows.domain.referral_state import ActDone, ReferralState
from workflows.messages import CaseRun, ReferralRun
from workflows.referral_workflow import ReferralWorkflow

PATIENCE = timedelta(seconds=15)
"""How long a person waits for the confirmation of an act."""


class EngineUnavailable(Exception):
    """No confirmation came in time. The act may still happen; the same key asks for it again."""


class WorkflowGone(Exception):
    """The workflow has ended, or the engine has lost it."""


class Engine:
    """Speaks to the workflows on a task queue."""

    def __init__(self, client: Client, task_queue: str = names.TASK_QUEUE) -> None:
        """Take the connection."""
        self._client = client
        self.task_queue = task_queue

    async def open_case(self, draft: CaseState) -> None:
        """Start a drafted case and return once it stands in the ledger. Again: no effect."""
        start = WithStartWorkflowOperation(
            CaseWorkflow.run,
            CaseRun(state=draft),
            id=names.case_workflow_id(draft.case_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        )
        with contextlib.suppress(WorkflowAlreadyStartedError):  # opened, and closed since
            async with _answers():
                await self._client.execute_update_with_start_workflow(
                    CaseWorkflow.opened, id="opened", start_workflow_operation=start
                )

    async def act_on_referral(self, referral_id: UUID, act: ReferralAct, cause: str) -> ActDone:
        """Carry out an act on a referral."""
        return await self._update(
            names.referral_workflow_id(referral_id), ReferralWorkflow.act, act, cause
        )

    async def refer(self, case_id: UUID, refer: Refer, cause: str) -> ActDone:
        """Send a step to an agency."""
        return await self._update(names.case_workflow_id(case_id), CaseWorkflow.refer, refer, cause)

    async def waive(self, case_id: UUID, waive: Waive, cause: str) -> ActDone:
        """Leave a step out."""
        return await self._update(names.case_workflow_id(case_id), CaseWorkflow.waive, waive, cause)

    async def start_path(self, case_id: UUID, start: StartPath, cause: str) -> ActDone:
        """Start another path in a case."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.start_path, start, cause
        )

    async def record_entitlement(
        self, case_id: UUID, act: RecordEntitlement, cause: str
    ) -> ActDone:
        """Note an entitlement of a member of the household."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.record_entitlement, act, cause
        )

    async def change_entitlement(
        self, case_id: UUID, act: ChangeEntitlement, cause: str
    ) -> ActDone:
        """Note the days of an entitlement anew."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.change_entitlement, act, cause
        )

    async def add_member(self, case_id: UUID, act: AddMember, cause: str) -> ActDone:
        """Take somebody into the household of a case."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.add_member, act, cause
        )

    async def remove_member(self, case_id: UUID, act: RemoveMember, cause: str) -> ActDone:
        """Let somebody leave the household of a case."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.remove_member, act, cause
        )

    async def let_run_out(self, case_id: UUID, act: LetRunOut, cause: str) -> ActDone:
        """Note why nothing has to follow an entitlement."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.let_run_out, act, cause
        )

    async def move_path(self, case_id: UUID, move: MovePath, cause: str) -> ActDone:
        """Move a path to a newer version of its pathway."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.move_path, move, cause
        )

    async def assign(self, case_id: UUID, assign: Assign, cause: str) -> ActDone:
        """Give a case to a colleague."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.assign, assign, cause
        )

    async def close(self, case_id: UUID, close: Close, cause: str) -> ActDone:
        """Close a case."""
        return await self._update(names.case_workflow_id(case_id), CaseWorkflow.close, close, cause)

    async def reopen(self, state: CaseState, reopen: Reopen, cause: str) -> ActDone:
        """Start a closed case again, unless it is still ending; it goes on from its state."""
        start = WithStartWorkflowOperation(
            CaseWorkflow.run,
            CaseRun(state=state, is_to_reopen=True),
            id=names.case_workflow_id(state.case_id),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        )
        async with _answers():
            done: ActDone = await self._client.execute_update_with_start_workflow(
                CaseWorkflow.reopen, reopen, id=cause, start_workflow_operation=start
            )
        return done

    async def offer_case(self, case_id: UUID, offer: OfferCase, cause: str) -> ActDone:
        """Offer a case to another office."""
        return await self._update(names.case_workflow_id(case_id), CaseWorkflow.offer, offer, cause)

    async def answer_offer(self, case_id: UUID, answer: AnswerOffer, cause: str) -> ActDone:
        """Take over a case that is offered, or decline it."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.answer_offer, answer, cause
        )

    async def withdraw_offer(self, case_id: UUID, withdrawal: WithdrawOffer, cause: str) -> ActDone:
        """Take the offer of a case back."""
        return await self._update(
            names.case_workflow_id(case_id), CaseWorkflow.withdraw_offer, withdrawal, cause
        )

    async def tell_of_consent(self, case_id: UUID) -> None:
        """Tell a case that a consent was written down. One that does not run needs not know."""
        handle = self._client.get_workflow_handle(names.case_workflow_id(case_id))
        with contextlib.suppress(WorkflowGone):
            async with _answers():
                await handle.signal(names.CONSENT_GIVEN)

    async def start_case(self, state: CaseState) -> bool:
        """Start a case's workflow from its state, unless it runs. True: it was started."""
        return await self._start(
            names.CASE_WORKFLOW, CaseRun(state=state), names.case_workflow_id(state.case_id)
        )

    async def start_referral(self, state: ReferralState, settlement: Settle | None) -> bool:
        """Start a referral's workflow from its state, unless it runs. True: it was started.

        ``settlement``: how it ended, if its case is closed and cannot tell it any more.
        """
        return await self._start(
            names.REFERRAL_WORKFLOW,
            ReferralRun(state=state, settlement=settlement),
            names.referral_workflow_id(state.referral_id),
        )

    async def _start(self, workflow: str, run: CaseRun | ReferralRun, workflow_id: str) -> bool:
        try:
            async with _answers():
                await self._client.start_workflow(
                    workflow,
                    run,
                    id=workflow_id,
                    task_queue=self.task_queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                    id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                )
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def _update(self, workflow_id: str, update: Any, act: Any, cause: str) -> ActDone:
        handle = self._client.get_workflow_handle(workflow_id)
        async with _answers():
            done: ActDone = await handle.execute_update(update, act, id=cause, result_type=ActDone)
        return done


@asynccontextmanager
async def _answers() -> AsyncIterator[None]:
    """Wait no longer than a person would, and turn failures into what they mean."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            yield
    except WorkflowUpdateFailedError as failed:
        raise _broken_rule(failed) from None
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as silence:
        raise EngineUnavailable from silence
    except RuntimeError as unreachable:  # what a lazy client raises that cannot connect
        raise EngineUnavailable from unreachable
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise WorkflowGone from error
        raise EngineUnavailable from error


def _broken_rule(failed: WorkflowUpdateFailedError) -> Exception:
    cause = failed.cause
    if isinstance(cause, ApplicationError) and cause.type in RULES:
        params: dict[str, str] = cause.details[0] if cause.details else {}
        return RULES[cause.type](**params)
    if isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow":
        return WorkflowGone()
    return EngineUnavailable()
