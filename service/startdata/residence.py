"""What the made-up households may do and get by law, as their case managers noted it."""

from datetime import date, timedelta
from random import Random
from typing import Any

from service.startdata.moments import Moment
from service.startdata.stories import Story
from service.startdata.walks import Act

SOON = 0.25
"""Share of the households with a residence permit that runs out within weeks."""


def noted_of(name: str, story: Story, opened: Moment, today: date) -> list[tuple[Moment, Act]]:
    """Return what was noted on the first day: of each adult, counted from today (in Berlin)."""
    dice = Random(f"{name}: residence")  # noqa: S311 - no secret
    since = today - timedelta(days=dice.randint(60, 300))
    noted: list[dict[str, Any]] = []
    if story.path == "arrival":
        until = today + timedelta(days=dice.randint(30, 150))
        noted.append({"kind": "permission-to-stay", "printed_until": until})
        noted.append({"kind": "asylum-seekers-benefits"})
    else:
        ahead = dice.randint(15, 45) if dice.random() < SOON else dice.randint(300, 900)
        until = today + timedelta(days=ahead)
        noted.append({"kind": "residence-title", "printed_until": until})
    about = {"action": "record-entitlement", "actor": story.manager, "starts_on": since}
    return [
        (opened, about | entry | {"member": member})
        for member in range(story.adults)
        for entry in noted
    ]
