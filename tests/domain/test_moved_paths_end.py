"""Random versions, households and moments of a move: the path still ends, or stays as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counts import PATHS
from tests.domain.households import PATH, Household
from tests.domain.test_any_pathway_ends import DONE, FINISHED, pathways
from workflows.domain.case_paths import new_path, path_on
from workflows.domain.case_state import PathState
from workflows.domain.errors import StepNeverDue, StepUnderWay
from workflows.domain.household import HouseholdFact
from workflows.domain.pathway import Pathway
from workflows.domain.statuses import StepStatus

FACTS = st.frozensets(st.sampled_from(HouseholdFact))
MOST_ROUNDS = 40


def go_on(household: Household, data: st.DataObject) -> bool:
    """Do something about a step that is due or begun; False: there is none."""
    steps = household.state.paths[0].steps
    unfinished = [one for one in steps if one.status not in {StepStatus.WAITING, *FINISHED}]
    if not unfinished:
        return False
    step = data.draw(st.sampled_from(unfinished))
    if step.status is not StepStatus.DUE:
        ahead = DONE[1:] if household.referral(step.key).status == "accepted" else DONE
        household.act(step.key, *(ahead if step.status is StepStatus.REFERRED else DONE[2:]))
    elif data.draw(st.booleans()):
        household.waive(step.key)
    else:
        household.refer(step.key)
        household.act(step.key, *DONE[: data.draw(st.integers(0, len(DONE)))])
    return True


@pytest.mark.timeout(3600)  # with full counts
@given(earlier=pathways(), drawn=pathways(), then=FACTS, now=FACTS, data=st.data())
@PATHS
def test_a_path_that_was_moved_comes_to_its_end(
    earlier: Pathway,
    drawn: Pathway,
    then: frozenset[HouseholdFact],
    now: frozenset[HouseholdFact],
    data: st.DataObject,
) -> None:
    household = Household(new_path(PATH, earlier, None, then))
    for _ in range(data.draw(st.integers(0, 6))):
        go_on(household, data)
    later = drawn.model_copy(update={"version": 2})
    before = household.state
    [path] = before.paths
    try:
        household.move(path_on(path, earlier, later, now))
    except (StepUnderWay, StepNeverDue):
        assert household.state == before
    else:
        see_what_is_kept(path, household.state.paths[0], later)
    for _ in range(MOST_ROUNDS):
        if not go_on(household, data):
            break
    assert {one.status for one in household.state.paths[0].steps} <= FINISHED
    household.close()


def see_what_is_kept(before: PathState, after: PathState, later: Pathway) -> None:
    """See that what had begun is the same, and that everything else is of the later version."""
    here: dict[str, Any] = {one.key: one for one in after.steps}
    passed_over = {one.key for one in after.passed_over}
    assert len(here) == len(after.steps)
    assert not passed_over & set(here)
    for step in before.steps:
        if step.has_begun:
            assert here.pop(step.key) == step
    for key, step in here.items():
        assert step.version == 2
        assert step.terms == later.step(key).terms
    assert {one.key for one in later.steps} <= {one.key for one in after.steps} | passed_over
