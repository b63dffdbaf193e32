"""What a case hears of its referrals, and what it answers to those that came back."""

from workflows.domain.case_acts import ReferralMoved, Settle
from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseState
from workflows.domain.case_steps import FINISHED, follow_referral
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus


def referral_moved(state: CaseState, moved: ReferralMoved) -> Outcome | None:
    """Take in where a referral stands. None: it is old news, or the step is elsewhere by now."""
    step = state.find(moved.path_id, moved.step)
    if state.status is not CaseStatus.OPEN or step is None:
        return None
    if step.status in FINISHED or step.referral_id != moved.referral_id:
        return None
    if step.referral_seq >= moved.seq:
        return None
    cause = f"moved:{moved.referral_id}:{moved.seq}"
    event = new_event(state, cause, Principal.system(), moved.status, moved.at).model_copy(
        update={"path_id": moved.path_id, "step": moved.step, "subject": moved.referral_id}
    )
    return record(follow_referral(state, moved), event)


def settlements_made(state: CaseState, seq: int) -> list[Settle]:
    """List what the event ``seq`` settled: the referrals that had come back hear of it."""
    settlements = [step.settlement for path in state.paths for step in path.steps]
    return [one for one in settlements if one is not None and one.case_seq == seq]


def late_settlement(state: CaseState, moved: ReferralMoved) -> Settle | None:
    """Return the settlement again for a referral that came back and never heard of it.

    After a loss of the engine's own data the message may have been lost between both.
    """
    step = state.find(moved.path_id, moved.step)
    waits = moved.status in BACK_WITH_SENDER and moved.clock is not None
    if step is None or step.settlement is None or not waits:
        return None
    return step.settlement if step.settlement.referral_id == moved.referral_id else None
