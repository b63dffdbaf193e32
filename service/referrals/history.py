"""A referral's history in words: the same lines for both sides, newest first."""

from dataclasses import dataclass
from datetime import datetime

from service.referrals.views import EventView, ReferralView
from service.web.i18n import Translator, _
from service.web.words import word
from workflows.domain.actions import Action

TONES: dict[str, str] = {
    Action.ACCEPT: "info",
    Action.ARRIVE: "info",
    Action.COMPLETE: "success",
    Action.REJECT: "danger",
    Action.FAIL: "danger",
    Action.CANCEL: "warning",
    "overdue": "danger",
    "remind": "warning",
    Action.NUDGE: "warning",
    Action.REDIRECT: "danger",
    Action.NO_SHOW: "warning",
    Action.HOLD: "warning",
    Action.ASK: "warning",
    Action.DISPUTE: "danger",
    Action.CONFIRM: "success",
    "escalate": "danger",
}


@dataclass(frozen=True)
class Line:
    """One line. ``tone`` repeats in colour and shape what the words say."""

    at: datetime
    title: str
    who: str
    note: str | None
    tone: str


def history(t: Translator, view: ReferralView) -> list[Line]:
    """Return the lines."""
    return [_line(t, event) for event in reversed(view.events)]


def _line(t: Translator, event: EventView) -> Line:
    title = word(t, event.action, "event")
    if event.reason:
        title = f"{title}: {word(t, event.reason, 'reason')}"
    if event.undoes:
        title = f"{title}: {word(t, event.undoes, 'event')}"
    return Line(
        at=event.at,
        title=title,
        who=", ".join(_who(t, event)),
        note=event.note,
        tone=TONES.get(event.action, "neutral"),
    )


def _who(t: Translator, event: EventView) -> list[str]:
    who = [name for name in (event.actor, event.house) if name]
    if event.channel:
        who.append(word(t, event.channel, "channel"))
    if event.spoken_to:
        who.append(t(_("spoke to %(person)s"), person=event.spoken_to))
    if event.imported:
        who.append(t(_("taken over from elsewhere")))
    return who
