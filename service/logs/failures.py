"""What may be said of an exception: its type, its codes, and where it happened.

Messages of exceptions quote values, and values are names and notes: PostgreSQL says
``Key (name)=(…) already exists``, pydantic ``input_value=…``. So no message is ever written.
"""

import re
import traceback
from collections.abc import Iterator
from enum import Enum

CODES = ("sqlstate", "constraint_name", "errno", "status")
"""Attributes by which the drivers say what went wrong: a code or an identifier, no value."""

CODE = re.compile(r"[A-Za-z0-9_]{1,63}")


def describe(error: BaseException) -> str:
    """Return type, codes and stack of an exception and of what caused it, the latest first."""
    return "\ncaused by ".join(_describe_one(link) for link in _chain(error))


def _describe_one(error: BaseException) -> str:
    codes = ", ".join(f"{name} {code}" for name, code in _codes(error))
    head = f"{_name(error)} ({codes})" if codes else _name(error)
    # By hand: what reads the lines of source as well opens files, which a workflow must not.
    frames = (
        f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    )
    return "\n".join([head, *frames])


def _name(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _codes(error: BaseException) -> Iterator[tuple[str, str]]:
    for name in CODES:
        value = getattr(error, name, None)
        code = value.name if isinstance(value, Enum) else str(value)
        if value is not None and CODE.fullmatch(code):
            yield name, code


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Go from an exception to what it came from; the members of a group come after the group."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        origin = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        if origin:
            waiting.append(origin)
        if isinstance(link, BaseExceptionGroup):
            waiting += reversed(link.exceptions)
