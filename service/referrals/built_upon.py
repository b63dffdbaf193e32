"""Whether somebody has built on what an act brought about: then it cannot be taken back.

The referral's own workflow knows nothing of other steps. If the case sends one on in the very
moment of the undo, both hold (decision 12).
"""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import paths
from service.pathways.tables import pathway_versions
from service.referrals.tables import referrals
from workflows.domain.actions import Action
from workflows.domain.errors import NothingToUndo
from workflows.domain.pathway import Pathway
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import StepStatus


async def refuse_what_is_built_upon(connection: AsyncConnection, state: ReferralState) -> None:
    """Raise NothingToUndo if the referral's step is done and another was sent on since."""
    definition = await connection.scalar(
        select(pathway_versions.c.definition)
        .join(
            paths,
            (paths.c.pathway == pathway_versions.c.key)
            & (paths.c.version == pathway_versions.c.version),
        )
        .where(paths.c.id == state.path_id)
    )
    if await is_built_upon(connection, state, Pathway.model_validate(definition)):
        raise NothingToUndo(action=Action.UNDO)


async def is_built_upon(
    connection: AsyncConnection, state: ReferralState, pathway: Pathway
) -> bool:
    """Tell whether the step is done and one that comes right after it was sent on since."""
    if state.step_status is not StepStatus.DONE:
        return False
    sent = exists().where(
        referrals.c.path_id == state.path_id,
        referrals.c.step.in_(pathway.following(state.step)),
        referrals.c.opened_at >= state.moved_at,
    )
    return bool(await connection.scalar(select(sent)))
