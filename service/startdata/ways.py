"""Which acts lead to where a story stands, and how long each of them may take."""

from workflows.domain.pathway import StepDefinition
from workflows.domain.terms import Term

Way = tuple[str, ...]

_DONE = ("refer", "accept", "arrive", "complete")
_BOUNCED_TWICE = ("refer", "redirect", "refer", "redirect")

WAY_TO: dict[str, Way] = {
    "requested": ("refer",),
    "received": ("refer", "receive"),
    "claimed": ("refer", "receive", "claim"),
    "asked": ("refer", "receive", "ask"),
    "answered": ("refer", "receive", "ask", "answer"),
    "accepted": ("refer", "accept"),
    "postponed": ("refer", "accept", "move-deadline"),
    "appointed": ("refer", "accept", "appoint"),
    "missed": ("refer", "accept", "appoint", "no-show"),
    "appointed-again": ("refer", "accept", "appoint", "no-show", "appoint"),
    "in-progress": ("refer", "accept", "arrive"),
    "held": ("refer", "accept", "arrive", "hold"),
    "rejected": ("refer", "reject"),
    "redirected": ("refer", "redirect"),
    "conference": _BOUNCED_TWICE,
    "conferred": (*_BOUNCED_TWICE, "confer"),
    "agreed": (*_BOUNCED_TWICE, "confer", "refer"),
    "failed": ("refer", "accept", "fail"),
    "closed": ("refer", "accept", "fail"),
    "reopened": ("refer", "accept", "fail"),
    "offered": ("refer", "accept"),
    "cancelled": ("refer", "cancel"),
    "completed": _DONE,
    "confirmed": (*_DONE, "confirm"),
    "disputed": (*_DONE, "dispute"),
}
"""What has to be done for a step to stand there."""

GOOD_WAYS: tuple[Way, ...] = (
    _DONE,
    _DONE,
    ("refer", "receive", "ask", "answer", "accept", "arrive", "complete"),
    ("refer", "accept", "appoint", "arrive", "complete"),
    ("refer", "accept", "arrive", "hold", "resume", "complete"),
)
"""How a step may go well; chance takes one of them."""

NEXT = {
    "requested": "accept",
    "agreed": "accept",
    "received": "accept",
    "claimed": "accept",
    "answered": "accept",
    "accepted": "arrive",
    "in-progress": "complete",
    "disputed": "complete",
}
"""What a receiver owes at that point."""


DAYS = {
    "receive": (1, 1),
    "claim": (0, 0),
    "ask": (1, 1),
    "answer": (1, 2),
    "appoint": (1, 1),
    "move-deadline": (1, 1),
    "hold": (1, 2),
    "resume": (2, 4),
    "cancel": (1, 1),
    "confer": (1, 2),
    "confirm": (1, 2),
    "dispute": (1, 2),
}
"""How many working days, at least and at most, go by before what has no agreed time."""


def term_of(step: StepDefinition, action: str) -> int | None:
    """Return the agreed time, in working days, that the action ends."""
    match action:
        case "accept" | "reject" | "redirect":
            return days_of(step.terms.respond)
        case "arrive" | "fail":
            return days_of(step.terms.arrive)
        case "complete":
            return days_of(step.terms.effect)
    return None


def days_of(term: Term) -> int:
    """Return a term in working days; hours count as one."""
    return term.working_days or 1
