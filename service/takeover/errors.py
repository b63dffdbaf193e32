"""Why a case was not taken over. Each message is a sentence for the person who brought it."""

from service.takeover.models import PastAct, PastStepAct
from workflows.domain.errors import RuleBroken
from workflows.domain.working_days import BERLIN


class NotTakenOver(Exception):
    """Base of all: the case was refused whole and nothing was written."""


class UnknownName(NotTakenOver):
    """The case names an agency, a person, a municipality or a pathway that is not here."""

    def __init__(self, what: str, name: str) -> None:
        """Say what is unknown."""
        super().__init__(f"There is no {what} '{name}' here: enter it first, or correct the name.")


class OpenedInTheFuture(NotTakenOver):
    """The case has not begun yet."""

    def __init__(self, external_id: str) -> None:
        """Say which case it is."""
        super().__init__(f"Case '{external_id}' opens in the future: correct its day of opening.")


class DoneOutOfOrder(NotTakenOver):
    """A step is said to be done, but not what comes before it."""

    def __init__(self, step: str) -> None:
        """Say which step it is."""
        super().__init__(f"Step '{step}' cannot be done before what it comes after: name that too.")


class IllegalHistory(NotTakenOver):
    """An act of the past breaks a rule. ``number`` counts the acts from 1."""

    def __init__(self, number: int, act: PastAct, why: str) -> None:
        """Say which act it is and which rule it breaks."""
        when = act.at.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M")
        step = f" for step '{act.step}'" if isinstance(act, PastStepAct) else ""
        super().__init__(
            f"Act {number} ('{act.action}' by {act.actor}{step} on {when}) cannot "
            f"have happened like this: {why}. Correct it and try again."
        )
        self.number = number


_WHY = {
    "illegal-move": "it does not fit the status '{status}'",
    "not-involved": "it is not up to this person",
    "already-claimed": "a colleague had taken the request on",
    "assignee-missing": "it needs a colleague of that agency who takes the request on",
    "reason-missing": "it needs one of the reasons for such an act",
    "note-missing": "it needs a note, since it says something",
    "party-missing": "it must say whom it waits for: sender, client or third-party",
    "day-unfit": "it needs a day that lies ahead of it, by {latest} at the latest",
    "appointment-unfit": "it needs an appointment that lies ahead of it, by a year at most",
    "appointment-ahead": "the appointment was still to come",
    "competent-agency-missing": "it must name an agency that is neither asking nor asked",
    "conference-result-missing": "it ends with either an agency or a next legal step",
    "source-missing": "the agency is not on board, so it must say how the answer came",
    "unknown-step": "its path has no such step",
    "steps-open": "an agency was still at work",
    "unknown-entitlement": "there is no kind of entitlement '{entitlement}'",
    "ends-before-start": "it would end before its first day, {starts_on}",
    "entitlements-full": "one case keeps {most} entitlements at most",
    "member-gone": "the person did not belong to the household at that time",
    "last-member": "nobody would have been left in the household",
    "requests-open": "agencies had requests for this person alone",
    "household-full": "one case keeps {most} people at most",
    "step-not-due": "the step was '{status}' at that time, not due",
    "agency-unfit": "the agency does not serve this legal area in this municipality",
    "note-not-covered": "the consent that it names does not cover a note",
    "basis-missing": "neither a consent nor a statute that it names covers the transfer",
}


def why(broken: RuleBroken) -> str:
    """Return the broken rule as half a sentence."""
    return _WHY.get(broken.code, broken.code).format_map(broken.params)
