"""What stops publishing, said on the page that it came from."""

from collections.abc import Awaitable
from typing import TypeVar

from service.editor.refusals import refusing
from service.web.i18n import Translator
from service.web.obstacles import Obstacle, attempt
from service.web.problems import Refusal

Result = TypeVar("Result")

NOT_FOUND = 404


async def attempt_publishing(t: Translator, act: Awaitable[Result]) -> Result | Obstacle:
    """Return what publishing returns, or what stands in its way. Raises the refusal 404."""
    try:
        return await attempt(t, refusing(t, act))
    except Refusal as refusal:
        if refusal.status == NOT_FOUND:
            raise
        return Obstacle(refusal.status, refusal.code, t(refusal.title), t(refusal.sentence))
