"""Getting an act confirmed, whatever has become of its workflow meanwhile."""

from collections.abc import Awaitable, Callable

from service.database import Database
from service.engine.engine import EngineUnavailable, WorkflowGone
from service.ledger.promises import find_done
from workflows.domain.referral_state import ActDone


async def confirmed(
    database: Database,
    workflow_id: str,
    cause: str,
    send: Callable[[], Awaitable[ActDone]],
    recheck: Callable[[], Awaitable[object]],
) -> ActDone:
    """Send the act and return its receipt.

    A workflow that has ended does not answer any more. Then the ledger says what the act did
    when it came first; an act that never happened is checked against the final state, which
    raises the rule that now stands against it. If none does, the engine has lost the workflow:
    EngineUnavailable.
    """
    try:
        return await send()
    except WorkflowGone:
        async with database.transaction() as connection:
            if done := await find_done(connection, workflow_id, cause):
                return done
        await recheck()
        raise EngineUnavailable from None
