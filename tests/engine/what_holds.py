"""What must always hold, read in the ledger's entries and nowhere else."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from tests.engine.notebook import Entry
from workflows.domain.case_state import CaseState
from workflows.domain.clocks import Party, Span
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import CaseStatus, StepStatus
from workflows.messages import CaseEntry, ReferralEntry

REMINDERS = {NoticeKind.REMINDER, NoticeKind.OVERDUE}
WITH_RECEIVER = {Party.RECEIVER, Party.THIRD_PARTY}
OPEN_STEPS = {StepStatus.DUE, StepStatus.REFERRED, StepStatus.IN_PROGRESS}


class WhatHolds:
    """Reads the entries one after another; each is asked for what must hold."""

    def __init__(self) -> None:
        self.case: CaseState | None = None
        self.reminders = 0
        self._referrals: dict[UUID, ReferralState] = {}
        self._spans: defaultdict[UUID, list[Span]] = defaultdict(list)

    def read(self, entry: Entry) -> None:
        """Take an entry in: a reminder in it goes only to the party whose clock runs."""
        match entry:
            case CaseEntry():
                self._see_whom_the_case_reminds(entry)
                self.case = entry.state
            case ReferralEntry():
                self._see_whom_the_referral_reminds(entry)
                referral_id = entry.state.referral_id
                self._referrals[referral_id] = entry.state
                self._spans[referral_id] += [entry.event.ended] if entry.event.ended else []

    def see(self, now: datetime) -> None:
        """See what must hold when nothing is under way between the case and its referrals."""
        self._see_that_somebody_is_responsible()
        for referral_id, state in self._referrals.items():
            self._see_that_every_second_belongs_to_one_party(referral_id, state, now)

    def _see_that_somebody_is_responsible(self) -> None:
        """Of every open step: one party, and one next deadline."""
        assert self.case is not None
        is_open = self.case.status is CaseStatus.OPEN
        for step in (step for path in self.case.paths for step in path.steps):
            is_open_step = is_open and step.status in OPEN_STEPS
            assert (step.responsible is not None) == is_open_step
            latest = self._referrals.get(step.referral_id) if step.referral_id else None
            of_referral = latest.clock if latest and step.has_the_referrals_clock else None
            clocks = [clock for clock in (step.clock, of_referral) if clock]
            if is_open_step:
                assert len(clocks) == 1

    def _see_that_every_second_belongs_to_one_party(
        self, referral_id: UUID, state: ReferralState, now: datetime
    ) -> None:
        spans = self._spans[referral_id]
        borders, ends = [span.since for span in spans], [span.until for span in spans]
        assert (state.clock is None) == (state.closed_at is not None)
        if state.clock:
            borders, ends = [*borders, state.clock.since], [*ends, now]
        assert borders == [state.opened_at, *ends[:-1]]
        age = (state.closed_at or now) - state.opened_at
        assert sum((b - a for a, b in zip(borders, ends, strict=True)), timedelta()) == age

    def _see_whom_the_referral_reminds(self, entry: ReferralEntry) -> None:
        reminders = [notice for notice in entry.event.notices if notice.kind in REMINDERS]
        before, clock = self._referrals.get(entry.state.referral_id), entry.state.clock
        for notice in reminders:
            assert clock is not None
            assert entry.state.closed_at is None
            assert before is not None
            assert before.clock is not None
            assert notice.clock_seq == before.clock.seq == clock.seq
            with_receiver = clock.party in WITH_RECEIVER and entry.state.on_board
            assert notice.audience is (Audience.RECEIVER if with_receiver else Audience.SENDER)
        self.reminders += len(reminders)

    def _see_whom_the_case_reminds(self, entry: CaseEntry) -> None:
        reminders = [notice for notice in entry.event.notices if notice.kind in REMINDERS]
        for notice in reminders:
            assert entry.event.path_id is not None
            assert entry.event.step is not None
            step = entry.state.find(entry.event.path_id, entry.event.step)
            assert step is not None
            assert (step.status, step.unsettled) == (StepStatus.DUE, False)
            assert step.clock is not None
            assert notice.clock_seq == step.clock.seq
            assert (step.clock.party, notice.audience) == (Party.SENDER, Audience.SENDER)
        self.reminders += len(reminders)
