"""Rules of law as data: what follows for a person once something is granted to them, and when."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from dateutil.relativedelta import relativedelta
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)

from workflows.domain.entitlements import Entitlement
from workflows.domain.joins import Key
from workflows.domain.pathway import Texts

END_OF_MONTH = "end of month"
_SPAN = re.compile(r"(?P<count>[1-9]\d?) (?P<unit>day|week|month|year)s?")
Unit = Literal["day", "week", "month", "year"]


class Period(BaseModel):
    """A period of the calendar as a law writes it, or (``count`` 0) the rest of the month."""

    model_config = ConfigDict(frozen=True)

    count: Annotated[int, Field(ge=0, le=99)] = 0
    unit: Unit = "month"

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.strip() == END_OF_MONTH:
            return {}
        if match := _SPAN.fullmatch(value.strip()):
            return {"count": int(match["count"]), "unit": match["unit"]}
        message = f"'{value[:40]}' is no period: write '{END_OF_MONTH}' or one like '1 year'"
        raise ValueError(message)

    @model_serializer
    def _as_text(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """Return the text that a file would hold."""
        if not self.count:
            return END_OF_MONTH
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def last_day(self, first: date) -> date:
        """Return its last day, if it begins with that day's event (§ 187(1), § 188(2), (3) BGB).

        A day that the last month does not have is its last one.
        """
        match self.count, self.unit:
            case 0, _:
                return first.replace(day=monthrange(first.year, first.month)[1])
            case count, "day":
                return first + timedelta(days=count)
            case count, "week":
                return first + timedelta(weeks=count)
            case count, "month":
                return first + relativedelta(months=count)
            case count, _:
                return first + relativedelta(years=count)


class Rule(BaseModel):
    """A rule of law in one of its versions: those of one ``key`` follow each other in time."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: Annotated[Key, Field(examples=["asylum-benefits-end"])]
    """Its name for programs; all its versions have it."""
    title: Texts
    """What it says, in a sentence."""
    paragraph: Annotated[str, Field(min_length=3, max_length=120, examples=["§ 1 Abs. 3 AsylbLG"])]
    """The paragraph as a letter would name it."""
    scope: Annotated[tuple[Key, ...], Field(min_length=1, max_length=20)]
    """The legal areas that it applies to; none applies everywhere."""
    duration: Annotated[Period, Field(examples=[END_OF_MONTH])]
    """How long after what sets it off something follows."""
    valid_from: date | None = None
    """First day on which this version is in force; null where that is not known."""
    valid_to: date | None = None
    """Last day on which it is in force; null while no end is known."""
    checked: bool = False
    """Whether a lawyer at the agency has ticked it off; pages say so until then."""

    def in_force(self, on: date) -> bool:
        """Tell whether this version is valid on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


class LegalRule(Rule):
    """What ends for a person once something is granted to them."""

    trigger: Annotated[Key, Field(examples=["recognition"])]
    """The kind of entitlement whose beginning sets it off."""
    ends: Annotated[Key, Field(examples=["asylum-seekers-benefits"])]
    """The kind of entitlement that ends by it, of the same person."""


class ApplicationRule(Rule):
    """What an applicant may do once an application has waited for so long without a decision."""

    def open_from(self, filed_on: date) -> date:
        """Return the first day on which that is open to whoever applied on ``filed_on``."""
        return self.duration.last_day(filed_on) + timedelta(days=1)


class EndedByLaw(BaseModel):
    """What ends by a rule of law: that kind, of the same person, with that day."""

    model_config = ConfigDict(frozen=True)

    rule: Key
    kind: Key
    last_day: date


def ended_by_law(granted: Entitlement, rules: Iterable[LegalRule]) -> tuple[EndedByLaw, ...]:
    """Return what ends because this was granted, by the rules in force on its first day."""
    return tuple(
        EndedByLaw(
            rule=rule.key, kind=rule.ends, last_day=rule.duration.last_day(granted.starts_on)
        )
        for rule in rules
        if rule.trigger == granted.kind and rule.in_force(granted.starts_on)
    )


def rules_of_waiting(
    rules: Iterable[ApplicationRule], legal_area: str, filed_on: date, today: date
) -> list[ApplicationRule]:
    """Return the rules in force today that an undecided application has waited long enough for."""
    return [
        rule
        for rule in rules
        if legal_area in rule.scope and rule.in_force(today) and rule.open_from(filed_on) <= today
    ]
