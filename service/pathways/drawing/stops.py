"""What is drawn: the stops of a line, in words already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One step as it is drawn. What is empty is not drawn.

    ``status`` is a step status. ``line``, from 1, is the colour and hatching of the legal area,
    ``area`` its name. ``needs_all``: everything in ``after`` comes first, otherwise any one of it;
    ``opening`` says so, where there are several. ``baton`` says whose turn it is, ``gap`` how long
    nobody has moved.
    """

    key: str
    after: tuple[str, ...]
    line: int
    area: str
    name: str
    status: str
    about: str = ""
    needs_all: bool = True
    opening: str = ""
    baton: str = ""
    gap: str = ""
