"""Rehearsals take a second or two of processor time: one at a time, beside the other requests."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from service.rehearsal.observed import ObservedPath
from service.rehearsal.rehearsals import (
    Comparison,
    On,
    finished_households,
    invented_households,
    rehearsed,
)
from workflows.domain.pathway import Pathway


@dataclass(frozen=True)
class Programme:
    """What is rehearsed: a version, beside the one before it if there is one, and on what."""

    pathway: Pathway
    before: Pathway | None
    on: On


class Stage:
    """Where pathways are rehearsed, one after the other."""

    def __init__(self) -> None:
        """Prepare it; nothing runs yet."""
        self._is_taken = asyncio.Semaphore(1)

    async def rehearse(
        self, programme: Programme, observed: list[ObservedPath], now: datetime
    ) -> Comparison | None:
        """Return what both versions lead to; None where no finished path is there."""
        pathway = programme.pathway
        households = (
            finished_households(pathway, observed)
            if programme.on is On.FINISHED
            else invented_households(pathway, now)
        )
        if not households:
            return None
        async with self._is_taken:
            return await asyncio.to_thread(
                rehearsed, pathway, programme.before, households, observed
            )


async def _stage(request: Request) -> Stage:
    stage: Stage = request.app.state.stage
    return stage


Rehearsing = Annotated[Stage, Depends(_stage)]
"""The stage of this process."""
