"""Lives a path: its steps go well and in time, up to the one at which the story stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from service.startdata.moments import Moment
from service.startdata.referring import Receiver, Sender
from service.startdata.sayings import say
from service.startdata.stories import Story
from service.startdata.walks import Act, Walk
from service.startdata.ways import GOOD_WAYS, NEXT, WAY_TO, term_of
from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.reasons import Reason

CONFIRMED_ONES = 0.4
"""Share of the effects on the way to where the story stands that somebody confirms."""


@dataclass
class PathLife:
    """One path of a household. ``story`` None: it is there besides and goes well.

    ``receivers`` and ``elsewhere`` say by legal area who takes a step here, and who would in
    another place.
    """

    pathway: Pathway
    position: int
    story: Story | None
    sender: Sender
    receivers: dict[str, Receiver]
    elsewhere: dict[str, Receiver]
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
                walk = self._walk(step)
                if end := self._step(walk, _beginning(step, finished, opened)):
                    finished[step.key] = end
                self.acts += walk.acts
        if self.story is None or self.story.step is None:
            self.stands_since = max(finished.values())

    def _walk(self, step: StepDefinition) -> Walk:
        return Walk(
            step=step,
            position=self.position,
            sender=self.sender,
            receiver=self.receivers[step.legal_area],
            elsewhere=self.elsewhere.get(step.legal_area),
            dice=self.dice,
            may_be_slow=self._leads_there(step) or self._is_all_over(),
        )

    def _step(self, walk: Walk, begin: Moment) -> Moment | None:
        """Live a step; return when it was finished, None if the story stands there."""
        story, step = self.story, walk.step
        if story and step.key == story.waived:
            return self._waive(walk, begin)
        if story is None or step.key != story.step:
            return self._go_well(walk, begin)
        for reason in story.before:
            begin = walk.go(WAY_TO["rejected"], begin, reason)
        if story.stands != "due":
            begin = walk.go(WAY_TO[story.stands], begin, story.reason, story.next_step)
        self.stands_since = begin
        self._wait(walk, story, begin)
        return None

    def _go_well(self, walk: Walk, begin: Moment) -> Moment:
        end = walk.go(self.dice.choice(GOOD_WAYS), begin)
        if self._leads_there(walk.step) and self.dice.random() < CONFIRMED_ONES:
            walk.go(("confirm",), end)
        return end

    def _leads_there(self, step: StepDefinition) -> bool:
        """Tell whether it lies on the way to where the story stands, and so in the past."""
        there = self.story.step if self.story else None
        return there is not None and step.key in _before(self.pathway, there)

    def _is_all_over(self) -> bool:
        return self.story is not None and self.story.step is None

    def _waive(self, walk: Walk, begin: Moment) -> Moment:
        moment = begin.later(1, self.dice)
        note = say(self.dice, "waive", walk.step.key)
        reason = Reason.NO_LONGER_NEEDED
        walk.add(moment, self.sender.manager, note, action="waive", reason=reason)
        return moment

    def _wait(self, walk: Walk, story: Story, since: Moment) -> None:
        """Let the receiver wait too long: case manager and supervisor follow up in turn."""
        term = term_of(walk.step, NEXT.get(story.stands, ""))
        if term is None or not walk.receiver.on_board:
            return
        if story.stands == "in-progress" and story.days > term:
            walk.progress(since.later(term // 2, self.dice))
        followers = (self.sender.manager, self.sender.supervisor)
        for number, days in enumerate(range(term + 1, story.days, 6)):
            walk.nudge(since.later(days, self.dice), followers[number % 2], again=number > 0)


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
