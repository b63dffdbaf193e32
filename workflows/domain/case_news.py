"""What a case hears of its referrals, and what it answers to those that came back."""

from workflows.domain.case_acts import ReferralMoved, Settle
from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseState
from workflows.domain.case_steps import follow_referral, put_back_to_sleep
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus, StepStatus


def referral_moved(state: CaseState, moved: ReferralMoved) -> Outcome | None:
    """Take in where a referral stands.

    None: it is old news, the step is elsewhere by now, or whom it was for has left the household.
    """
    step = state.find(moved.path_id, moved.step)
    if state.status is not CaseStatus.OPEN or step is None or _is_of_the_gone(state, moved):
        return None
    if step.status is StepStatus.WAIVED or step.referral_id != moved.referral_id:
        return None
    if step.referral_seq >= moved.seq:
        return None
    cause = f"moved:{moved.referral_id}:{moved.seq}"
    event = new_event(state, cause, Principal.system(), moved.status, moved.at).model_copy(
        update={"path_id": moved.path_id, "step": moved.step, "subject": moved.referral_id}
    )
    return record(state, put_back_to_sleep(follow_referral(state, moved)), event)


def _is_of_the_gone(state: CaseState, moved: ReferralMoved) -> bool:
    return any(
        path.path_id == moved.path_id and path.member_id in state.gone for path in state.paths
    )


def settlements_made(state: CaseState, seq: int) -> list[Settle]:
    """List what the event ``seq`` settled: the referrals that had come back hear of it."""
    settlements = [step.settlement for path in state.paths for step in path.steps]
    return [one for one in settlements if one is not None and one.case_seq == seq]


def late_settlement(state: CaseState, moved: ReferralMoved) -> Settle | None:
    """Return the settlement again for a referral that goes on although its step went elsewhere.

    After a loss of the engine's own data the message may have been lost between both; or its
    refusal was taken back while the step was sent on.
    """
    step = state.find(moved.path_id, moved.step)
    if step is None or step.settlement is None or moved.has_ended:
        return None
    return step.settlement if step.settlement.referral_id == moved.referral_id else None
