"""Random acts of random people, and time that passes: what must hold after each of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import ANNA, CLARA, EVERYBODY, KARIM, OTHER_AGENCY, SABINE, STEFAN
from tests.counts import ACTS_ON_REFERRALS, LIFE
from tests.domain.drawn import TERMS
from tests.domain.referrals import MONDAY, carry_out, draft, ending, send, well_formed
from tests.tally import Acts
from workflows.domain.actions import Action
from workflows.domain.clocks import Party, Span
from workflows.domain.deadlines import Recall
from workflows.domain.errors import RuleBroken
from workflows.domain.gaps import Gap, GapKind, GapLevel
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.principal import Principal
from workflows.domain.referral import settle
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.referral_record import Outcome
from workflows.domain.referral_rules import allowed_actions, check
from workflows.domain.referral_state import REMEMBERED_ACTS, ReferralEvent, ReferralState
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import Terms

INVOLVED = (ANNA, STEFAN, CLARA, KARIM, SABINE)
ASKED = {Status.REQUESTED, Status.RECEIVED, Status.ACCEPTED}
CAME_BACK = {Status.REJECTED, Status.FAILED}
ENDED = {Status.CANCELLED, Status.ENTERED_IN_ERROR}
WITH_RECEIVER = {Party.RECEIVER, Party.THIRD_PARTY}
LEVELS = {1: GapLevel.REMINDER, 2: GapLevel.SUPERVISOR, 3: GapLevel.EVERYONE}


def _station(status: Status) -> str:
    """Return where the step is then: an agency that was only asked is not there yet."""
    return "asked" if status in ASKED else status


def _party_on_turn(state: ReferralState) -> Party:
    """Read in the design's table whose turn it is."""
    match state.status, state.business_status:
        case _, BusinessStatus.QUESTION:
            return Party.SENDER
        case _, BusinessStatus.WAITING_CLIENT | BusinessStatus.NO_SHOW:
            return Party.CLIENT
        case _, BusinessStatus.WAITING_THIRD_PARTY:
            return Party.THIRD_PARTY
        case Status.REJECTED | Status.FAILED, _:
            return Party.SENDER
        case Status.COMPLETED, _:
            return Party.CLIENT
        case _:
            return Party.RECEIVER


