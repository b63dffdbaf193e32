"""Lives a path: its steps go well and in time, up to the one at which the story stands.

What comes out are acts as the door takes them, each with its moment instead of a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from service.startdata.moments import Moment
from service.startdata.referring import Receiver, Sender
from service.startdata.sayings import say
from service.startdata.stories import Story
from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.reasons import Reason
from workflows.domain.terms import Term

Act = dict[str, Any]

WAY_TO: dict[str, tuple[str, ...]] = {
    "requested": ("refer",),
    "received": ("refer", "receive"),
    "claimed": ("refer", "receive", "claim"),
    "accepted": ("refer", "accept"),
    "in-progress": ("refer", "accept", "arrive"),
    "rejected": ("refer", "reject"),
    "failed": ("refer", "accept", "fail"),
    "closed": ("refer", "accept", "fail"),
    "cancelled": ("refer", "cancel"),
    "completed": ("refer", "accept", "arrive", "complete"),
}
"""What has to be done for a step to stand there."""

SLOW_ONES = 0.15
"""Share of the waits that took longer than agreed, on the way to where the story stands."""


@dataclass
class PathLife:
    """One path of a household. ``story`` None: it is there besides and goes well."""

    pathway: Pathway
    position: int
    story: Story | None
    sender: Sender
    receivers: dict[str, Receiver]
    dice: Random
    acts: list[tuple[Moment, Act]] = field(default_factory=list)
    stands_since: Moment = field(init=False)

    def live(self, opened: Moment) -> None:
        """Live the whole path, from the moment at which the case was opened."""
        finished: dict[str, Moment] = {}
        waiting = list(self.pathway.steps)
        while ready := [step for step in waiting if step.after.met_by(finished)]:
            for step in ready:
                waiting.remove(step)
                if end := self._step(step, _beginning(step, finished, opened)):
                    finished[step.key] = end
        if self.story is None or self.story.step is None:
            self.stands_since = max(finished.values())

    def _step(self, step: StepDefinition, begin: Moment) -> Moment | None:
        """Live a step; return when it was finished, None if the story stands there."""
        story = self.story
        if story and step.key == story.waived:
            return self._waive(step, begin)
        if story is None or step.key != story.step:
            return self._walk(step, begin, WAY_TO["completed"], again=False)
        for number, reason in enumerate(story.before):
            begin = self._walk(step, begin, WAY_TO["rejected"], reason, again=number > 0)
        if story.stands != "due":
            begin = self._walk(
                step, begin, WAY_TO[story.stands], story.reason, again=bool(story.before)
            )
        self.stands_since = begin
        self._wait(step, story, begin)
        return None

    def _walk(
        self,
        step: StepDefinition,
        moment: Moment,
        way: tuple[str, ...],
        reason: Reason | None = None,
        *,
        again: bool,
    ) -> Moment:
        receiver = self.receivers[step.legal_area]
        clerk = receiver.clerk(self.sender, self.dice)
        for action in way:
            asked, term = moment, _term(step, action)
            moment = moment.later(self._days(action, term, step), self.dice)
            if term and receiver.on_board and moment.day > asked.day + term + 1:
                self._nudge(step, asked.later(term + 1, self.dice), self.sender.manager)
            if action == "refer":
                self._refer(step, moment, receiver, again=again)
                continue
            done = {"action": action} | ({"reason": reason} if action in {"reject", "fail"} else {})
            by = self.sender.manager if action == "cancel" else clerk
            note = say(self.dice, action, reason or step.key)
            self._add(moment, step, by, note, **done, **receiver.source(moment, self.dice, action))
        return moment

    def _days(self, action: str, term: int | None, step: StepDefinition) -> int:
        """Return how many working days go by before that is done."""
        match action:
            case "refer":
                return self.dice.randint(0, min(2, _days_of(step.terms.refer)))
            case "receive" | "cancel":
                return 1
            case "claim":
                return 0
        in_time = max(1, (term or 1) - 1)
        if self._may_be_slow(step) and self.dice.random() < SLOW_ONES:
            return in_time + self.dice.randint(3, 8)
        return self.dice.randint(1, in_time)

    def _may_be_slow(self, step: StepDefinition) -> bool:
        """Tell whether it lies on the way to where the story stands, and so in the past."""
        if self.story is None or self.story.step == step.key:
            return False
        return self.story.step is None or step.key in _before(self.pathway, self.story.step)

    def _refer(
        self, step: StepDefinition, moment: Moment, receiver: Receiver, *, again: bool
    ) -> None:
        basis: Act = {"consent": (self.position, step.key)}
        if step.statutes:
            basis = {"statute": step.statutes[0].paragraph}
        if step.key == "basic-income":
            basis["application"] = {"benefit": step.key, "office": receiver.key, "filed_on": moment}
        note = say(self.dice, "again" if again else "refer", step.key)
        self._add(
            moment,
            step,
            self.sender.manager,
            note,
            action="refer",
            agency=receiver.key,
            **basis,
        )

    def _waive(self, step: StepDefinition, begin: Moment) -> Moment:
        moment = begin.later(1, self.dice)
        note = say(self.dice, "waive", step.key)
        reason = Reason.NO_LONGER_NEEDED
        self._add(moment, step, self.sender.manager, note, action="waive", reason=reason)
        return moment

    def _wait(self, step: StepDefinition, story: Story, since: Moment) -> None:
        """Let the receiver wait too long: case manager and supervisor follow up in turn."""
        receiver = self.receivers[step.legal_area]
        term = _term(step, NEXT.get(story.stands, ""))
        if term is None or not receiver.on_board:
            return
        if story.stands == "in-progress" and story.days > term:
            note = say(self.dice, "progress", step.key)
            clerk = receiver.clerk(self.sender, self.dice)
            self._add(since.later(term // 2, self.dice), step, clerk, note, action="progress")
        followers = (self.sender.manager, self.sender.supervisor)
        for number, days in enumerate(range(term + 1, story.days, 6)):
            self._nudge(step, since.later(days, self.dice), followers[number % 2], again=number > 0)

    def _nudge(self, step: StepDefinition, moment: Moment, by: str, *, again: bool = False) -> None:
        note = say(self.dice, "nudge", "again" if again else "first")
        self._add(moment, step, by, note, action="nudge")

    def _add(
        self, moment: Moment, step: StepDefinition, actor: str, note: str | None, **rest: Any
    ) -> None:
        act = {"actor": actor, "path": self.position, "step": step.key, "note": note, **rest}
        self.acts.append((moment, act))


NEXT = {
    "requested": "accept",
    "received": "accept",
    "claimed": "accept",
    "accepted": "arrive",
    "in-progress": "complete",
}
"""What a receiver owes at that point."""


def _term(step: StepDefinition, action: str) -> int | None:
    """Return the agreed time, in working days, that the action ends."""
    match action:
        case "accept" | "reject":
            return _days_of(step.terms.respond)
        case "arrive" | "fail":
            return _days_of(step.terms.arrive)
        case "complete":
            return _days_of(step.terms.effect)
    return None


def _days_of(term: Term) -> int:
    return term.working_days or 1


def _beginning(step: StepDefinition, finished: dict[str, Moment], opened: Moment) -> Moment:
    before = [finished[key] for key in step.after.steps if key in finished]
    if not before:
        return opened
    return min(before) if step.after.join == "any" else max(before)


def _before(pathway: Pathway, key: str) -> Iterator[str]:
    """Name the steps that must have been finished before; of an "any" none can be told."""
    after = pathway.step(key).after
    for earlier in after.steps if after.join == "all" else ():
        yield earlier
        yield from _before(pathway, earlier)
