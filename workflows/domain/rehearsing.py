"""One path rehearsed from its start to its end: the rules of case and referral, in skipped time.

Nobody waits and nothing is written: what people do comes from their ``Conduct``, and what the
clocks do from the same rules by which the workflows go.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from workflows.domain import case_moments, referral_moments
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.appointments import Appointment
from workflows.domain.basis import Basis
from workflows.domain.case import open_case, send_step
from workflows.domain.case_acts import Refer, ReferralMoved
from workflows.domain.case_news import referral_moved
from workflows.domain.case_record import Outcome
from workflows.domain.case_state import CaseState, PathState, StepState
from workflows.domain.case_steps import respond_request
from workflows.domain.clock_rules import deadline_request
from workflows.domain.conduct import Conduct, Delay, later
from workflows.domain.deadlines import deadline_for
from workflows.domain.gaps import Gap, GapKind, kind_of_gap
from workflows.domain.notices import Audience, Notice, NoticeKind
from workflows.domain.office_clocks import clocks_to_start
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal, Role
from workflows.domain.reasons import Reason
from workflows.domain.referral import apply
from workflows.domain.referral_record import Outcome as ReferralOutcome
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status

_OFFICE = UUID(int=1)
_AGENCY = UUID(int=2)
_CASE = UUID(int=3)
_SENDER = Principal(user_id=UUID(int=4), role=Role.CASE_MANAGER, agency_id=_OFFICE)
_RECEIVER = Principal(user_id=UUID(int=5), role=Role.AGENCY_MEMBER, agency_id=_AGENCY)
_BASIS = Basis(statute="§ 67b SGB X")

RECALLS = frozenset(
    {NoticeKind.REMINDER, NoticeKind.OVERDUE, NoticeKind.GAP, NoticeKind.ESCALATION}
)
"""Notices that come because time passes; the others tell what somebody did."""


@dataclass(frozen=True)
class Awaited:
    """A deadline that somebody had in a step; ``kind`` is the gap that opens once it is missed."""

    step: str
    kind: GapKind


@dataclass(frozen=True)
class Reminded:
    """Somebody was reminded of a step at that instant (UTC)."""

    at: datetime
    audience: Audience
    step: str


@dataclass
class Rehearsal:
    """What was seen of one path. Both instants in UTC."""

    began_at: datetime
    ended_at: datetime
    awaited: list[Awaited] = field(default_factory=list)
    missed: list[Awaited] = field(default_factory=list)
    reminded: list[Reminded] = field(default_factory=list)


def rehearse(path: PathState, conducts: Mapping[str, Conduct], begins_at: datetime) -> Rehearsal:
    """Let a path begin at that instant (UTC) and go to its end, each step by its conduct."""
    stage = _Stage(path, conducts, begins_at)
    while stage.goes_on():
        pass
    return stage.seen


class _Plan(NamedTuple):
    """What somebody does with a step at an instant (UTC); ``number`` orders what is at once."""

    at: datetime
    number: int
    do: Callable[[str], None]
    key: str


class _Stage:
    """The case, its referrals by step, and what everybody is going to do."""

    def __init__(
        self, path: PathState, conducts: Mapping[str, Conduct], begins_at: datetime
    ) -> None:
        self.seen = Rehearsal(begins_at, begins_at)
        self._conducts = conducts
        self._path_id = path.path_id
        self._now = begins_at
        self._numbers = count(1)
        self._plans: list[_Plan] = []
        self._referrals: dict[str, ReferralState] = {}
        self._refused: Counter[str] = Counter()
        self._case = CaseState(
            case_id=_CASE,
            office=_OFFICE,
            case_manager=_SENDER.user_id,
            opened_by=_SENDER,
            opened_at=begins_at,
            paths=(path,),
        )
        self._take_case(open_case(self._case))

    def goes_on(self) -> bool:
        """Do what comes next, by a person or by a clock; False: nothing comes any more."""
        moment = self._next_moment()
        if self._plans and (moment is None or self._plans[0].at <= moment):
            plan = heappop(self._plans)
            self._now = plan.at
            plan.do(plan.key)
            return True
        if moment is None:
            return False
        self._now = moment
        self._let_moment_pass()
        return True

    def _next_moment(self) -> datetime | None:
        moments = [case_moments.next_moment(self._case)]
        moments += [referral_moments.next_moment(one) for one in self._referrals.values()]
        return min((moment for moment in moments if moment), default=None)

    def _let_moment_pass(self) -> None:
        if outcome := case_moments.pass_moment(self._case, self._now):
            self._take_case(outcome)
        for step, referral in list(self._referrals.items()):
            if recalled := referral_moments.pass_moment(referral, self._now):
                self._take_referral(step, recalled)

    def _send(self, key: str) -> None:
        step = self._step(key)
        refer = Refer(
            actor=_SENDER,
            referral_id=UUID(int=next(self._numbers)),
            path_id=self._path_id,
            step=key,
            to_agency=_AGENCY,
            on_board=True,
            basis=_BASIS,
            fields=(PersonalData.NAME,),
        )
        respond = deadline_for(respond_request(step, refer, self._now))
        sent, request = send_step(self._case, refer, self._cause(), self._now, respond)
        self._take_case(sent)
        self._take_referral(key, request)
        is_refused = self._refused[key] < self._conducts[key].refused
        self._plan(self._conducts[key].respond, self._refuse if is_refused else self._accept, key)

    def _refuse(self, key: str) -> None:
        self._refused[key] += 1
        self._act(key, _RECEIVER, Action.REJECT, reason=Reason.NO_CAPACITY)
        self._plan(self._conducts[key].send, self._send, key)

    def _accept(self, key: str) -> None:
        self._act(key, _RECEIVER, Action.ACCEPT)
        conduct, terms = self._conducts[key], self._step(key).terms
        arrives_at = later(self._now, conduct.arrive)
        if terms.appoint and (appoints_at := later(self._now, conduct.appoint)) < arrives_at:
            appointment = Appointment(at=arrives_at)
            self._plan_at(appoints_at, lambda key: self._appoint(key, appointment), key)
        self._plan_at(arrives_at, self._arrive, key)

    def _appoint(self, key: str, appointment: Appointment) -> None:
        self._act(key, _RECEIVER, Action.APPOINT, appointment=appointment)

    def _arrive(self, key: str) -> None:
        self._act(key, _RECEIVER, Action.ARRIVE)
        self._plan(self._conducts[key].effect, self._complete, key)

    def _complete(self, key: str) -> None:
        self._act(key, _RECEIVER, Action.COMPLETE)
        confirm = self._conducts[key].confirm
        if confirm is not None:
            self._plan(confirm, self._confirm, key)

    def _confirm(self, key: str) -> None:
        """Say that it happened, unless the time for it is over."""
        if self._referrals[key].clock:
            self._act(key, _SENDER, Action.CONFIRM)

    def _act(self, key: str, actor: Principal, action: Action, **what: Any) -> None:
        act = ReferralAct(action=action, actor=actor, **what)
        before = self._referrals[key]
        request = deadline_request(before, act, self._now)
        deadline = deadline_for(request) if request else None
        self._take_referral(key, apply(before, act, self._cause(), self._now, deadline))
        after = self._referrals[key]
        if after.moved_seq > before.moved_seq and (
            news := referral_moved(self._case, ReferralMoved.of(after))
        ):
            self._take_case(news)

    def _take_case(self, outcome: Outcome) -> None:
        """Go on with the case; the steps that are due from now on have a clock and are sent."""
        state, event = outcome
        clocks = clocks_to_start(state, event.at)
        deadlines = [deadline_for(request) for request in clocks.requests]
        self._case = clocks.start(state, deadlines, event.at)
        self.seen.ended_at = event.at
        for _, step in clocks.steps:
            self.seen.awaited.append(Awaited(step.key, GapKind.UNROUTED))
            self._plan(self._conducts[step.key].send, self._send, step.key)
        if event.step:
            self._see(event.step, event.notices, event.gaps_opened)

    def _take_referral(self, key: str, outcome: ReferralOutcome) -> None:
        """Go on with a step's latest referral; the one before it ended when this one was sent."""
        before, (state, event) = self._referrals.get(key), outcome
        self._referrals[key] = state
        has_a_new_clock = before is None or _clock_of(before) != _clock_of(state)
        if has_a_new_clock and state.clock and state.status is not Status.COMPLETED:
            self.seen.awaited.append(Awaited(key, _kind_that_threatens(state)))
        self._see(key, event.notices, event.gaps_opened)

    def _see(self, key: str, notices: Iterable[Notice], opened: Iterable[Gap]) -> None:
        self.seen.missed += [Awaited(key, gap.kind) for gap in opened]
        self.seen.reminded += [
            Reminded(self._now, notice.audience, key)
            for notice in notices
            if notice.kind in RECALLS
        ]

    def _step(self, key: str) -> StepState:
        return next(step for step in self._case.paths[0].steps if step.key == key)

    def _cause(self) -> str:
        return f"act-{next(self._numbers)}"

    def _plan(self, delay: Delay, do: Callable[[str], None], key: str) -> None:
        self._plan_at(later(self._now, delay), do, key)

    def _plan_at(self, at: datetime, do: Callable[[str], None], key: str) -> None:
        heappush(self._plans, _Plan(at, next(self._numbers), do, key))


def _clock_of(state: ReferralState) -> tuple[UUID, int | None]:
    return state.referral_id, state.clock.seq if state.clock else None


def _kind_that_threatens(state: ReferralState) -> GapKind:
    """Return the gap that opens if nobody moves until the clock has run out."""
    awaits_appointment = state.terms.appoint is not None and state.appointment is None
    return kind_of_gap(state.standing, state.business_status, awaits_appointment=awaits_appointment)
