"""All households of the demo: six that are told one by one, and the made-up ones after them."""

from datetime import date

from service.startdata.households import read_households
from service.startdata.stories import read_stories
from service.takeover.models import TakenOverCase

FIRST_INVENTED = 7


def all_households(today: date) -> list[TakenOverCase]:
    """Return the households as they stand on that day (in Berlin)."""
    # The generator of names takes a moment to load, and is needed on the first start only.
    from service.startdata.invented import Invention  # noqa: PLC0415

    invention = Invention(today)
    return [
        *read_households(today),
        *(
            invention.household(f"household-{number}", story)
            for number, story in enumerate(read_stories(), FIRST_INVENTED)
        ),
    ]
