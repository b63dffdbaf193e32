"""Random pathways, households and outcomes: the path ends, and nothing begins too early."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.cast import OFFICE_A
from tests.counts import PATHS
from tests.domain.households import PATH, Household
from tests.domain.test_pathway_definitions import pathway, step
from workflows.domain.actions import Action
from workflows.domain.case_paths import new_path
from workflows.domain.clocks import Party
from workflows.domain.household import HouseholdFact
from workflows.domain.pathway import Pathway
from workflows.domain.statuses import StepStatus

DONE = (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
ENDS = (DONE, (Action.REJECT,), (Action.ACCEPT, Action.FAIL), (Action.CANCEL,))
"""What can become of a request; after all but the first the step is due again."""

OPEN = {StepStatus.DUE, StepStatus.REFERRED, StepStatus.IN_PROGRESS}
FINISHED = {StepStatus.DONE, StepStatus.WAIVED}
MOST_REQUESTS = 2
"""So often the same step is asked for, before it is done or left out."""


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    """Draw steps after any others, also in a ring by ``any``; what could never end is refused."""
    keys = [f"step-{number}" for number in range(draw(st.integers(1, 8)))]
    facts = st.lists(st.sampled_from(HouseholdFact), max_size=2, unique=True)
    steps: list[dict[str, Any]] = []
    for number, key in enumerate(keys):
        near = keys[: number + draw(st.integers(0, 2))]
        before = draw(st.lists(st.sampled_from(near), max_size=3, unique=True)) if near else []
        join = draw(st.sampled_from(["all", "any"]))
        when = draw(facts) if draw(st.booleans()) else []
        steps.append(step(key, {join: before}, when=when, optional=draw(st.booleans())))
    try:
        return pathway(*draw(st.permutations(steps)))
    except ValidationError:
        assume(False)
        raise


class Course:
    """The course of a path, and what must hold in every moment of it."""

    def __init__(self, drawn: Pathway, facts: frozenset[HouseholdFact]) -> None:
        self.drawn = drawn
        self.household = Household(new_path(PATH, drawn, None, facts))
        self.present = {one.key for one in drawn.steps if facts >= set(one.when)}
        self.requests: dict[str, int] = {}

    def keys(self, *statuses: StepStatus) -> list[str]:
        return [one.key for one in self.household.state.paths[0].steps if one.status in statuses]

    def see(self) -> None:
        """See that what is open is somebody's, and that a step began exactly when it may."""
        steps = self.household.state.paths[0].steps
        assert {one.key for one in steps} == self.present
        for one in steps:
            assert (one.responsible is not None) == (one.status in OPEN)
            may_begin = self._may_begin(one.key, frozenset())
            assert (one.status is StepStatus.WAITING) == (not may_begin)
            if one.status is StepStatus.DUE:
                assert one.responsible == OFFICE_A
                clock = self.household.referral(one.key).clock if one.unsettled else one.clock
                assert clock is not None
                assert clock.party is Party.SENDER

    def go_on(self, data: st.DataObject) -> None:
        """Do something about a step that is due: leave it out, or ask for it."""
        key = data.draw(st.sampled_from(self.keys(StepStatus.DUE)))
        one = self.household.step(key)
        if data.draw(st.booleans()):
            without = one.optional and not one.unsettled
            self.household.waive(key, **({"reason": None} if without else {}))
            return
        self.requests[key] = self.requests.get(key, 0) + 1
        self.household.refer(key)
        self.see()
        last = self.requests[key] > MOST_REQUESTS
        for action in DONE if last else data.draw(st.sampled_from(ENDS)):
            self.household.act(key, action)
            self.see()

    def _may_begin(self, key: str, asked: frozenset[str]) -> bool:
        """Work out anew whether a step may begin, by what the design says of joins."""
        after, finished = self.drawn.step(key).after, set(self.keys(*FINISHED))
        if key in asked:
            return False
        asked |= {key}

        def is_past(before: str) -> bool:
            if before in self.present:
                return before in finished
            return self._may_begin(before, asked)

        if after.join == "all":
            return all(is_past(before) for before in after.steps)
        there = [before for before in after.steps if before in self.present]
        return not after.steps or any(is_past(before) for before in there or after.steps)


@pytest.mark.timeout(3600)  # with full counts
@given(drawn=pathways(), facts=st.frozensets(st.sampled_from(HouseholdFact)), data=st.data())
@PATHS
def test_every_path_ends_with_somebody_responsible_and_nothing_before_its_time(
    drawn: Pathway, facts: frozenset[HouseholdFact], data: st.DataObject
) -> None:
    course = Course(drawn, facts)
    course.see()
    for _ in range(len(drawn.steps) * (MOST_REQUESTS + 1)):
        if not course.keys(StepStatus.DUE):
            break
        course.go_on(data)
        course.see()
    assert set(course.keys(*FINISHED)) == course.present
    course.household.close()
