"""Why nothing was published, for programs and for people."""

from collections.abc import Awaitable
from typing import TypeVar

from service.editor.publishing import NothingChanged, Overtaken
from service.pathways.faults import FaultyPathways
from service.web.field_errors import FieldError
from service.web.i18n import Translator, _
from service.web.problems import Refusal

Result = TypeVar("Result")

_TITLE = _("Nothing was published")


async def refusing(t: Translator, act: Awaitable[Result]) -> Result:
    """Return what publishing returns. Raises the refusal if nothing was published."""
    try:
        return await act
    except FaultyPathways as faulty:
        raise _faulty(t, faulty) from None
    except Overtaken:
        sentence = _(
            "A newer version was published meanwhile. Please look at it, and decide again."
        )
        raise Refusal(409, "published-meanwhile", _TITLE, sentence) from None
    except NothingChanged:
        sentence = _("The text says what the newest version says. Comments alone are no version.")
        raise Refusal(409, "nothing-changed", _TITLE, sentence) from None


def _faulty(t: Translator, faulty: FaultyPathways) -> Refusal:
    sentence = _("The text has faults. Please mend them; each is named with its line.")
    fields = [
        FieldError(
            "body",
            "text",
            _("Line %(line)s, column %(column)s: %(said)s"),
            {
                "line": fault.place.line if fault.place else 1,
                "column": fault.place.column if fault.place else 1,
                "said": fault.said(t),
            },
        )
        for fault in faulty.faults
    ]
    return Refusal(422, "faulty-pathway", _TITLE, sentence, fields=fields)
