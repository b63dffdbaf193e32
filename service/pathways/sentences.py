"""What is wrong with a pathway file, as a sentence that can be said in any language of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

from service.web.i18n import Translator, _

LONGEST = 60
"""So many letters of what somebody wrote are quoted."""

Param = Union[str, int, "Sentence"]


@dataclass(frozen=True)
class Sentence:
    """A message id with what fills it; a parameter can be a sentence itself.

    ``many`` is the form for every number but one, which the parameter ``num`` gives.
    """

    message: str
    params: Mapping[str, Param] = field(default_factory=dict)
    many: str = ""

    def __str__(self) -> str:
        """Return it in English, as message ids are, in one line that every terminal takes."""
        form = self.many if self.many and self.params["num"] != 1 else self.message
        return printable(form % {name: str(value) for name, value in self.params.items()})

    def said(self, t: Translator) -> str:
        """Return it in the translator's language, in one line."""
        params: dict[str, object] = {
            name: value.said(t) if isinstance(value, Sentence) else value
            for name, value in self.params.items()
        }
        num = params.pop("num", None)
        if isinstance(num, int):
            return printable(t.plural(self.message, self.many, num, **params))
        return printable(t(self.message, **params))


def plural(one: str, many: str, num: int) -> Sentence:
    """Return the sentence that fits the number; its message ids are marked by this call."""
    return Sentence(one, {"num": num}, many)


def one_of(words: list[str]) -> Param:
    """Return the words in quotation marks, as a choice."""
    *some, last = (f"'{word}'" for word in words)
    if not some:
        return last
    return Sentence(_("%(some)s or %(last)s"), {"some": ", ".join(some), "last": last})


def shown(text: object) -> str:
    """Return what somebody wrote so that it fits into a line: short, and nothing unprintable."""
    written = str(text)
    return printable(written if len(written) <= LONGEST else f"{written[:LONGEST]}…")


def printable(text: str) -> str:
    """Return the text in one line that every terminal takes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in re.sub(r"\s+", " ", text)
    )
