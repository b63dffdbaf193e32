"""Random paths, random outcomes, messages in any order: what must hold for a case at all times."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import ANNA, CLARA, OFFICE_A, RECEIVER
from tests.counts import ACTS_ON_HOUSEHOLDS, LIFE
from tests.domain.drawn import DAYS, random_entitlement, random_path
from tests.domain.entitlements import FATHER, MOTHER, to_record
from tests.domain.households import (
    PATH,
    SECOND_PATH,
    Household,
    new_id,
    on_version,
    to_refer,
    to_waive,
)
from tests.tally import Acts
from workflows.domain.actions import Action
from workflows.domain.case import check_refer, check_waive
from workflows.domain.case_state import CaseEvent, CaseState, PathState, StepState
from workflows.domain.clocks import Party
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut
from workflows.domain.entitlements import Entitlement, Held
from workflows.domain.errors import (
    LastMember,
    MemberGone,
    RequestsOpen,
    RuleBroken,
    StepNotDue,
    StepUnderWay,
)
from workflows.domain.gaps import GapKind
from workflows.domain.moves import MOVES
from workflows.domain.notices import Audience
from workflows.domain.path_starting import StartPath
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.referral_state import REMEMBERED_ACTS, ReferralState, Release
from workflows.domain.statuses import STEP_OF_REFERRAL, CaseStatus, Status, StepStatus
from workflows.domain.working_days import local_day

OF_THE_OFFICE = {Audience.SENDER, Audience.SENDERS_SUPERVISORS, Audience.COORDINATORS}
FINISHED = {StepStatus.DONE, StepStatus.WAIVED}
WITH_AN_AGENCY = {StepStatus.REFERRED, StepStatus.IN_PROGRESS}
CAME_BACK = {Status.REJECTED, Status.FAILED}
ENDINGS = (Action.COMPLETE, Action.CANCEL, Action.FAIL)
MOST_PATHS = 4
"""More of them would only make a life slower."""
MOST_JOINING = 3

FAMILY = (FATHER, MOTHER)

Place = tuple[UUID, str]


class LifeOfAHousehold(RuleBasedStateMachine):
    """One household with two paths, its referrals, and a post that is not in order.

    Counts every act that is tried.
    """

    household: Household
    finished: set[Place]
    waived: set[Place]
    acts: ClassVar = Acts()

    @initialize(first=random_path(PATH), second=random_path(SECOND_PATH))
    def open_the_case(self, first: PathState, second: PathState) -> None:
        self.household = Household(first, second)
        self.finished, self.waived = set(), set()

    @rule(seconds=st.integers(0, 10 * 24 * 3600))
    def time_passes(self, seconds: int) -> None:
        self.household.let_time_pass(self.household.now + timedelta(seconds=seconds))

    @precondition(lambda self: self._in({StepStatus.DUE}))
    @rule(data=st.data(), on_board=st.booleans())
    def anna_refers_a_step(self, data: st.DataObject, on_board: bool) -> None:
        path_id, key = data.draw(st.sampled_from(self._in({StepStatus.DUE})))
        self.acts.tried += 1
        self.household.refer(key, path_id=path_id, on_board=on_board)

    @precondition(lambda self: self._in({StepStatus.DUE}))
    @rule(data=st.data())
    def anna_leaves_a_step_out(self, data: st.DataObject) -> None:
        path_id, key = data.draw(st.sampled_from(self._in({StepStatus.DUE})))
        self.acts.tried += 1
        self.household.waive(key, path_id=path_id)

    @rule(wanted=random_entitlement())
    def anna_notes_an_entitlement(self, wanted: Entitlement) -> None:
        self.acts.tried += 1
        with self._refused_if_gone(wanted.member_id):
            self.household.record(to_record(wanted))

    @precondition(lambda self: self.household.state.entitlements)
    @rule(data=st.data(), printed=DAYS, effective=DAYS)
    def anna_notes_its_days_anew(
        self, data: st.DataObject, printed: int | None, effective: int | None
    ) -> None:
        held = data.draw(st.sampled_from(self.household.state.entitlements))
        first = held.entitlement.starts_on
        wish = ChangeEntitlement(
            actor=ANNA,
            entitlement_id=held.entitlement.id,
            printed_until=None if printed is None else first + timedelta(days=printed),
            effective_until=None if effective is None else first + timedelta(days=effective),
        )
        self.acts.tried += 1
        with self._refused_if_gone(held.entitlement.member_id):
            self.household.change(wish)

    @precondition(lambda self: self.household.state.entitlements)
    @rule(data=st.data())
    def anna_lets_one_run_out(self, data: st.DataObject) -> None:
        held = data.draw(st.sampled_from(self.household.state.entitlements))
        wish = LetRunOut(
            actor=ANNA, entitlement_id=held.entitlement.id, reason=Reason.NO_LONGER_NEEDED
        )
        self.acts.tried += 1
        with self._refused_if_gone(held.entitlement.member_id):
            self.household.let_run_out(wish)

    @precondition(lambda self: len(self.household.state.paths) < MOST_PATHS)
    @rule(data=st.data(), third=random_path(SECOND_PATH, most_steps=2))
    def anna_starts_another_path(self, data: st.DataObject, third: PathState) -> None:
        state = self.household.state
        kept = {held.entitlement.id: held.entitlement.member_id for held in state.entitlements}
        goes_on_from = data.draw(st.sampled_from([None, *kept]))
        member = data.draw(st.sampled_from([None, *FAMILY, *state.joined]))
        path_id = new_id()
        start = third.model_copy(
            update={"path_id": path_id, "member_id": member, "pathway": f"path-{path_id}"}
        )
        self.acts.tried += 1
        with self._refused_if_gone(member, kept[goes_on_from] if goes_on_from else None):
            wish = StartPath(actor=ANNA, path=start, entitlement_id=goes_on_from)
            self.household.start_path(wish)

    @rule(data=st.data(), place=st.sampled_from([PATH, SECOND_PATH]))
    def anna_moves_a_path_to_a_newer_version(self, data: st.DataObject, place: UUID) -> None:
        before = self.household.state
        [path] = [one for one in before.paths if one.path_id == place]
        drawn = data.draw(random_path(place))
        newer = on_version(path.version + 1, *drawn.steps, path_id=place)
        under_way = {one.key for one in path.steps if one.has_begun and one.status not in FINISHED}
        self.acts.tried += 1
        if under_way - {one.key for one in drawn.steps}:
            with pytest.raises(StepUnderWay):
                self.household.move(newer)
            assert self.household.state == before
            return
        self.household.move(newer)
        for one in path.steps:
            if one.has_begun:
                kept = one.model_copy(update={"version": path.version_of(one)})
                assert self.household.step(one.key, place) == kept
        others = [one for one in before.paths if one.path_id != place]
        assert [one for one in self.household.state.paths if one.path_id != place] == others

    @precondition(lambda self: len(self.household.state.joined) < MOST_JOINING)
    @rule()
    def somebody_joins(self) -> None:
        before = self.household.state
        self.acts.tried += 1
        self.household.join(new_id())
        assert self.household.state.paths == before.paths
        assert self.household.state.entitlements == before.entitlements

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        before = self.household.state
        leaver = data.draw(st.sampled_from([*FAMILY, *before.joined]))
        self.acts.tried += 1
        if refusal := self._against_leaving(leaver):
            with pytest.raises(refusal):
                self.household.leave(leaver, *FAMILY)
            assert self.household.state == before
            return
        self.household.leave(leaver, *FAMILY)
        of_others = [one for one in before.paths if one.member_id != leaver]
        paths = self.household.state.paths
        assert [one for one in paths if one.member_id != leaver] == of_others
        kept = [held for held in before.entitlements if held.entitlement.member_id != leaver]
        assert [held for held in self._held() if held.entitlement.member_id != leaver] == kept

    @precondition(lambda self: self._answerable())
    @rule(data=st.data())
    def somebody_moves_a_referral(self, data: st.DataObject) -> None:
        referral = data.draw(st.sampled_from(self._answerable()))
        action, actor = data.draw(st.sampled_from(self._moves(referral)))
        self.acts.tried += 1
        self.household.act_on(referral.referral_id, action, actor)

    @precondition(lambda self: self.household.post)
    @rule(data=st.data(), again=st.booleans())
    def any_message_arrives(self, data: st.DataObject, again: bool) -> None:
        moved = data.draw(st.sampled_from(self.household.post))
        self.household.deliver(moved)
        # Of a message that comes late the deadline may have passed already.
        self.household.let_time_pass(self.household.now)
        if not again:
            self.household.post.remove(moved)

    @precondition(lambda self: self.household.settles)
    @rule(data=st.data())
    def any_settlement_arrives(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.household.settles))
        self.household.settles.remove(message)
        self.household.settle(message)

    @precondition(lambda self: self._in(set(StepStatus) - {StepStatus.DUE}))
    @rule(data=st.data())
    def what_is_not_due_is_neither_referred_nor_left_out(self, data: st.DataObject) -> None:
        others = self._in(set(StepStatus) - {StepStatus.DUE})
        path_id, key = data.draw(st.sampled_from(others))
        self.acts.tried += 2
        with pytest.raises(StepNotDue):
            check_refer(self.household.state, to_refer(key, path_id=path_id))
        with pytest.raises(StepNotDue):
            check_waive(self.household.state, to_waive(key, path_id=path_id))

    @invariant()
    def every_open_step_has_one_responsible_agency_and_a_clock(self) -> None:
        for _, step in self._steps():
            is_open = step.status in WITH_AN_AGENCY | {StepStatus.DUE}
            assert (step.responsible is not None) == is_open
            of_the_office = step.status is StepStatus.DUE and not step.unsettled
            assert (step.clock is not None) == of_the_office
            if is_open and not of_the_office:
                assert self._referral_of(step).clock or self._is_in_the_post(step)

    @invariant()
    def nothing_is_open_for_who_has_left(self) -> None:
        theirs = self._paths_of_the_gone()
        for (path_id, _), step in self._steps():
            assert path_id not in theirs or step.status in FINISHED
        for held in self._held():
            if held.entitlement.member_id in self.household.state.gone:
                assert (held.clock, held.gap) == (None, None)

    @invariant()
    def a_gap_is_open_exactly_where_the_office_is_late_to_send_a_step_on(self) -> None:
        for _, step in self._steps():
            is_late = step.clock is not None and step.clock.due_at <= self.household.now
            assert (step.gap is not None) == is_late
            assert step.gap is None or step.gap.kind is GapKind.UNROUTED

    @invariant()
    def a_gap_is_open_exactly_where_something_runs_out_and_the_day_to_act_has_passed(self) -> None:
        for held in self._held():
            is_late = held.clock is not None and held.clock.due_at <= self.household.now
            assert (held.gap is not None) == is_late
            assert held.gap is None or held.gap.kind is GapKind.DOCUMENT_EXPIRING

    @invariant()
    def what_runs_out_has_a_clock_or_another_one_after_it(self) -> None:
        for held in self._held():
            one = held.entitlement
            if held.clock is None and not held.let_go and one.last_day is not None:
                assert any(_outlasts(other.entitlement, one) for other in self._held())

    @invariant()
    def what_holds_until_somebody_decides_runs_out_for_nobody(self) -> None:
        for held in self._held():
            if held.entitlement.until_decided and held.entitlement.effective_until is None:
                assert held.clock is None

    @invariant()
    def the_office_has_until_the_last_day_at_most_unless_it_noted_it_late(self) -> None:
        for held in self._held():
            if held.clock and held.entitlement.last_day:
                noted = local_day(held.clock.since)
                latest = max(held.entitlement.last_day, noted)
                assert noted <= local_day(held.clock.due_at) <= latest

    @invariant()
    def a_gap_is_opened_once_and_closed_once(self) -> None:
        opened = [gap.seq for event in self.household.events for gap in event.gaps_opened]
        closed = [gap.seq for event in self.household.events for gap in event.gaps_closed]
        of_steps = [step.gap.seq for _, step in self._steps() if step.gap]
        still_open = [*of_steps, *(held.gap.seq for held in self._held() if held.gap)]
        assert sorted(opened) == sorted([*closed, *still_open])
        assert len(set(opened)) == len(opened)

    @invariant()
    def nobody_is_told_of_a_step_that_is_not_the_offices_to_send_on(self) -> None:
        for event in self.household.events:
            assert all(notice.audience in OF_THE_OFFICE for notice in event.notices)

    @invariant()
    def what_is_due_is_the_offices_and_waits_for_the_office(self) -> None:
        for _, step in self._steps():
            if step.status is StepStatus.DUE:
                assert step.responsible == OFFICE_A
                assert step.clock is None or step.clock.party is Party.SENDER

    @invariant()
    def the_receiver_is_responsible_only_after_arrival_that_releases(self) -> None:
        for _, step in self._steps():
            arrived = step.status is StepStatus.IN_PROGRESS and step.release is Release.ARRIVAL
            assert (step.responsible == RECEIVER) == arrived

    @invariant()
    def a_step_begins_exactly_when_its_join_allows(self) -> None:
        for place in self.household.state.paths:
            finished = {step.key for step in place.steps if step.status in FINISHED}
            for step in place.steps:
                waits = step.status is StepStatus.WAITING
                may_begin = step.after.met_by(finished)
                was_sent_on = step.referral_id is not None or step.status is StepStatus.WAIVED
                assert waits != (may_begin or was_sent_on)

    @invariant()
    def what_is_finished_stays_finished_unless_its_effect_is_taken_back(self) -> None:
        finished = set(self._in(FINISHED))
        for path_id, key in self.finished - finished:
            assert self.household.referral(key, path_id).status is not Status.CANCELLED
            assert self.household.step(key, path_id).status in WITH_AN_AGENCY | {StepStatus.DUE}
        waived = set(self._in({StepStatus.WAIVED}))
        assert waived >= self.waived
        self.finished, self.waived = finished, waived

    @invariant()
    def what_came_back_and_went_elsewhere_is_told_so(self) -> None:
        told = {message.referral_id for message in self.household.settles}
        latest = {step.referral_id: step for _, step in self._steps()}
        for referral in self.household.referrals.values():
            step = latest.get(referral.referral_id)
            is_left_behind = step is None or step.status is StepStatus.WAIVED
            if is_left_behind and referral.closed_at is None:
                assert referral.referral_id in told

    @invariant()
    def a_chain_of_requests_keeps_its_first_date(self) -> None:
        for referral in self.household.referrals.values():
            if referral.predecessor:
                first = self.household.referrals[referral.predecessor]
                assert (first.referred_at, first.chain_id) == (
                    referral.referred_at,
                    referral.chain_id,
                )

    @invariant()
    def events_are_numbered_without_a_hole(self) -> None:
        events, state = self.household.events, self.household.state
        assert [event.seq for event in events] == list(range(1, state.seq + 1))
        causes = [event.cause for event in events]
        assert len(set(causes)) == len(causes)
        assert [done.cause for done in state.recent] == causes[-REMEMBERED_ACTS:]

    @invariant()
    def the_state_survives_being_written_and_read(self) -> None:
        state, event = self.household.state, self.household.events[-1]
        assert CaseState.model_validate_json(state.model_dump_json()) == state
        assert CaseEvent.model_validate_json(event.model_dump_json()) == event

    def teardown(self) -> None:
        """Let the post be delivered, see that both sides agree, and bring everything to its end."""
        if not hasattr(self, "household"):
            return
        self.household.deliver_all()
        self._both_sides_agree()
        rounds = 0
        while self._in(set(StepStatus) - FINISHED):
            self._finish_what_can_be()
            rounds += 1
            assert rounds <= 12, "a path that cannot end"
        self.acts.tried += 1
        self.household.close()
        self.household.deliver_all()
        assert self.household.state.status is CaseStatus.CLOSED
        assert not any(held.clock or held.gap for held in self._held())
        assert all(referral.closed_at for referral in self.household.referrals.values())

    def _both_sides_agree(self) -> None:
        """What was done for somebody who left stays so, whatever becomes of its request."""
        for (path_id, _), step in self._steps():
            if path_id in self._paths_of_the_gone():
                continue
            if step.referral_id and step.status is not StepStatus.WAIVED:
                referral = self.household.referrals[step.referral_id]
                assert step.status is STEP_OF_REFERRAL[referral.standing]
                assert step.unsettled == (referral.status in CAME_BACK)

    def _finish_what_can_be(self) -> None:
        for path_id, key in self._in(WITH_AN_AGENCY):
            referral = self.household.referral(key, path_id)
            possible = {action for action, _ in self._moves(referral)}
            final = [action for action in ENDINGS if action in possible]
            self.acts.tried += 1
            self.household.act_on(referral.referral_id, final[0])
        self.household.deliver_all()
        for path_id, key in self._in({StepStatus.DUE}):
            self.acts.tried += 1
            self.household.waive(key, path_id=path_id)
        self.household.deliver_all()

    def _refused_if_gone(self, *members: UUID | None) -> AbstractContextManager[object]:
        if set(members) & set(self.household.state.gone):
            return pytest.raises(MemberGone)
        return nullcontext()

    def _against_leaving(self, leaver: UUID) -> type[RuleBroken] | None:
        state = self.household.state
        present = {*FAMILY, *state.joined} - set(state.gone)
        if leaver not in present:
            return MemberGone
        if present == {leaver}:
            return LastMember
        own = [step for one in state.paths if one.member_id == leaver for step in one.steps]
        return RequestsOpen if any(step.status in WITH_AN_AGENCY for step in own) else None

    def _paths_of_the_gone(self) -> set[UUID]:
        state = self.household.state
        return {one.path_id for one in state.paths if one.member_id in state.gone}

    def _referral_of(self, step: StepState) -> ReferralState:
        assert step.referral_id
        return self.household.referrals[step.referral_id]

    def _is_in_the_post(self, step: StepState) -> bool:
        """Tell whether the case is about to hear that the step moved on."""
        return any(moved.referral_id == step.referral_id for moved in self.household.post)

    def _held(self) -> tuple[Held, ...]:
        return self.household.state.entitlements

    def _steps(self) -> list[tuple[Place, StepState]]:
        return [
            ((place.path_id, step.key), step)
            for place in self.household.state.paths
            for step in place.steps
        ]

    def _in(self, statuses: set[StepStatus]) -> list[Place]:
        return [place for place, step in self._steps() if step.status in statuses]

    def _answerable(self) -> list[ReferralState]:
        referrals = self.household.referrals.values()
        return [referral for referral in referrals if self._moves(referral)]

    def _moves(self, referral: ReferralState) -> list[tuple[Action, Principal]]:
        """List what Clara and Anna can do that moves the referral or its clock."""
        return [
            (action, actor)
            for actor in (CLARA, ANNA)
            for action in allowed_actions(referral, actor, self.household.now)
            if action is Action.UNDO or MOVES[action].to or MOVES[action].clock
        ]


def _outlasts(other: Entitlement, one: Entitlement) -> bool:
    """Tell whether it is about the same and goes on longer."""
    same = (other.member_id, other.area) == (one.member_id, one.area)
    return same and (
        other.last_day is None or one.last_day is None or other.last_day > one.last_day
    )


def test_what_must_hold_for_a_household_holds_after_every_act(
    record_property: Callable[[str, object], None],
) -> None:
    while LifeOfAHousehold.acts.tried < ACTS_ON_HOUSEHOLDS:
        run_state_machine_as_test(LifeOfAHousehold, settings=LIFE)
    LifeOfAHousehold.acts.report(record_property, "acts on households")
