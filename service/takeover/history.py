"""Lives a case's past again by today's rules: acts come in, entries for the ledger go out.

It does in one go what the two workflows do over weeks, with the instants of then. Moments of
clocks that passed in between (reminders, gaps) are part of it.
"""

from datetime import datetime
from uuid import UUID

from activities.ports import Calendar
from workflows.domain import case_moments
from workflows.domain.acts import ReferralAct
from workflows.domain.case import check_refer, close_case, open_case, send_step, waive_step
from workflows.domain.case_acts import Close, OfferCase, Refer, ReferralMoved, Reopen, Waive
from workflows.domain.case_news import referral_moved, settlements_made
from workflows.domain.case_reopening import reopen_case
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.case_steps import respond_request
from workflows.domain.case_transfer import answer_request, offer_case
from workflows.domain.clock_rules import deadline_request
from workflows.domain.entitlement_acts import RecordEntitlement
from workflows.domain.entitlement_moves import record_entitlement
from workflows.domain.errors import IllegalMove, UnknownStep
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.household_moves import add_member, remove_member
from workflows.domain.office_clocks import clocks_to_start
from workflows.domain.referral import apply, settle
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.referral_record import Outcome
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import Channel, ReferralEvent, ReferralState, Source
from workflows.domain.working_days import local_day
from workflows.messages import CaseEntry, ReferralEntry


