"""What becomes of a whole case at the end of a story: closed, opened again, offered elsewhere."""

from random import Random

from service.startdata.moments import Moment
from service.startdata.referring import Sender
from service.startdata.sayings import say
from service.startdata.stories import Story
from service.startdata.walks import Act
from workflows.domain.transfer import STATUTES_FOR_A_FILE


def turns_of(story: Story, sender: Sender, since: Moment, dice: Random) -> list[tuple[Moment, Act]]:
    """Return what was done with the case after its step stood there."""
    match story.stands:
        case "closed":
            return [_close(story, sender, since, dice)]
        case "reopened":
            closing = _close(story, sender, since, dice)
            return [closing, _reopen(sender, closing[0], dice)]
        case "offered":
            return [_offer(sender, since, dice)]
    return []


def _close(story: Story, sender: Sender, since: Moment, dice: Random) -> tuple[Moment, Act]:
    outcome = story.outcome or ""
    note = say(dice, "close", outcome)
    act = {"action": "close", "actor": sender.manager, "outcome": outcome, "note": note}
    return since.later(1, dice), act


def _reopen(sender: Sender, since: Moment, dice: Random) -> tuple[Moment, Act]:
    act = {"action": "reopen", "actor": sender.manager, "note": say(dice, "reopen", "any")}
    return since.later(dice.randint(8, 14), dice), act


def _offer(sender: Sender, since: Moment, dice: Random) -> tuple[Moment, Act]:
    act = {
        "action": "transfer",
        "actor": sender.manager,
        "office": sender.other_office,
        "statute": STATUTES_FOR_A_FILE[0].paragraph,
        "note": say(dice, "transfer", "any"),
    }
    return since.later(1, dice), act
