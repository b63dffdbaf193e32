"""How long something may take: in working days, or as a plain duration."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    TypeAdapter,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

_WORKING_DAYS = re.compile(r"(?P<days>[1-9]\d{0,2}) working days?")
_AS_WRITTEN = {
    "type": "string",
    "pattern": r"^([1-9]\d{0,2} working days?|P.+)$",
    "examples": ["5 working days", "PT4H"],
    "description": "Working days of the agency's calendar, or a duration by ISO 8601.",
}
_DURATION: TypeAdapter[timedelta] = TypeAdapter(Annotated[timedelta, Field(gt=timedelta(0))])


class Term(BaseModel):
    """A span of time as a pathway writes it: ``5 working days`` or ISO 8601 such as ``PT4H``.

    Exactly one of both is set. Working days are those of the agency's calendar; a duration
    runs through nights and weekends (an emergency that is to be answered within four hours).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    working_days: Annotated[int, Field(ge=1, le=260)] | None = None
    duration: Annotated[timedelta, Field(gt=timedelta(0), le=timedelta(days=365))] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if match := _WORKING_DAYS.fullmatch(value.strip()):
            return {"working_days": int(match["days"])}
        try:
            if not value.startswith("P"):
                raise ValueError  # noqa: TRY301 - answered below, like every other bad term
            return {"duration": _DURATION.validate_python(value)}
        except ValueError:
            raise PydanticCustomError(
                "no-term",
                "'{written}' is no term: write '5 working days' or an ISO duration like 'PT4H'",
                {"written": value[:40]},
            ) from None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Term":
        if (self.working_days is None) == (self.duration is None):
            raise PydanticCustomError(
                "term-of-two-kinds", "a term is either working days or a duration"
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text that a file holds, and that programs read."""
        return dict(_AS_WRITTEN)

    @model_serializer
    def _as_text(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """Return the text that a pathway file would hold."""
        if self.duration is not None:
            return str(_DURATION.dump_python(self.duration, mode="json"))
        return f"{self.working_days} working day{'' if self.working_days == 1 else 's'}"


class TermName(StrEnum):
    """The terms that a step agrees on."""

    REFER = "refer"
    RESPOND = "respond"
    ANSWER = "answer"
    APPOINT = "appoint"
    RECORD = "record"
    COME_BACK = "come_back"
    ARRIVE = "arrive"
    EFFECT = "effect"
    CONFIRM = "confirm"


class ReminderPlan(BaseModel):
    """When a deadline is recalled, and when others hear that it passed.

    ``remind_before`` it the party itself; after it the party's supervisor, and in the end both
    supervisors and the coordinator. Where hours count, the supervisor hears at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    remind_before: Term = Term(working_days=1)
    supervisor_after: Term = Term(working_days=2)
    everyone_after: Term = Term(working_days=5)


class Terms(ReminderPlan):
    """What sender and receiver agreed on for a step, and whom it is recalled to.

    ``answer`` is for the sender's answer to a question, ``appoint`` for naming an appointment
    (None: the step has none), ``record`` for saying how it went, ``come_back`` for a client who
    did not come, ``confirm`` for saying whether it really happened (None: nobody is asked).
    """

    refer: Term = Term(working_days=3)
    respond: Term = Term(working_days=5)
    answer: Term = Term(working_days=3)
    appoint: Term | None = None
    record: Term = Term(working_days=2)
    come_back: Term = Term(working_days=5)
    arrive: Term = Term(working_days=10)
    effect: Term = Term(working_days=20)
    confirm: Term | None = Term(working_days=5)

    def named(self, name: TermName) -> Term | None:
        """Return the term of that name, None if the step does without."""
        term: Term | None = getattr(self, name)
        return term

    @property
    def plan(self) -> ReminderPlan:
        """The plan alone, as the calendar needs it."""
        return ReminderPlan(
            remind_before=self.remind_before,
            supervisor_after=self.supervisor_after,
            everyone_after=self.everyone_after,
        )
