"""What may be kept of the sentences that other packages log: some of them quote values."""

import re
from collections.abc import Callable

# "Exception in callback <…>", "Task exception was never retrieved" and, on the next line, the
# task with its exception in full.
_BEFORE_ANY_OBJECT = re.compile(r"[^<(\n]*")

# FILE:LINE: CATEGORY: what pydantic found in a field, value included.
_PLACE_AND_CATEGORY = re.compile(r".*?:\d+: \w+")


def _only(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def shorten(sentence: str) -> str:
        found = pattern.match(sentence)
        return found.group().strip() if found else ""

    return shorten


WORDING: dict[str, Callable[[str], str]] = {
    "asyncio": _only(_BEFORE_ANY_OBJECT),
    "py.warnings": _only(_PLACE_AND_CATEGORY),
}
"""By logger: what is left of a sentence."""
