"""How long something may take: in working days, or as a plain duration."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_serializer, model_validator

_WORKING_DAYS = re.compile(r"(?P<days>[1-9]\d{0,2}) working days?")
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
            message = f"'{value}' is no term: write '5 working days' or an ISO duration like 'PT4H'"
            raise ValueError(message) from None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Term":
        if (self.working_days is None) == (self.duration is None):
            raise ValueError("a term is either working days or a duration")
        return self

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
    ARRIVE = "arrive"
    EFFECT = "effect"


class Terms(BaseModel):
    """What sender and receiver agreed on for a step."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    refer: Term = Term(working_days=3)
    respond: Term = Term(working_days=5)
    arrive: Term = Term(working_days=10)
    effect: Term = Term(working_days=20)
    remind_before: Term = Term(working_days=1)

    def named(self, name: TermName) -> Term:
        """Return the term of that name."""
        terms: dict[TermName, Term] = {
            TermName.REFER: self.refer,
            TermName.RESPOND: self.respond,
            TermName.ARRIVE: self.arrive,
            TermName.EFFECT: self.effect,
        }
        return terms[name]
