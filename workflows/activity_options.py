"""Timeouts and retry policies of the activities, by name."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig, LocalActivityConfig

LEDGER_CONFLICT = "LedgerConflict"
"""Failure type: the event does not fit what is written. It must never happen and is not retried."""

LEDGER = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=5),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200),
        maximum_interval=timedelta(seconds=15),
        non_retryable_error_types=[LEDGER_CONFLICT],
    ),
)
"""Tried until the database answers: an act that was taken in is never given up.

An entry takes milliseconds; the short timeout is how long a person waits when a worker dies.
"""

LOOKING_UP = LocalActivityConfig(
    start_to_close_timeout=timedelta(seconds=10),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=15)
    ),
)
"""Local, because it only reads: what it found is frozen into history with the next task."""

PAUSE_AFTER_A_FAILURE = timedelta(minutes=1)
"""How long a workflow waits before it tries again what it does on its own: telling one that does
not answer, or writing what the ledger refused. It never gives up, so that nothing is dropped."""
