"""What can be wrong with the order of steps, in words."""

from service.pathways.sentences import Sentence
from service.web.i18n import _
from workflows.domain.order import OrderFault, WrongOrder

_SENTENCES: dict[WrongOrder, str] = {
    WrongOrder.KEY_TWICE: _("step keys must be unique: '%(key)s' is one already; choose another"),
    WrongOrder.STEP_MUCH_LIKE_ANOTHER: _("there is no step '%(key)s'; did you mean '%(meant)s'?"),
    WrongOrder.STEP_UNKNOWN: _("there is no step '%(key)s'; the steps are %(steps)s"),
    WrongOrder.CIRCLE: _("these steps wait for each other: %(steps)s; take one out of 'after'"),
    WrongOrder.CIRCLE_WHERE_PASSED_OVER: _(
        "these steps wait for each other: %(steps)s, where %(absent)s is passed over; "
        "take one out of 'after'"
    ),
    WrongOrder.ONLY_CONDITIONS: _(
        "every step has a condition, so that a path could be without any; "
        "take 'when' out of one that every household needs"
    ),
}


def sentence_about_order(fault: OrderFault) -> Sentence:
    """Return what is wrong and what to do."""
    return Sentence(_SENTENCES[fault.code], fault.params)
