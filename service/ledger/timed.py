"""The ledger with a stopwatch: how long it takes from an event to its commit."""

from collections.abc import Callable
from datetime import timedelta

from activities.ports import Ledger
from service.clock import Clock
from workflows.domain.case_state import CaseEvent
from workflows.domain.referral_state import ReferralEvent
from workflows.messages import CaseEntry, Recorded, ReferralEntry


class TimedLedger:
    """Implements the port ``activities.ports.Ledger`` on another one.

    What was imported happened long ago, so it is not counted.
    """

    def __init__(self, ledger: Ledger, clock: Clock, observe: Callable[[timedelta], None]) -> None:
        """Take the ledger that writes, the time, and who wants to hear of it."""
        self._ledger = ledger
        self._clock = clock
        self._observe = observe

    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Write a case's event."""
        recorded = await self._ledger.record_case(entry)
        self._count(entry.event, entry.source)
        return recorded

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Write a referral's event."""
        recorded = await self._ledger.record_referral(entry)
        self._count(entry.event, entry.source)
        return recorded

    def _count(self, event: CaseEvent | ReferralEvent, source: str) -> None:
        if source == "engine":
            self._observe(self._clock.now() - event.at)
