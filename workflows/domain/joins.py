"""Joins: when a step may begin, by which of the steps before it are finished."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Key = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$", examples=["school-start", "health-check"])
]

_STEPS = {"type": "array", "items": {"type": "string"}}
_AS_WRITTEN = {
    "description": "Which steps come first: all of a list, or 'all:' or 'any:' and a list.",
    "default": [],
    "examples": [["school-advice"], {"any": ["residence-title", "end-of-asylum-benefits"]}],
    "anyOf": [
        _STEPS,
        *(
            {
                "type": "object",
                "properties": {join: _STEPS},
                "required": [join],
                "additionalProperties": False,
            }
            for join in ("all", "any")
        ),
    ],
}


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

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe what a file holds; what programs read has always ``join`` and ``steps``."""
        return handler(schema) if handler.mode == "serialization" else dict(_AS_WRITTEN)

    def met_by(self, finished: Iterable[str], passed_over: Sequence["PassedOver"] = ()) -> bool:
        """Tell whether the step may begin once these steps are done or waived.

        Of the steps that the path passes over, ``all`` waits for what those would have waited
        for. ``any`` waits for the others, since a step that is not there cannot be the first.
        """
        done, absent = set(finished), {one.key for one in passed_over}
        while more := {
            one.key
            for one in passed_over
            if one.key not in done and one.after._holds(done, absent)  # noqa: SLF001 - its own class
        }:
            done |= more
        return self._holds(done, absent)

    def _holds(self, done: AbstractSet[str], absent: AbstractSet[str]) -> bool:
        if self.join == "all" or not self.steps:
            return done >= set(self.steps)
        present = [step for step in self.steps if step not in absent]
        return any(step in done for step in present or self.steps)


class PassedOver(BaseModel):
    """A step of the pathway that is not part of this household's path, for the joins after it."""

    model_config = ConfigDict(frozen=True)

    key: str
    after: After


def steps_in_a_circle(
    joins: Mapping[str, After], passed_over: Sequence[PassedOver] = ()
) -> list[str]:
    """Return the steps that can never begin, however the others end."""
    reached: set[str] = set()
    waiting = dict(joins)
    while ready := {key for key, after in waiting.items() if after.met_by(reached, passed_over)}:
        reached |= ready
        waiting = {key: after for key, after in waiting.items() if key not in ready}
    return list(waiting)
