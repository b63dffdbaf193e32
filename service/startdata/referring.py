"""The two sides of a referral in a story: who sends, who receives, and how they answer."""

from dataclasses import dataclass
from random import Random
from typing import Any

from service.startdata.moments import Moment
from workflows.domain.referral_state import Channel

VOICES = ("Frau Wächter", "Herr Lübbers", "Frau Schlüter", "Herr Pöppel", "Frau Kükenhöner")
"""Who picks up the telephone at agencies that are not on board. Invented."""

WRITTEN = (Channel.LETTER, Channel.FAX, Channel.EMAIL)


@dataclass(frozen=True)
class Sender:
    """The office that the case belongs to, by its key and the user names of its people.

    ``other_office`` is where a family goes that moves away.
    """

    office: str
    other_office: str
    manager: str
    supervisor: str


@dataclass(frozen=True)
class Receiver:
    """An agency, and the user names of its clerks; none of it if it is not on board."""

    key: str
    on_board: bool
    clerks: tuple[str, ...]

    def clerk(self, sender: Sender, dice: Random) -> str:
        """Return who answers: of an agency not on board, the sender records it."""
        return dice.choice(self.clerks) if self.on_board else sender.manager

    def source(self, moment: Moment, dice: Random, action: str) -> dict[str, Any]:
        """Return how the answer came; nothing where the clerk entered it."""
        if self.on_board:
            return {}
        if action == "complete":
            return {"source": {"channel": dice.choice(WRITTEN), "on": moment}}
        voice = Random(self.key).choice(VOICES)  # noqa: S311 - no secret
        return {"source": {"channel": Channel.TELEPHONE, "on": moment, "spoken_to": voice}}
