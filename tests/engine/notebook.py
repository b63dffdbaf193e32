"""A ledger that only remembers, for tests of what the workflows write."""

import asyncio
from collections import defaultdict

from activities.ports import LedgerConflict
from workflows.messages import CaseEntry, Recorded, ReferralEntry
from workflows.names import case_workflow_id, referral_workflow_id

Entry = CaseEntry | ReferralEntry


class Notebook:
    """Implements the port ``activities.ports.Ledger``: every entry, in the order of writing."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._written: defaultdict[str, dict[str, Recorded]] = defaultdict(dict)
        self._news = asyncio.Event()

    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Write a case's event, and the referral's that it sent."""
        receipt = self._write(case_workflow_id(entry.state.case_id), entry)
        if entry.referral and not receipt.earlier:
            await self.record_referral(entry.referral)
        return receipt

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Write a referral's event."""
        return self._write(referral_workflow_id(entry.state.referral_id), entry)

    async def more_than(self, read: int) -> None:
        """Wait until there are more entries than so many."""
        while len(self.entries) <= read:
            self._news.clear()
            await self._news.wait()

    def _write(self, workflow_id: str, entry: Entry) -> Recorded:
        written, event = self._written[workflow_id], entry.event
        if event.cause in written:
            return written[event.cause].model_copy(update={"earlier": True})
        if event.seq != len(written) + 1:
            raise LedgerConflict(f"{workflow_id}: {event.seq} after {len(written)}")
        receipt = Recorded(seq=event.seq, at=event.at, status=event.status)
        written[event.cause] = receipt
        self.entries.append(entry)
        self._news.set()
        return receipt
