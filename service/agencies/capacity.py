"""Whether an agency has room."""

from enum import StrEnum


class Capacity(StrEnum):
    """What an agency says about itself. ``full`` may carry a day until which it holds."""

    AVAILABLE = "available"
    FULL = "full"
