"""Random acts of random people, and time that passes: what must hold after each of them."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.cast import ANNA, CLARA, EVERYBODY, KARIM, SABINE, STEFAN
from tests.counts import LIFE
from tests.domain.referrals import MONDAY, carry_out, draft, ending, send, well_formed
from workflows.domain.clocks import Party, Span
from workflows.domain.errors import RuleBroken
from workflows.domain.gaps import Gap
from workflows.domain.moves import Action
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.principal import Principal
from workflows.domain.referral import (
    Outcome,
    allowed_actions,
    check,
    next_moment,
    pass_moment,
    settle,
)
from workflows.domain.referral_state import REMEMBERED_ACTS, ReferralEvent, ReferralState
from workflows.domain.statuses import Status
from workflows.domain.terms import Term, Terms

INVOLVED = (ANNA, STEFAN, CLARA, KARIM, SABINE)
ASKED = {Status.REQUESTED, Status.RECEIVED, Status.ACCEPTED}
CAME_BACK = {Status.REJECTED, Status.FAILED}
ENDED = {Status.COMPLETED, Status.CANCELLED}
TERMS = st.one_of(
    st.builds(Term, working_days=st.integers(1, 20)),
    st.builds(Term, duration=st.timedeltas(timedelta(minutes=1), timedelta(days=30))),
)


def _station(status: Status) -> str:
    """Return where the step is then: an agency that was only asked is not there yet."""
    return "asked" if status in ASKED else status


class LifeOfAReferral(RuleBasedStateMachine):
    """One referral, all of its events, and a clock on the wall."""

    state: ReferralState
    events: list[ReferralEvent]
    now: datetime

    @initialize(
        terms=st.builds(Terms, respond=TERMS, arrive=TERMS, effect=TERMS, refer=TERMS),
        remind_before=TERMS,
        on_board=st.booleans(),
    )
    def send(self, terms: Terms, remind_before: Term, on_board: bool) -> None:
        self.now = MONDAY
        terms = terms.model_copy(update={"remind_before": remind_before})
        self.events = []
        self._take(send(draft(terms=terms, on_board=on_board)))

    @rule(seconds=st.integers(0, 30 * 24 * 3600))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: next_moment(self.state) is not None)
    @rule()
    def the_next_moment_comes(self) -> None:
        moment = next_moment(self.state)
        assert moment is not None
        self.now = max(self.now, moment)
        outcome = pass_moment(self.state, self.now)
        assert outcome is not None
        self._take(outcome)

    @rule()
    def the_clock_is_looked_at(self) -> None:
        if outcome := pass_moment(self.state, self.now):
            self._take(outcome)

    @rule(data=st.data(), actor=st.sampled_from(INVOLVED))
    def somebody_does_what_is_allowed(self, data: st.DataObject, actor: Principal) -> None:
        if actions := allowed_actions(self.state, actor):
            action = data.draw(st.sampled_from(actions))
            self._take(carry_out(self.state, action, actor, self.now))

    @rule(action=st.sampled_from(Action), actor=st.sampled_from(EVERYBODY))
    def somebody_tries_what_is_not_allowed(self, action: Action, actor: Principal) -> None:
        if action in allowed_actions(self.state, actor):
            return
        try:
            check(self.state, well_formed(action, actor))
        except RuleBroken:
            return
        raise AssertionError(f"{actor.role} may {action} in {self.state.status}")

    @rule(times=st.integers(1, REMEMBERED_ACTS + 2))
    def somebody_nudges_impatiently(self, times: int) -> None:
        if Action.NUDGE in allowed_actions(self.state, ANNA):
            for _ in range(times):
                self._take(carry_out(self.state, Action.NUDGE, ANNA, self.now))

    @precondition(lambda self: self.state.status in CAME_BACK and not self.state.closed_at)
    @rule()
    def the_case_settles_what_came_back(self) -> None:
        outcome = settle(self.state, ending(self.state, "refer-again", case_seq=9), self.now)
        assert outcome is not None
        self._take(outcome)

    @invariant()
    def every_second_belongs_to_exactly_one_party(self) -> None:
        spans = self._spans()
        borders = [span.since for span in spans]
        ends = [span.until for span in spans]
        if self.state.clock:
            borders.append(self.state.clock.since)
            ends.append(self.now)
        assert borders == [MONDAY, *ends[:-1]]
        age = (self.state.closed_at or self.now) - MONDAY
        assert sum((b - a for a, b in zip(borders, ends, strict=True)), timedelta()) == age

    @invariant()
    def one_clock_runs_while_it_is_open_and_none_afterwards(self) -> None:
        assert (self.state.clock is None) == (self.state.closed_at is not None)
        if self.state.status in ENDED:
            assert self.state.closed_at is not None

    @invariant()
    def the_clock_is_the_receivers_until_it_comes_back(self) -> None:
        if self.state.clock:
            came_back = self.state.status in CAME_BACK
            assert self.state.clock.party is (Party.SENDER if came_back else Party.RECEIVER)
            assert self.state.clock.since < self.state.clock.due_at

    @invariant()
    def gaps_are_open_only_while_a_clock_is_overdue(self) -> None:
        clock, still_open = self.state.clock, self._gaps_still_open()
        assert list(self.state.gaps) == still_open
        assert len(still_open) == (1 if clock and clock.overdue else 0)
        for gap in still_open:
            assert clock is not None
            assert gap.party is clock.party
            assert clock.due_at <= gap.opened_at <= self.now

    @invariant()
    def events_are_numbered_without_a_hole_and_have_causes_of_their_own(self) -> None:
        assert [event.seq for event in self.events] == list(range(1, self.state.seq + 1))
        causes = [event.cause for event in self.events]
        assert len(set(causes)) == len(causes)

    @invariant()
    def the_case_is_told_whenever_the_step_moves_and_of_the_end(self) -> None:
        stations = [None, *(_station(event.status) for event in self.events)]
        changes = [
            event.seq
            for event, before in zip(self.events, stations, strict=False)
            if _station(event.status) != before or event.action == "refer-again"
        ]
        assert self.state.moved_seq == changes[-1]
        assert self.state.moved_seq <= self.state.changed_seq <= self.state.seq

    @invariant()
    def a_clock_reminds_once_and_only_the_party_that_it_belongs_to(self) -> None:
        for kind in (NoticeKind.REMINDER, NoticeKind.OVERDUE):
            told = [
                (notice.clock_seq, notice.audience)
                for event in self.events
                for notice in event.notices
                if notice.kind is kind
            ]
            assert len({clock_seq for clock_seq, _ in told}) == len(told)
            for clock_seq, audience in told:
                started_by = self.events[clock_seq - 1].status
                with_receiver = started_by not in CAME_BACK and self.state.on_board
                assert audience is (Audience.RECEIVER if with_receiver else Audience.SENDER)

    @invariant()
    def the_latest_acts_are_remembered_and_no_more(self) -> None:
        latest = [event.cause for event in self.events[1:]][-REMEMBERED_ACTS:]
        assert [done.cause for done in self.state.recent] == latest

    @invariant()
    def the_state_survives_being_written_and_read(self) -> None:
        assert ReferralState.model_validate_json(self.state.model_dump_json()) == self.state
        last = self.events[-1]
        assert ReferralEvent.model_validate_json(last.model_dump_json()) == last

    def _take(self, outcome: Outcome) -> None:
        self.state, event = outcome
        self.events.append(event)

    def _spans(self) -> list[Span]:
        return [event.ended for event in self.events if event.ended]

    def _gaps_still_open(self) -> list[Gap]:
        opened = [gap for event in self.events for gap in event.gaps_opened]
        closed = [gap for event in self.events for gap in event.gaps_closed]
        return [gap for gap in opened if gap not in closed]


LifeOfAReferral.TestCase.settings = LIFE
TestLifeOfAReferral = LifeOfAReferral.TestCase
