"""The id of the update that is being handled: it is the cause of the event that it makes."""

from temporalio import workflow


def update_id() -> str:
    """Return the id of the current update; the caller chose it, so a repeat has the same."""
    update = workflow.current_update_info()
    if update is None:
        raise RuntimeError("this is no update")
    return update.id
