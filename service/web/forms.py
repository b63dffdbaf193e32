"""A form as the page shows it: what was typed, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from typing import Self

from fastapi import Request
from starlette.datastructures import FormData
from uuid_utils.compat import uuid7

from service.web.text import readable

KEY = re.compile(r"[\x21-\x7e]{1,200}")
LONGEST_NUMBER = 9
SENT_BY_THE_PAGE = frozenset(
    {"csrf_token", "idempotency_key", "expected_seq", "next", "do", "members", "consents"}
    | {"version", "listed", "proposed[]", "known", "based_on", "over", "proposal"}
)


class Form:
    """Values and errors by field name. A field may have several values (checkboxes)."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        """Take the values to show."""
        self._values = values
        self.errors: dict[str, str] = {}
        """The sentence for each wrong field, translated, in the order they were found."""

    @classmethod
    def filled(cls, **values: str | Iterable[str]) -> Self:
        """Return a form that was not sent yet, with these values in it."""
        return cls(
            {
                name: [value] if isinstance(value, str) else list(value)
                for name, value in values.items()
            }
        )

    @classmethod
    def sent(cls, data: FormData) -> Self:
        """Return what a person sent, as they typed it; no invisible letters and no files."""
        texts = {
            name: [readable(value) for value in data.getlist(name) if isinstance(value, str)]
            for name in data
        }
        return cls(texts)

    def value(self, name: str) -> str:
        """Return the field's value; empty if it is not there."""
        values = self._values.get(name)
        return values[-1] if values else ""

    def values(self, name: str) -> list[str]:
        """Return all the field's values."""
        return self._values.get(name, [])

    def with_values(self, name: str, values: list[str]) -> Self:
        """Return the form with these values in a field; what is wrong with it goes along."""
        other = type(self)({**self._values, name: values})
        other.errors = self.errors
        return other

    def number(self, name: str) -> int | None:
        """Return the field's value as a whole number that our own pages could have sent."""
        text = self.value(name)
        fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        return int(text) if fits else None

    @property
    def key(self) -> str:
        """Return the idempotency key; a fresh one where there is none that could be kept."""
        key = self.value("idempotency_key")
        return key if KEY.fullmatch(key) else str(uuid7())

    @property
    def typed(self) -> list[str]:
        """Return what a person wrote or chose, without what the page itself sent along."""
        return [
            value
            for name, values in self._values.items()
            if name not in SENT_BY_THE_PAGE
            for value in values
            if value.strip()
        ]

    def refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field; its first error stands."""
        self.errors.setdefault(name, sentence)

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not self.errors


async def sent_form(request: Request) -> Form:
    """Return the form of this request."""
    return Form.sent(await request.form())
