"""The same case once more, lived by the rules alone: what the engine writes must be what they say.

The engine says when something happened; what happened then, and with what outcome, is worked out
here anew.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.engine.notebook import Entry
from workflows.domain import case_moments, referral_moments
from workflows.domain.acts import ReferralAct
from workflows.domain.case import (
    OPENING,
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
from workflows.domain.case_acts import Assign, Close, Refer, ReferralMoved, Reopen, Settle, Waive
from workflows.domain.case_moving import MovePath, check_move, move_path
from workflows.domain.case_news import late_settlement, referral_moved, settlements_made
from workflows.domain.case_record import Outcome as CaseOutcome
from workflows.domain.case_reopening import check_reopen, reopen_case
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.case_steps import respond_request
from workflows.domain.clock_rules import deadline_request
from workflows.domain.deadlines import deadline_for
from workflows.domain.errors import RuleBroken
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.household_moves import add_member, check_add, check_remove, remove_member
from workflows.domain.office_clocks import clocks_to_start
from workflows.domain.referral import apply, settle
from workflows.domain.referral_record import Outcome as ReferralOutcome
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import ReferralEvent, ReferralState
from workflows.messages import CaseEntry, ReferralEntry

PUNCTUAL = timedelta(minutes=1)
"""So long after its moment something may happen: as long as a busy machine takes, not longer."""

Wish = (
    Refer
    | Waive
    | MovePath
    | AddMember
    | RemoveMember
    | Assign
    | Close
    | Reopen
    | tuple[UUID, ReferralAct]
)
"""What a person wants of the case, or of a referral."""

RULES_OF: dict[type, tuple[Callable[..., object], Callable[..., Any]]] = {
    Refer: (check_refer, send_step),
    Waive: (check_waive, waive_step),
    MovePath: (check_move, move_path),
    AddMember: (check_add, add_member),
    RemoveMember: (check_remove, remove_member),
    Assign: (check_assign, assign_case),
    Close: (check_close, close_case),
    Reopen: (check_reopen, reopen_case),
}
"""What can stand against a wish of the case, and what it comes to; a referral needs a deadline."""


class Twin:
    """A case with all its referrals, and the messages between them that are under way."""

    def __init__(self, draft: CaseState) -> None:
        self.case = draft
        self.referrals: dict[UUID, ReferralState] = {}
        self._wishes: dict[str, Wish] = {}
        self._requests: dict[UUID, ReferralOutcome] = {}
        self._news: list[ReferralMoved] = []
        self._settles: list[Settle] = []

    def wish(self, cause: str, wish: Wish) -> None:
        """Know what is wanted, before it happens or is refused."""
        self._wishes[cause] = wish

    def refusal(self, wish: Wish, at: datetime) -> RuleBroken | None:
        """Return the rule that stands against it, if one does."""
        try:
            match wish:
                case (referral_id, act):
                    check(self.referrals[referral_id], act, at)
                case _:
                    check_on_case, _ = RULES_OF[type(wish)]
                    check_on_case(self.case, wish)
        except RuleBroken as broken:
            return broken
        return None

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether the engine has yet to write something that the rules ask for by now."""
        self._read_news()
        moments = [case_moments.next_moment(self.case)]
        moments += [referral_moments.next_moment(one) for one in self.referrals.values()]
        is_due = any(moment is not None and moment <= now for moment in moments)
        return is_due or bool(self._news or self._requests or self._unheard())

    def take(self, entry: Entry) -> None:
        """Do the same, and see that it comes to the same."""
        match entry:
            case CaseEntry():
                case_after = self._woken(self._case_outcome(entry.event))
                assert (entry.state, entry.event) == case_after
                self.case = entry.state
                self._settles += settlements_made(self.case, entry.event.seq)
            case ReferralEntry():
                referral_id = entry.state.referral_id
                before = self.referrals.get(referral_id)
                is_settled = entry.event.cause.startswith("case:")
                referral_after = self._referral_outcome(referral_id, entry.event)
                assert (entry.state, entry.event) == referral_after
                self.referrals[referral_id] = after = entry.state
                if before and after.moved_seq > before.moved_seq and not is_settled:
                    self._news.append(ReferralMoved.of(after))

    def _case_outcome(self, event: CaseEvent) -> CaseOutcome | None:
        if event.cause == OPENING:
            return open_case(self.case)
        if wish := self._wishes.get(event.cause):
            return self._carry_out_on_case(wish, event)
        if event.cause.startswith("moved:"):
            return referral_moved(self.case, self._news.pop(0))
        _see_that_it_is_punctual(case_moments.next_moment(self.case), self.case, event.at)
        return case_moments.pass_moment(self.case, event.at)

    def _carry_out_on_case(self, wish: Wish, event: CaseEvent) -> CaseOutcome:
        match wish:
            case Refer():
                step = check_refer(self.case, wish)
                respond = deadline_for(respond_request(step, wish, event.at))
                sent, request = send_step(self.case, wish, event.cause, event.at, respond)
                self._requests[wish.referral_id] = request
                return sent
            case (UUID(), ReferralAct()):
                raise AssertionError("nobody wanted that of the case")
            case _:
                _, carry_out = RULES_OF[type(wish)]
                outcome: CaseOutcome = carry_out(self.case, wish, event.cause, event.at)
                return outcome

    def _woken(self, outcome: CaseOutcome | None) -> CaseOutcome | None:
        if outcome is None:
            return None
        state, event = outcome
        clocks = clocks_to_start(state, event.at)
        deadlines = [deadline_for(request) for request in clocks.requests]
        return clocks.start(state, deadlines, event.at), event

    def _referral_outcome(self, referral_id: UUID, event: ReferralEvent) -> ReferralOutcome | None:
        if referral_id in self._requests:
            return self._requests.pop(referral_id)
        state = self.referrals[referral_id]
        match self._wishes.get(event.cause):
            case (UUID(), ReferralAct() as act):
                request = deadline_request(state, act, event.at)
                deadline = deadline_for(request) if request else None
                return apply(state, act, event.cause, event.at, deadline)
            case _:
                pass
        if event.cause.startswith("case:"):
            [message] = [one for one in self._unheard() if one.referral_id == referral_id]
            self._settles.remove(message)
            return settle(state, message, event.at)
        _see_that_it_is_punctual(referral_moments.next_moment(state), state, event.at)
        return referral_moments.pass_moment(state, event.at)

    def _read_news(self) -> None:
        """Put aside the news that changes nothing in the case."""
        while self._news and referral_moved(self.case, self._news[0]) is None:
            if unheard := late_settlement(self.case, self._news.pop(0)):
                self._settles.append(unheard)

    def _unheard(self) -> list[Settle]:
        """List the settlements that have yet to end a referral."""
        return [one for one in self._settles if self.referrals[one.referral_id].closed_at is None]


def _see_that_it_is_punctual(
    moment: datetime | None, state: CaseState | ReferralState, at: datetime
) -> None:
    """A moment that has passed before comes again with the act that brings its clock back."""
    assert moment is not None
    latest = state.recent[-1].at
    assert moment <= at <= max(moment, latest) + PUNCTUAL
