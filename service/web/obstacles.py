"""What stands in the way of an act, to be said on the page that the act came from."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from service.engine.engine import EngineUnavailable
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import KeyUsedForAnotherRequest
from service.web.entry_words import UNUSABLE_ENTRIES
from service.web.i18n import Translator, _
from service.web.problems import not_found
from service.web.refused_acts import FIRST_UNCONFIRMED, STATUS_OF_RULE, is_outage
from service.web.rule_words import rule_words
from workflows.domain.errors import RuleBroken

Result = TypeVar("Result")


@dataclass(frozen=True)
class Obstacle:
    """Why nothing was done. ``title`` and ``sentence`` are translated.

    ``code`` says which rule or which entry; ``may_have_happened``: no answer came in time, so the
    form has to keep its key, and sending it again asks for the same act.
    """

    status: int
    code: str
    title: str
    sentence: str
    may_have_happened: bool = False


async def attempt(t: Translator, act: Awaitable[Result]) -> Result | Obstacle:
    """Return what the act returns, or what stands in its way. Raises the refusal 404."""
    try:
        return await act
    except NotFound:
        raise not_found() from None
    except Exception as error:
        if obstacle := _obstacle(t, error):
            return obstacle
        raise


def _obstacle(t: Translator, error: Exception) -> Obstacle | None:
    match error:
        case RuleBroken():
            title, sentence = rule_words(error)
            sentence = t(sentence, **error.params)
            obstacle = Obstacle(STATUS_OF_RULE[type(error)], error.code, t(title), sentence)
        case UnusableEntry():
            title, sentence = _("Some entries cannot be used"), UNUSABLE_ENTRIES[error.code]
            obstacle = Obstacle(422, error.field, t(title), t(sentence))
        case KeyUsedForAnotherRequest(happened=True):
            obstacle = Obstacle(409, "sent-before", t(_SENT_BEFORE[0]), t(_SENT_BEFORE[1]))
        case KeyUsedForAnotherRequest():
            title, sentence = FIRST_UNCONFIRMED
            obstacle = Obstacle(409, "first-request-unconfirmed", t(title), t(sentence))
        case EngineUnavailable():
            obstacle = _unconfirmed(t)
        case _ if is_outage(error):
            obstacle = _unconfirmed(t)
        case _:
            return None
    return obstacle


def _unconfirmed(t: Translator) -> Obstacle:
    title, sentence = _UNCONFIRMED
    return Obstacle(503, "unconfirmed", t(title), t(sentence), may_have_happened=True)


_SENT_BEFORE = (
    _("This form was sent before"),
    _("What you sent first has been done. If you want this as well, please send it again."),
)
_UNCONFIRMED = (
    _("No confirmation yet"),
    _("Your entries are still there. Please send them again in a minute; nothing is done twice."),
)
