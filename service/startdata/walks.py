"""A step on its way: who is asked, and what both sides do in turn.

What comes out are acts as the door takes them, with moments instead of days and instants.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from service.startdata.moments import Moment
from service.startdata.referring import Receiver, Sender
from service.startdata.sayings import say
from service.startdata.ways import DAYS, Way, days_of, term_of
from workflows.domain.actions import Action, Side
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.moves import MOVES
from workflows.domain.pathway import StepDefinition
from workflows.domain.reasons import Reason

Act = dict[str, Any]

SLOW_ONES = 0.15
"""Share of the waits that took longer than agreed, on the way to where the story stands."""

WAITED_FOR = {
    Reason.DOCUMENTS_MISSING: Party.CLIENT,
    Reason.CLIENT_UNAVAILABLE: Party.CLIENT,
    Reason.DECISION_PENDING: Party.THIRD_PARTY,
    Reason.PLACE_PENDING: Party.THIRD_PARTY,
}

SPOKEN_OF = {"reject": "again", "fail": "again", "redirect": "passed-on", "confer": "agreed"}
"""What is written with a request depends on how the step came back."""


@dataclass
class Walk:
    """One step of one path. ``elsewhere``: the agency that would be competent in another place."""

    step: StepDefinition
    position: int
    sender: Sender
    receiver: Receiver
    elsewhere: Receiver | None
    dice: Random
    may_be_slow: bool
    acts: list[tuple[Moment, Act]] = field(default_factory=list)
    _last: str = ""
    _clerk: str = ""
    _appointment: Moment | None = None

    def go(
        self,
        way: Way,
        moment: Moment,
        reason: Reason | None = None,
        next_step: LegalStep | None = None,
    ) -> Moment:
        """Do all that, beginning at that moment; return when the last of it was done."""
        for action in way:
            begin, term = moment, term_of(self.step, action)
            moment = self._moment_of(action, begin, term)
            if term and self.receiver.on_board and moment.day > begin.day + term + 1:
                self.nudge(begin.later(term + 1, self.dice), self.sender.manager)
            if action == "refer":
                self._refer(moment)
            else:
                self._do(action, moment, reason, next_step)
            self._last = action
        return moment

    def nudge(self, moment: Moment, by: str, *, again: bool = False) -> None:
        """Follow up."""
        self.add(moment, by, say(self.dice, "nudge", "again" if again else "first"), action="nudge")

    def progress(self, moment: Moment) -> None:
        """Say how far it is."""
        note = say(self.dice, "progress", self.step.key)
        self.add(moment, self._clerk, note, action="progress")

    def add(self, moment: Moment, actor: str, note: str | None, **rest: Any) -> None:
        """Keep an act."""
        act = {"actor": actor, "path": self.position, "step": self.step.key, "note": note, **rest}
        self.acts.append((moment, act))

    def _moment_of(self, action: str, begin: Moment, term: int | None) -> Moment:
        """Return when that is done; appointments are kept or missed on their day."""
        if self._appointment and action in {"arrive", "no-show"}:
            return self._appointment.later(0, self.dice)
        return begin.later(self._days(action, term), self.dice)

    def _days(self, action: str, term: int | None) -> int:
        """Return how many working days go by before that is done."""
        if action == "refer":
            return self.dice.randint(0, min(2, days_of(self.step.terms.refer)))
        if action in DAYS:
            return self.dice.randint(*DAYS[action])
        in_time = max(1, (term or 1) - 1)
        if self.may_be_slow and self.dice.random() < SLOW_ONES:
            return in_time + self.dice.randint(3, 8)
        return self.dice.randint(1, in_time)

    def _refer(self, moment: Moment) -> None:
        self._clerk = self.receiver.clerk(self.sender, self.dice)
        self._appointment = None
        basis: Act = {"consent": (self.position, self.step.key)}
        if self.step.statutes:
            basis = {"statute": self.step.statutes[0].paragraph}
        if self.step.key == "basic-income":
            benefit = {"benefit": self.step.key, "office": self.receiver.key, "filed_on": moment}
            basis["application"] = benefit
        note = say(self.dice, SPOKEN_OF.get(self._last, "refer"), self.step.key)
        agency = self.receiver.key
        self.add(moment, self.sender.manager, note, action="refer", agency=agency, **basis)

    def _do(
        self, action: str, moment: Moment, reason: Reason | None, next_step: LegalStep | None
    ) -> None:
        is_senders = MOVES[Action(action)].side is Side.SENDER
        goes_along = self._goes_along(action, moment, reason, next_step)
        if not is_senders:
            goes_along |= self.receiver.source(moment, self.dice, action)
        about = goes_along.get("reason") or goes_along.get("next_step") or self.step.key
        by = self.sender.manager if is_senders else self._clerk
        self.add(moment, by, say(self.dice, action, about), action=action, **goes_along)
        if action == "redirect" and self.elsewhere:
            self.receiver, self.elsewhere = self.elsewhere, self.receiver

    def _goes_along(
        self, action: str, moment: Moment, reason: Reason | None, next_step: LegalStep | None
    ) -> Act:
        along: Act = {}
        match action:
            case "reject" | "fail" | "dispute":
                along = {"reason": reason}
            case "hold":
                reason = reason or self.dice.choice(list(WAITED_FOR))
                until = moment.later(self.dice.randint(5, 8), self.dice)
                along = {"reason": reason, "party": WAITED_FOR[reason], "until": until}
            case "move-deadline":
                until = moment.later(days_of(self.step.terms.arrive) + 5, self.dice)
                along = {"reason": reason, "until": until}
            case "appoint":
                self._appointment = moment.later(self.dice.randint(3, 6), self.dice)
                along = {"appointment": {"at": self._appointment}}
            case "redirect" if self.elsewhere:
                along = {"agency": self.elsewhere.key}
            case "confer":
                along = {"next_step": next_step} if next_step else {"agency": self.receiver.key}
        return along
