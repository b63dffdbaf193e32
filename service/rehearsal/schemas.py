"""What programs get of a rehearsal."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from service.rehearsal.rehearsals import Comparison, Found, On
from service.rehearsal.stage import Programme
from workflows.domain.gaps import GapKind
from workflows.domain.notices import Audience

FOUND: dict[str, Any] = {
    "version": 2,
    "half_ended_after_weeks": 14.2,
    "all_ended_after_weeks": 31.0,
    "deadlines": [{"step": "school-start", "gap": "unanswered", "awaited": 108, "missed": 31}],
    "reminders": [
        {"audience": "receiver", "legal_area": "schooling", "usual_week": 3.5, "fullest_week": 9}
    ],
}
REHEARSAL: dict[str, Any] = {
    "on": "invented",
    "households": 100,
    "assumed_legal_areas": ["housing"],
    "found": FOUND,
    "before": FOUND | {"version": 1},
}


class DeadlineAnswer(BaseModel):
    """A deadline of a step, by the gap that opens when it is missed; how often each happened."""

    step: str
    gap: GapKind
    awaited: int
    missed: int


class RemindersAnswer(BaseModel):
    """How many reminders somebody gets in a middling week, and in the fullest one.

    ``legal_area`` is null for those who are there once.
    """

    audience: Audience
    legal_area: str | None
    usual_week: float
    fullest_week: int


class FoundAnswer(BaseModel):
    """What one version leads to."""

    version: int
    half_ended_after_weeks: float
    all_ended_after_weeks: float
    deadlines: list[DeadlineAnswer]
    reminders: list[RemindersAnswer]


class RehearsalAnswer(BaseModel):
    """What a version leads to, and the one before it on the same households (null: none).

    Steps of ``assumed_legal_areas`` went as assumed, the others like real ones. Without a
    finished path there is nothing to be found on ``finished``: ``households`` is 0.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [REHEARSAL]})

    on: On
    households: int
    assumed_legal_areas: list[str]
    found: FoundAnswer | None
    before: FoundAnswer | None

    @classmethod
    def of(cls, programme: Programme, comparison: Comparison | None) -> "RehearsalAnswer":
        """Return what was found as an answer."""
        if comparison is None:
            return cls(
                on=programme.on, households=0, assumed_legal_areas=[], found=None, before=None
            )
        before = programme.before and comparison.before
        return cls(
            on=programme.on,
            households=comparison.households,
            assumed_legal_areas=sorted(comparison.assumed),
            found=_answer(programme.pathway.version, comparison.found),
            before=_answer(programme.before.version, before)
            if programme.before and before
            else None,
        )


def _answer(version: int, found: Found) -> FoundAnswer:
    half, longest = found.weeks
    return FoundAnswer(
        version=version,
        half_ended_after_weeks=round(half, 1),
        all_ended_after_weeks=round(longest, 1),
        deadlines=[
            DeadlineAnswer(step=one.step, gap=one.kind, awaited=one.awaited, missed=one.missed)
            for one in found.deadlines
        ],
        reminders=[
            RemindersAnswer(
                audience=one.audience,
                legal_area=one.legal_area,
                usual_week=one.usual,
                fullest_week=one.most,
            )
            for one in found.reminders
        ],
    )
