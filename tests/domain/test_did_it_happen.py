"""What was reported as completed is confirmed, disputed, or lapses after a while."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.referrals import MONDAY, NOW, carry_out, in_status
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.errors import NothingToUndo, ReasonMissing
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.principal import Principal
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.referral_state import ReferralOutcome
from workflows.domain.statuses import BusinessStatus, Status, StepStatus
from workflows.domain.terms import Term, Terms

MUCH_LATER = MONDAY + timedelta(days=60)


def test_after_the_effect_the_client_has_time_to_object() -> None:
    state, event = carry_out(
        in_status(Status.IN_PROGRESS), Action.COMPLETE, CLARA, outcome=ReferralOutcome.PARTLY
    )
    assert (state.status, state.outcome, state.closed_at) == (
        Status.COMPLETED,
        ReferralOutcome.PARTLY,
        None,
    )
    assert state.clock is not None
    assert state.clock.party is Party.CLIENT
    assert [(notice.kind, notice.audience) for notice in event.notices] == [
        (NoticeKind.COMPLETED, Audience.SENDER)
    ]


def test_where_nobody_is_to_be_asked_the_effect_ends_it() -> None:
    at_work = in_status(Status.IN_PROGRESS, terms=Terms(confirm=None))
    state, event = carry_out(at_work, Action.COMPLETE, CLARA)
    assert (state.clock, state.closed_at) == (None, NOW)
    assert state.outcome is ReferralOutcome.ACHIEVED
    assert event.notices == ()


def test_who_confirms_ends_it() -> None:
    state, event = carry_out(in_status(Status.COMPLETED), Action.CONFIRM, ANNA)
    assert (state.business_status, state.closed_at) == (BusinessStatus.CONFIRMED, event.at)
    assert event.ended is not None
    assert event.ended.party is Party.CLIENT


def test_who_disputes_gives_the_receiver_the_clock_and_opens_a_gap_at_once() -> None:
    state, event = carry_out(in_status(Status.COMPLETED), Action.DISPUTE, ANNA)
    assert (state.status, state.business_status) == (Status.IN_PROGRESS, BusinessStatus.DISPUTED)
    assert (state.step_status, state.outcome) == (StepStatus.IN_PROGRESS, None)
    assert state.clock is not None
    assert state.clock.party is Party.RECEIVER
    [gap] = state.gaps
    assert event.gaps_opened == (gap,)
    assert (gap.kind, gap.level, gap.opened_at, gap.cause) == (
        GapKind.DISPUTED,
        GapLevel.REMINDER,
        event.at,
        event.reason,
    )


def test_a_dispute_says_what_is_wrong() -> None:
    with pytest.raises(ReasonMissing):
        carry_out(in_status(Status.COMPLETED), Action.DISPUTE, ANNA, reason=None)


def test_the_gap_of_a_dispute_outlasts_a_hold_and_ends_with_the_effect() -> None:
    disputed, _ = carry_out(in_status(Status.COMPLETED), Action.DISPUTE, ANNA)
    held, event = carry_out(disputed, Action.HOLD, CLARA)
    assert (held.gaps, event.gaps_closed) == (disputed.gaps, ())
    resumed, _ = carry_out(held, Action.RESUME, CLARA)
    completed, event = carry_out(resumed, Action.COMPLETE, CLARA)
    assert (completed.gaps, event.gaps_closed) == ((), disputed.gaps)


def test_the_gap_of_a_dispute_rises_when_nothing_is_done_about_it() -> None:
    disputed, _ = carry_out(in_status(Status.COMPLETED), Action.DISPUTE, ANNA)
    outcome = pass_moment(disputed, MUCH_LATER)
    assert outcome is not None
    state, event = outcome
    assert [(gap.kind, gap.level) for gap in state.gaps] == [(GapKind.DISPUTED, GapLevel.EVERYONE)]
    assert (event.gaps_opened, event.gaps_raised) == ((), state.gaps)


def test_who_says_nothing_is_reminded_once_and_then_it_lapses() -> None:
    state, actions = in_status(Status.COMPLETED), []
    while (moment := next_moment(state)) and (outcome := pass_moment(state, moment)):
        state, event = outcome
        actions.append(event.action)
        assert len(actions) <= 2, actions
    assert actions == ["remind", "lapse"]
    assert (state.status, state.gaps) == (Status.COMPLETED, ())
    assert state.closed_at is not None
    assert event.ended is not None
    assert event.ended.until == state.closed_at
    assert (event.seq, event.actor) == (state.changed_seq, Principal.system())


def test_an_effect_that_lapsed_within_minutes_is_not_taken_back_any_more() -> None:
    terms = Terms(confirm=Term(duration=timedelta(minutes=1)))
    at_work = in_status(Status.IN_PROGRESS, on_board=False, terms=terms)
    completed, _ = carry_out(at_work, Action.COMPLETE, ANNA)
    assert completed.undoable is not None
    outcome = pass_moment(completed, NOW + timedelta(minutes=2))
    assert outcome is not None
    with pytest.raises(NothingToUndo):
        carry_out(outcome[0], Action.UNDO, ANNA, NOW + timedelta(minutes=3))
