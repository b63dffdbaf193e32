"""Moving many paths at once: each move is an act of its own, with a key of its own."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from service.bootstrap import Container
from service.versions.moving import move_path
from service.versions.repository import OfficePath
from service.versions.schemas import MoveToVersion
from service.web.i18n import Translator, _
from service.web.obstacles import Obstacle, attempt
from workflows.domain.principal import Principal

AT_ONCE = 5
"""So many moves wait for their confirmation at the same time."""


@dataclass(frozen=True)
class Moved:
    """What came of one move. ``hindered``: why it was not made; empty: it was.

    ``is_repeated``: it had been made before, by the same form.
    """

    path: OfficePath
    is_repeated: bool = False
    hindered: str = ""


async def move_together(
    container: Container,
    principal: Principal,
    t: Translator,
    paths: Sequence[OfficePath],
    body: MoveToVersion,
    key: str,
) -> list[Moved]:
    """Move the paths to that version, and say of each what came of it.

    The same key moves none twice: what was done before is only said again. Once one of them is
    not confirmed, those after it are not tried.
    """
    found: list[Moved] = []
    for first in range(0, len(paths), AT_ONCE):
        some = paths[first : first + AT_ONCE]
        results = await asyncio.gather(
            *(
                attempt(
                    t, move_path(container, principal, one.case_id, one.id, body, f"{key}-{one.id}")
                )
                for one in some
            )
        )
        for path, result in zip(some, results, strict=True):
            if isinstance(result, Obstacle):
                found.append(Moved(path, hindered=f"{result.title}. {result.sentence}"))
            else:
                found.append(Moved(path, is_repeated=result.repeated))
        if any(isinstance(one, Obstacle) and one.may_have_happened for one in results):
            rest = paths[first + AT_ONCE :]
            return found + [Moved(path, hindered=t(_NOT_TRIED)) for path in rest]
    return found


_NOT_TRIED = _(
    "Not tried, since one before it was not confirmed. Please send it again in a minute."
)
