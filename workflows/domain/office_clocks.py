"""The office's clocks that have to start: for steps whose turn has come, and for what runs out.

The caller asks the calendar for the deadlines in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.domain.case_state import CaseState
from workflows.domain.case_steps import DueStep, deadline_requests, steps_to_wake, wake
from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.domain.entitlements import Held
from workflows.domain.running_out import entitlements_to_watch, requests_for_entitlements, watch


@dataclass(frozen=True)
class ClocksToStart:
    """What needs a clock, and what to ask the calendar for: for the steps first."""

    steps: list[DueStep]
    running_out: list[Held]
    requests: list[DeadlineRequest]

    def start(self, state: CaseState, deadlines: Sequence[Deadline], at: datetime) -> CaseState:
        """Return the case with these clocks running."""
        woken = wake(state, self.steps, deadlines[: len(self.steps)], at)
        return watch(woken, self.running_out, deadlines[len(self.steps) :], at)


def clocks_to_start(state: CaseState, at: datetime) -> ClocksToStart:
    """Find what is due from now on, or runs out, and has no clock yet."""
    steps, running_out = steps_to_wake(state), entitlements_to_watch(state, at)
    return ClocksToStart(
        steps,
        running_out,
        [
            *deadline_requests(state, steps, at),
            *requests_for_entitlements(state, running_out, at),
        ],
    )
