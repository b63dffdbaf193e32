"""What a case tells the last referral of a step that ends in another way than by that referral."""

from workflows.domain.case_acts import Ending, Settle
from workflows.domain.case_state import CaseState, StepState
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.statuses import StepStatus

AT_REST: dict[str, object] = {
    "responsible": None,
    "clock": None,
    "gap": None,
    "unsettled": False,
}
"""What a step has that nobody has to do anything about any more."""


def settled_by(
    state: CaseState, step: StepState, actor: Principal, action: Ending, reason: Reason | None
) -> Settle | None:
    """Return what the act tells the step's last referral, if that had come back.

    Otherwise what it was told before stays, in case it has not heard it.
    """
    if not step.unsettled:
        return step.settlement
    return _settle(state, step, actor, action, reason)


def settled_for_good(
    state: CaseState, step: StepState, actor: Principal, reason: Reason
) -> Settle | None:
    """Return what a step's last referral is told: nobody waits any more to hear that it happened.

    One whose effect has long been confirmed has ended, and does not mind.
    """
    if step.status is StepStatus.DONE:
        return _settle(state, step, actor, "close", None)
    return settled_by(state, step, actor, "waive", reason)


def _settle(
    state: CaseState, step: StepState, actor: Principal, action: Ending, reason: Reason | None
) -> Settle | None:
    if step.referral_id is None:
        return None
    return Settle(
        referral_id=step.referral_id,
        actor=actor,
        action=action,
        reason=reason,
        case_seq=state.seq + 1,
    )