class LifeOfAReferral(RuleBasedStateMachine):
    """One referral, all of its events, and a clock on the wall. Counts every act that is tried."""

    state: ReferralState
    events: list[ReferralEvent]
    stations: list[str]
    parties: dict[int, Party]
    now: datetime
    acts: ClassVar = Acts()

    @initialize(
        terms=TERMS,
        on_board=st.booleans(),
        bounced=st.sampled_from([(), (OTHER_AGENCY,)]),
    )
    def send(self, terms: Terms, on_board: bool, bounced: tuple[UUID, ...]) -> None:
        self.now = MONDAY
        self.events, self.stations, self.parties = [], [], {}
        self._take(send(draft(terms=terms, on_board=on_board, bounced=bounced)))

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
        if actions := allowed_actions(self.state, actor, self.now):
            action = data.draw(st.sampled_from(actions))
            self.acts.tried += 1
            self._take(carry_out(self.state, action, actor, self.now))

    @rule(action=st.sampled_from(Action), actor=st.sampled_from(EVERYBODY))
    def somebody_tries_what_is_not_allowed(self, action: Action, actor: Principal) -> None:
        if action in allowed_actions(self.state, actor, self.now):
            return
        self.acts.tried += 1
        try:
            check(self.state, well_formed(action, actor, self.now), self.now)
        except RuleBroken:
            return
        raise AssertionError(f"{actor.role} may {action} in {self.state.status}")

    @rule(times=st.integers(1, REMEMBERED_ACTS + 2))
    def somebody_nudges_impatiently(self, times: int) -> None:
        if Action.NUDGE in allowed_actions(self.state, ANNA, self.now):
            self.acts.tried += times
            for _ in range(times):
                self._take(carry_out(self.state, Action.NUDGE, ANNA, self.now))

    @precondition(lambda self: self.state.status in CAME_BACK and not self.state.closed_at)
    @rule()
    def the_case_settles_what_came_back(self) -> None:
        outcome = settle(self.state, ending(self.state, "refer-again", case_seq=9), self.now)
        assert outcome is not None
        self._take(outcome)

    @invariant()
    def a_case_conference_is_open_only_while_the_second_bounce_is_with_the_sender(self) -> None:
        if self.state.open_conference:
            assert self.state.status is Status.REJECTED
            assert self.state.business_status is BusinessStatus.REDIRECTED
            assert len(self.state.bounced) == 2
            assert self.state.closed_at is None

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
    def the_clock_belongs_to_the_party_that_has_to_act(self) -> None:
        if self.state.clock:
            assert self.state.clock.party is _party_on_turn(self.state)

    @invariant()
    def a_hold_knows_what_it_goes_back_to(self) -> None:
        assert (self.state.hold is not None) == (self.state.status is Status.ON_HOLD)
        assert self.state.standing is not Status.ON_HOLD

    @invariant()
    def a_gap_is_open_while_a_clock_is_overdue_or_an_effect_is_disputed(self) -> None:
        late = self._moments_missed()
        assert list(self.state.gaps) == self._gaps_still_open()
        for gap in self.state.gaps:
            if gap.kind is not GapKind.DISPUTED:
                assert self.state.clock is not None
                assert (gap.party, gap.level) == (self.state.clock.party, LEVELS[late])
        if not any(gap.kind is GapKind.DISPUTED for gap in self.state.gaps):
            assert len(self.state.gaps) == (1 if late else 0)

    @invariant()
    def events_are_numbered_without_a_hole_and_have_causes_of_their_own(self) -> None:
        assert [event.seq for event in self.events] == list(range(1, self.state.seq + 1))
        causes = [event.cause for event in self.events]
        assert len(set(causes)) == len(causes)

    @invariant()
    def the_case_is_told_whenever_the_step_moves_and_of_the_end(self) -> None:
        changes = [
            event.seq
            for event, station, before in zip(
                self.events, self.stations, [None, *self.stations], strict=False
            )
            if station != before or event.action == "refer-again"
        ]
        assert self.state.moved_seq == changes[-1]
        assert self.state.moved_seq <= self.state.changed_seq <= self.state.seq

    @invariant()
    def a_clock_reminds_once_and_only_who_speaks_for_its_party(self) -> None:
        for kind in (NoticeKind.REMINDER, NoticeKind.OVERDUE):
            told = [
                (notice.clock_seq, notice.audience)
                for event in self.events
                for notice in event.notices
                if notice.kind is kind and notice.clock_seq
            ]
            assert len({clock_seq for clock_seq, _ in told}) == len(told)
            for clock_seq, audience in told:
                with_receiver = self.parties[clock_seq] in WITH_RECEIVER and self.state.on_board
                assert audience is (Audience.RECEIVER if with_receiver else Audience.SENDER)

    @invariant()
    def the_latest_acts_are_remembered_and_no_more(self) -> None:
        latest = [event.cause for event in self.events][-REMEMBERED_ACTS:]
        assert [done.cause for done in self.state.recent] == latest

    @invariant()
    def the_state_survives_being_written_and_read(self) -> None:
        assert ReferralState.model_validate_json(self.state.model_dump_json()) == self.state
        last = self.events[-1]
        assert ReferralEvent.model_validate_json(last.model_dump_json()) == last

    def _take(self, outcome: Outcome) -> None:
        self.state, event = outcome
        self.events.append(event)
        self.stations.append(_station(self.state.standing))
        if self.state.clock:
            self.parties[self.state.clock.seq] = self.state.clock.party

    def _moments_missed(self) -> int:
        """Count the moments that have passed since the deadline."""
        clock = self.state.clock
        passed = clock.moments[: clock.passed] if clock else ()
        return sum(moment.recall is not Recall.REMINDER for moment in passed)

    def _spans(self) -> list[Span]:
        return [event.ended for event in self.events if event.ended]

    def _gaps_still_open(self) -> list[Gap]:
        gaps: dict[int, Gap] = {}
        for event in self.events:
            gaps |= {gap.seq: gap for gap in (*event.gaps_opened, *event.gaps_raised)}
            for gap in event.gaps_closed:
                assert gaps.pop(gap.seq) == gap
        return list(gaps.values())


def test_what_must_hold_for_a_referral_holds_after_every_act(
    record_property: Callable[[str, object], None],
) -> None:
    while LifeOfAReferral.acts.tried < ACTS_ON_REFERRALS:
        run_state_machine_as_test(LifeOfAReferral, settings=LIFE)
    LifeOfAReferral.acts.report(record_property, "acts on referrals")
