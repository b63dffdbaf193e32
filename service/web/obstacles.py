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
from service.web.refused_acts import STATUS_OF_RULE
from service.web.words import rule_words
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
    except RuleBroken as broken:
        title, sentence = rule_words(broken)
        return Obstacle(STATUS_OF_RULE[type(broken)], broken.code, t(title), t(sentence))
    except UnusableEntry as entry:
        sentence = UNUSABLE_ENTRIES[entry.code]
        return Obstacle(422, entry.field, t(_("Some entries cannot be used")), t(sentence))
    except KeyUsedForAnotherRequest:
        return Obstacle(409, "sent-before", t(_SENT_BEFORE[0]), t(_SENT_BEFORE[1]))
    except EngineUnavailable:
        return Obstacle(
            503, "unconfirmed", t(_UNCONFIRMED[0]), t(_UNCONFIRMED[1]), may_have_happened=True
        )


_SENT_BEFORE = (
    _("This form was sent before"),
    _("What you sent first has been done. If you want this as well, please send it again."),
)
_UNCONFIRMED = (
    _("No confirmation yet"),
    _("Your entries are still there. Please send them again in a minute; nothing is done twice."),
)
