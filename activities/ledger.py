"""The ledger activities: what the workflows decided, written down."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.ports import Ledger, LedgerConflict
from workflows.activity_options import LEDGER_CONFLICT
from workflows.contracts import RECORD_CASE, RECORD_REFERRAL, LedgerContract
from workflows.messages import CaseEntry, Recorded, ReferralEntry


class LedgerActivities(LedgerContract):
    """Writes to the ledger behind the port."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger to write to."""
        self._ledger = ledger

    @activity.defn(name=RECORD_CASE)
    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Append a case's event."""
        try:
            return await self._ledger.record_case(entry)
        except LedgerConflict as conflict:
            raise _loud(conflict) from conflict

    @activity.defn(name=RECORD_REFERRAL)
    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Append a referral's event."""
        try:
            return await self._ledger.record_referral(entry)
        except LedgerConflict as conflict:
            raise _loud(conflict) from conflict


def _loud(conflict: LedgerConflict) -> ApplicationError:
    activity.logger.error("ledger conflict: %s", conflict)
    return ApplicationError(str(conflict), type=LEDGER_CONFLICT, non_retryable=True)
