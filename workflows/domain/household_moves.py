"""Somebody joins a household, somebody leaves it: what that means for paths and entitlements."""

from datetime import datetime
from uuid import UUID

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_rights import check_office
from workflows.domain.case_state import MOST_MEMBERS, CaseState, PathState
from workflows.domain.case_steps import FINISHED, DueStep, change_step
from workflows.domain.entitlements import Held
from workflows.domain.errors import HouseholdFull, LastMember, MemberGone, RequestsOpen
from workflows.domain.household_acts import AddMember, Household, RemoveMember
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.running_out import at_rest
from workflows.domain.settling import AT_REST, settled_for_good
from workflows.domain.statuses import WITH_AN_AGENCY, StepStatus

ADD_MEMBER = "add-member"
REMOVE_MEMBER = "remove-member"


def check_add(state: CaseState, act: AddMember) -> None:
    """Raise the rule that stands against taking somebody in."""
    check_office(state, act.actor, ADD_MEMBER)
    if len({*act.household, *state.joined}) >= MOST_MEMBERS:
        raise HouseholdFull(most=str(MOST_MEMBERS))


def add_member(state: CaseState, act: AddMember, cause: str, at: datetime) -> Outcome:
    """Take somebody into the household; nothing else begins with that."""
    check_add(state, act)
    event = new_event(state, cause, act.actor, ADD_MEMBER, at)
    event = event.model_copy(update={"subject": act.member_id, "day": act.joined_on})
    taken_in = state.model_copy(update={"joined": (*state.joined, act.member_id)})
    return record(state, taken_in, event)


def check_remove(state: CaseState, act: RemoveMember) -> None:
    """Raise the rule that stands against the leaving."""
    check_may_leave(state, act.actor, act.member_id, act.household)


def check_may_leave(
    state: CaseState, actor: Principal, member_id: UUID, household: Household
) -> None:
    """Raise the rule that stands against it: agencies may have requests, or nobody would stay.

    Whoever is gone does not leave again: MemberGone.
    """
    check_office(state, actor, REMOVE_MEMBER)
    present = _present(state, household)
    if member_id not in present:
        raise MemberGone(member=str(member_id))
    if present == {member_id}:
        raise LastMember
    with_an_agency = [
        step
        for path in paths_of(state, member_id)
        for step in path.steps
        if step.status in WITH_AN_AGENCY
    ]
    if with_an_agency:
        raise RequestsOpen(count=str(len(with_an_agency)))


def remove_member(state: CaseState, act: RemoveMember, cause: str, at: datetime) -> Outcome:
    """Let somebody go: nothing is left to do on the paths that were for that person alone.

    What is done stays done, for good. Paths for all of the household go on, and so does everything
    of everybody else.
    """
    check_remove(state, act)
    event = new_event(state, cause, act.actor, REMOVE_MEMBER, at).model_copy(
        update={
            "subject": act.member_id,
            "day": act.left_on,
            "reason": act.reason,
            "note_id": act.note_id,
        }
    )
    left = state.model_copy(
        update={
            "gone": (*state.gone, act.member_id),
            "entitlements": tuple(_after(held, act.member_id) for held in state.entitlements),
        }
    )
    for path in paths_of(state, act.member_id):
        for step in path.steps:
            told = settled_for_good(state, step, act.actor, Reason.MEMBER_LEFT)
            left = change_step(left, path.path_id, step.key, settlement=told)
    for path_id, step in ends_with(state, act.member_id):
        left = change_step(left, path_id, step.key, status=StepStatus.WAIVED, **AT_REST)
    return record(state, left, event)


def ends_with(state: CaseState, member_id: UUID) -> list[DueStep]:
    """List the steps that are left out when this member leaves: what is open on their own paths."""
    return [
        (path.path_id, step)
        for path in paths_of(state, member_id)
        for step in path.steps
        if step.status not in FINISHED
    ]


def paths_of(state: CaseState, member_id: UUID) -> list[PathState]:
    """List the paths that are for this member alone."""
    return [path for path in state.paths if path.member_id == member_id]


def _present(state: CaseState, household: Household) -> set[UUID]:
    return {*household, *state.joined} - set(state.gone)


def _after(held: Held, member_id: UUID) -> Held:
    """Return an entitlement as it is kept when this member has left: nothing has to follow it."""
    if held.entitlement.member_id != member_id:
        return held
    return at_rest(held).model_copy(update={"let_go": held.let_go or Reason.MEMBER_LEFT})
