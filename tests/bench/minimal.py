"""The minimal workflows that ours are measured against: what Temporal itself costs, and no more.

They run in the same worker process, with the same sandbox, converter and settings as ours, on a
task queue of their own. Their activities are normal ones, as those of the ledger are.
"""

from datetime import datetime, timedelta

from temporalio import activity, workflow

TASK_QUEUE = "minimal"
TIMER = timedelta(seconds=1)
TIMEOUT = timedelta(seconds=5)


@activity.defn
async def no_op() -> None:
    """Do nothing."""


@workflow.defn
class MinimalReferral:
    """Start, three activities, an update, a timer, one more activity."""

    def __init__(self) -> None:
        self._answered = False

    @workflow.run
    async def run(self) -> None:
        """Run through."""
        for _ in range(3):
            await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)
        await workflow.wait_condition(lambda: self._answered)
        await workflow.sleep(TIMER)
        await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)

    @workflow.update
    def answer(self) -> None:
        """Be answered."""
        self._answered = True


@workflow.defn
class MinimalActs:
    """A bare workflow with as many acts as a referral of ours has, each with one activity.

    A timer runs beside each act, as a clock runs beside each state of a referral, and is
    cancelled by it.
    """

    def __init__(self) -> None:
        self._acts = 0

    @workflow.run
    async def run(self, acts: int) -> None:
        """Start with one activity; then wait for the acts, each against a timer."""
        await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)
        for number in range(acts):
            await workflow.wait_condition(
                lambda number=number: self._acts > number,  # type: ignore[misc]
                timeout=timedelta(days=5),
            )
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def act(self) -> None:
        """Act: one activity."""
        await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)
        self._acts += 1


@workflow.defn
class MinimalAct:
    """Waits for nothing but updates."""

    def __init__(self) -> None:
        self._over = False

    @workflow.run
    async def run(self) -> None:
        """Wait for the end."""
        await workflow.wait_condition(lambda: self._over)

    @workflow.update
    async def act(self) -> None:
        """Act: one no-op activity, as an act of ours has one for the ledger."""
        await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)

    @workflow.update
    def nothing(self) -> None:
        """Only be heard."""

    @workflow.signal
    def end(self) -> None:
        """End."""
        self._over = True


@workflow.defn
class MinimalTimer:
    """A timer, then one activity."""

    @workflow.run
    async def run(self, due_at: datetime) -> None:
        """Wait until the instant, then act."""
        await workflow.sleep(max(due_at - workflow.now(), timedelta(0)))
        await workflow.execute_activity(no_op, start_to_close_timeout=TIMEOUT)
