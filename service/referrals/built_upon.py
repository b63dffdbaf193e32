"""Whether somebody has built on what an act brought about: then it cannot be taken back.

The referral's own workflow knows nothing of other steps. If the case sends one on in the very
moment of the undo, both hold (decision 12).
"""

from sqlalchemy import cast, exists, func, literal
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.definitions import DESCRIBES_STEP
from service.cases.tables import paths, steps
from service.pathways.tables import pathway_versions
from service.referrals.tables import referrals
from workflows.domain.actions import Action
from workflows.domain.errors import NothingToUndo
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import StepStatus

_COMES_RIGHT_AFTER = "$.steps[*] ? (@.key == $step && @.after.steps[*] == $before)"


async def refuse_what_is_built_upon(connection: AsyncConnection, state: ReferralState) -> None:
    """Raise NothingToUndo if the referral's step is done and another was sent on since."""
    if await is_built_upon(connection, state):
        raise NothingToUndo(action=Action.UNDO)


async def is_built_upon(connection: AsyncConnection, state: ReferralState) -> bool:
    """Tell whether the step is done and one that comes right after it was sent on since.

    What comes after it is said by the version on which that one was sent.
    """
    if state.step_status is not StepStatus.DONE:
        return False
    comes_right_after = func.jsonb_path_exists(
        pathway_versions.c.definition,
        cast(literal(_COMES_RIGHT_AFTER), JSONPATH),
        func.jsonb_build_object("step", steps.c.key, "before", state.step),
    )
    sent_since = exists().where(
        referrals.c.path_id == state.path_id,
        referrals.c.opened_at >= state.moved_at,
        steps.c.path_id == referrals.c.path_id,
        steps.c.key == referrals.c.step,
        paths.c.id == steps.c.path_id,
        DESCRIBES_STEP,
        comes_right_after,
    )
    return bool(await connection.scalar(sent_since.select()))
