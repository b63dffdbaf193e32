"""The steps of a case: when they become due, and where they stand with their referral.

A step that becomes due needs a deadline, which the caller looks up: ``steps_to_wake`` names those
steps, ``deadline_requests`` asks, ``wake`` takes the answers in.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from workflows.domain.case_acts import Refer, ReferralMoved
from workflows.domain.case_state import CaseState, PathState, StepState
from workflows.domain.clocks import Party, start_clock
from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.domain.errors import UnknownStep
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.referral_state import Release
from workflows.domain.statuses import (
    STEP_OF_REFERRAL,
    CaseStatus,
    StepStatus,
)

DueStep = tuple[UUID, StepState]
"""A step with the id of its path."""

Place = tuple[UUID, str]
"""The id of a path, and the key of a step on it."""

FINISHED = frozenset({StepStatus.DONE, StepStatus.WAIVED})


def steps_to_wake(state: CaseState) -> list[DueStep]:
    """List the steps that are due from now on and have no deadline yet."""
    if state.status is not CaseStatus.OPEN:
        return []
    return [
        (path.path_id, step)
        for path in state.paths
        for step in path.steps
        if _may_begin(path, step) or _waits_for_a_deadline(step)
    ]


def deadline_requests(
    state: CaseState, steps: Sequence[DueStep], at: datetime
) -> list[DeadlineRequest]:
    """Return what to ask the calendar for: by when the office refers each of these steps."""
    return [
        DeadlineRequest(
            agency=state.office, start=at, length=step.terms.refer, plan=step.terms.plan
        )
        for _, step in steps
    ]


def respond_request(step: StepState, refer: Refer, at: datetime) -> DeadlineRequest:
    """Return what to ask the calendar for: by when the agency answers."""
    return DeadlineRequest(
        agency=refer.to_agency, start=at, length=step.terms.respond, plan=step.terms.plan
    )


def wake(
    state: CaseState, steps: Sequence[DueStep], deadlines: Sequence[Deadline], at: datetime
) -> CaseState:
    """Make steps due: the office is responsible, and its clock runs until it refers them."""
    for (path_id, step), deadline in zip(steps, deadlines, strict=True):
        state = change_step(
            state,
            path_id,
            step.key,
            status=StepStatus.DUE,
            responsible=state.office,
            clock=start_clock(Party.SENDER, at, deadline, state.seq),
        )
    return state


def put_back_to_sleep(state: CaseState) -> CaseState:
    """Let steps wait again that are due, but come after one that is not finished any more.

    Its effect was reported, and then taken back or disputed. What was sent on meanwhile goes on.
    """
    asleep = [
        (path.path_id, step.key)
        for path in state.paths
        for step in path.steps
        if step.status is StepStatus.DUE and step.referral_id is None and not _is_met(path, step)
    ]
    for path_id, key in asleep:
        state = change_step(
            state, path_id, key, status=StepStatus.WAITING, responsible=None, clock=None, gap=None
        )
    return state


def follow_referral(state: CaseState, moved: ReferralMoved) -> CaseState:
    """Bring a step to where its referral stands: status, and who has the baton.

    From here on the referral's clock counts, until it is cancelled: then the step begins anew.
    """
    step = state.find(moved.path_id, moved.step)
    if step is None:
        raise UnknownStep(step=moved.step)
    status = STEP_OF_REFERRAL[moved.status]
    return change_step(
        state,
        moved.path_id,
        moved.step,
        status=status,
        responsible=_responsible(state.office, moved.to_agency, status, step.release),
        clock=None,
        gap=None,
        referral_id=moved.referral_id,
        referral_seq=moved.seq,
        referred_at=moved.referred_at,
        chain_id=moved.chain_id,
        bounced=moved.bounced,
        unsettled=moved.status in BACK_WITH_SENDER,
    )


def change_step(state: CaseState, path_id: UUID, key: str, **changes: object) -> CaseState:
    """Return the case with these values changed in one of its steps."""
    paths = tuple(
        path.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update=changes) if step.key == key else step
                    for step in path.steps
                )
            }
        )
        if path.path_id == path_id
        else path
        for path in state.paths
    )
    return state.model_copy(update={"paths": paths})


def _responsible(office: UUID, receiver: UUID, status: StepStatus, release: Release) -> UUID | None:
    """Say who has the baton: the sender, until arrival or effect releases it."""
    if status in FINISHED:
        return None
    released = status is StepStatus.IN_PROGRESS and release is Release.ARRIVAL
    return receiver if released else office


def _waits_for_a_deadline(step: StepState) -> bool:
    return step.status is StepStatus.DUE and not step.unsettled and step.clock is None


def _may_begin(path: PathState, step: StepState) -> bool:
    return step.status is StepStatus.WAITING and _is_met(path, step)


def _is_met(path: PathState, step: StepState) -> bool:
    finished = [other.key for other in path.steps if other.status in FINISHED]
    return step.after.met_by(finished, path.passed_over)
