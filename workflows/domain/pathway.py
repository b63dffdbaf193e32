"""Pathways: versioned definitions of which agency follows which, and what it needs."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflows.domain.personal_data import PersonalData
from workflows.domain.referral_state import Release
from workflows.domain.terms import Terms

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$")]


class Texts(BaseModel):
    """One text in the languages of the interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    de: Annotated[str, Field(min_length=1, max_length=500)]
    en: Annotated[str, Field(min_length=1, max_length=500)]

    def in_language(self, language: str) -> str:
        """Return the German or the English text."""
        return self.en if language == "en" else self.de


class LegalBasis(BaseModel):
    """A rule of law that the step rests on. ``checked``: a lawyer at the agency ticked it off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paragraph: Annotated[str, Field(min_length=3, max_length=120)]
    valid_from: date | None = None
    valid_to: date | None = None
    checked: bool = False

    def in_force(self, on: date) -> bool:
        """Tell whether the rule is valid on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


class After(BaseModel):
    """Which steps come first: all of them, or any one of them. Written as a list, ``all`` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    join: Literal["all", "any"] = "all"
    steps: tuple[Key, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        if isinstance(value, list):
            return {"steps": value}
        if isinstance(value, dict) and len(value) == 1 and value.keys() <= {"all", "any"}:
            ((join, steps),) = value.items()
            return {"join": join, "steps": steps}
        return value

    def met_by(self, finished: Iterable[str]) -> bool:
        """Tell whether the step may begin once these steps are done or waived."""
        done = set(finished)
        met = [step in done for step in self.steps]
        return not met or (all(met) if self.join == "all" else any(met))


class StepDefinition(BaseModel):
    """One station: what one legal area contributes to the path."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    title: Texts
    legal_area: Key
    after: After = After()
    documents: tuple[Texts, ...] = ()
    fields: tuple[PersonalData, ...] = (PersonalData.NAME,)
    statutes: tuple[LegalBasis, ...] = ()
    """Statutes that permit the transfer of the fields; where none does, consent is needed."""
    legal_basis: tuple[LegalBasis, ...] = ()
    """What the step itself rests on (claim, duty, period)."""
    terms: Terms = Terms()
    release: Release = Release.ARRIVAL

    def permitted_by(self, statute: str, on: date) -> bool:
        """Tell whether this statute permits the transfer on that day."""
        return any(rule.paragraph == statute and rule.in_force(on) for rule in self.statutes)


class Pathway(BaseModel):
    """A whole definition. A path runs on the version that it started with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    version: Annotated[int, Field(ge=1)]
    title: Texts
    summary: Texts
    steps: Annotated[tuple[StepDefinition, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _check_order(self) -> "Pathway":
        keys = [step.key for step in self.steps]
        if doubles := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"step keys must be unique: {', '.join(doubles)}")
        for step in self.steps:
            if unknown := sorted(set(step.after.steps) - set(keys)):
                raise ValueError(f"step '{step.key}' comes after unknown {', '.join(unknown)}")
        if circle := _steps_in_a_circle(self.steps):
            raise ValueError(f"these steps wait for each other: {', '.join(circle)}")
        return self

    def step(self, key: str) -> StepDefinition:
        """Return the step with that key; KeyError if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def following(self, key: str) -> frozenset[str]:
        """Name the steps that come right after this one."""
        return frozenset(step.key for step in self.steps if key in step.after.steps)


def _steps_in_a_circle(steps: tuple[StepDefinition, ...]) -> list[str]:
    """Return the steps that can never begin, however the others end."""
    reached: set[str] = set()
    waiting = list(steps)
    while ready := [step for step in waiting if step.after.met_by(reached)]:
        reached |= {step.key for step in ready}
        waiting = [step for step in waiting if step not in ready]
    return [step.key for step in waiting]