class History:
    """One case's past. ``entries``: what the ledger has to write, in this order."""

    def __init__(self, calendar: Calendar, draft: CaseState) -> None:
        """Take the case as it was on its first day, before anything was done."""
        self._calendar = calendar
        self._case = draft
        self._referrals: dict[UUID, ReferralState] = {}
        self.entries: list[CaseEntry | ReferralEntry] = []

    @property
    def case(self) -> CaseState:
        """The case as it stands after what has been lived so far."""
        return self._case

    async def open(self) -> None:
        """Open the case; its first steps become due."""
        state, event = open_case(self._case)
        await self._take_case(state, event)

    async def refer(self, refer: Refer, cause: str, at: datetime) -> None:
        """Send a step to an agency. Raises RuleBroken."""
        step = check_refer(self._case, refer)
        [respond] = await self._calendar.find_deadlines([respond_request(step, refer, at)])
        outcome, (referral, request) = send_step(self._case, refer, cause, at, respond)
        self._referrals[referral.referral_id] = referral
        entry = ReferralEntry(event=request, state=referral, source="import")
        self._case, event = outcome
        self.entries.append(
            CaseEntry(event=event, state=self._case, referral=entry, source="import")
        )
        self._settle(event)

    async def waive(self, waive: Waive, cause: str, at: datetime) -> None:
        """Leave a step out. Raises RuleBroken."""
        state, event = waive_step(self._case, waive, cause, at)
        await self._take_case(state, event)
        self._settle(event)

    async def note(self, act: RecordEntitlement, cause: str, at: datetime) -> None:
        """Note what somebody may do or gets. Raises RuleBroken."""
        await self._take_case(*record_entitlement(self._case, act, cause, at))

    async def add_member(self, act: AddMember, cause: str, at: datetime) -> None:
        """Take somebody into the household. Raises RuleBroken."""
        await self._take_case(*add_member(self._case, act, cause, at))

    async def remove_member(self, act: RemoveMember, cause: str, at: datetime) -> None:
        """Let somebody go. Raises RuleBroken."""
        state, event = remove_member(self._case, act, cause, at)
        await self._take_case(state, event)
        self._settle(event)

    async def offer(self, offer: OfferCase, cause: str, at: datetime) -> None:
        """Offer the case to another office. Raises RuleBroken."""
        [deadline] = await self._calendar.find_deadlines([answer_request(offer, at)])
        await self._take_case(*offer_case(self._case, offer, cause, at, deadline))

    async def reopen(self, reopen: Reopen, cause: str, at: datetime) -> None:
        """Open the closed case again. Raises RuleBroken."""
        await self._take_case(*reopen_case(self._case, reopen, cause, at))

    async def close(self, close: Close, cause: str, at: datetime) -> None:
        """Close the case. Raises RuleBroken."""
        state, event = close_case(self._case, close, cause, at)
        await self._take_case(state, event)
        self._settle(event)

    async def move(
        self,
        path_id: UUID,
        step: str,
        act: ReferralAct,
        cause: str,
        at: datetime,
        *,
        from_records: bool = False,
    ) -> None:
        """Do something with the latest referral of a step. Raises RuleBroken.

        ``from_records``: the sender had noted what the agency did, and nobody knows any more how
        the answer came. Whether the agency is on board now says nothing about then.
        """
        found = self._referral_of(path_id, step, act)
        if from_records:
            noted = act.model_copy(update={"source": _noted(at)})
            told = found.model_copy(update={"on_board": False})
            referral, event = await self._moved(told, noted, cause, at)
            referral = referral.model_copy(update={"on_board": found.on_board})
            event = event.model_copy(update={"source": None})
        else:
            referral, event = await self._moved(found, act, cause, at)
        self._take_referral(referral, event)
        if referral.moved_seq == event.seq:
            moved = referral_moved(self._case, ReferralMoved.of(referral))
            if moved:
                await self._take_case(*moved)

    async def _moved(
        self, referral: ReferralState, act: ReferralAct, cause: str, at: datetime
    ) -> Outcome:
        check(referral, act, at)
        request = deadline_request(referral, act, at)
        deadline = (await self._calendar.find_deadlines([request]))[0] if request else None
        return apply(referral, act, cause, at, deadline)

    def named_as_competent(self, path_id: UUID, key: str) -> UUID | None:
        """Return the agency that the last one asked, or a case conference, says is competent."""
        step = self._case.find(path_id, key)
        if step is None or step.referral_id is None:
            return None
        return self._referrals[step.referral_id].competent_agency

    def let_time_pass(self, until: datetime) -> None:
        """Remind and open gaps wherever a clock asked for it up to that instant (UTC)."""
        while (moment := self._next_moment()) and moment <= until:
            self._pass_moment(moment)

    def _next_moment(self) -> datetime | None:
        of_referrals = map(next_moment, self._referrals.values())
        moments = [case_moments.next_moment(self._case), *of_referrals]
        return min((moment for moment in moments if moment), default=None)

    def _pass_moment(self, at: datetime) -> None:
        if of_a_step := case_moments.pass_moment(self._case, at):
            self._case, event = of_a_step
            self.entries.append(CaseEntry(event=event, state=self._case, source="import"))
        for referral in list(self._referrals.values()):
            if outcome := pass_moment(referral, at):
                self._take_referral(*outcome)

    def _referral_of(self, path_id: UUID, key: str, act: ReferralAct) -> ReferralState:
        step = self._case.find(path_id, key)
        if step is None:
            raise UnknownStep(step=key)
        if step.referral_id is None:
            raise IllegalMove(action=act.action, status=step.status)
        return self._referrals[step.referral_id]

    def _settle(self, event: CaseEvent) -> None:
        for message in settlements_made(self._case, event.seq):
            if outcome := settle(self._referrals[message.referral_id], message, event.at):
                self._take_referral(*outcome)

    async def _take_case(self, state: CaseState, event: CaseEvent) -> None:
        """Keep the event; with it steps become due, and what runs out gets its clock."""
        clocks = clocks_to_start(state, event.at)
        if clocks.requests:
            deadlines = await self._calendar.find_deadlines(clocks.requests)
            state = clocks.start(state, deadlines, event.at)
        self._case = state
        self.entries.append(CaseEntry(event=event, state=state, source="import"))

    def _take_referral(self, state: ReferralState, event: ReferralEvent) -> None:
        self._referrals[state.referral_id] = state
        self.entries.append(ReferralEntry(event=event, state=state, source="import"))


def _noted(at: datetime) -> Source:
    """Fill in for the channel that the rules ask for; it is taken out of the event again."""
    return Source(channel=Channel.LETTER, on=local_day(at))
