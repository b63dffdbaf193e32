"""Names that both ends of a message have to agree on."""

from uuid import UUID

TASK_QUEUE = "nahtlos"
CASE_WORKFLOW = "CaseWorkflow"
REFERRAL_WORKFLOW = "ReferralWorkflow"
CONSENT_GIVEN = "consent_given"
NEW_SENDER = "new_sender"
REFERRAL_MOVED = "referral_moved"
SETTLE = "settle"


def case_workflow_id(case_id: UUID) -> str:
    """Return the id of a case's workflow."""
    return f"case-{case_id}"


def referral_workflow_id(referral_id: UUID) -> str:
    """Return the id of a referral's workflow."""
    return f"referral-{referral_id}"
