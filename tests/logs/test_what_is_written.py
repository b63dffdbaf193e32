"""Log lines: structured, in order, and silent about people."""

import asyncio
import gc
import io
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from structlog.contextvars import bound_contextvars

from service.database import Database
from service.logs.failures import describe
from service.logs.setup import set_up_logs

NAME = "Amina Haddad"


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 11, 2, 11, tzinfo=UTC)


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Where logs go in this test; afterwards they go where they went before."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, logging.raiseExceptions
    root.handlers.clear()  # else they would be closed
    out = io.StringIO()
    set_up_logs(Noon(), "json", out)
    yield out
    root.handlers[:], root.level, sys.excepthook, logging.raiseExceptions = before
    logging.captureWarnings(capture=False)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    """Return every line."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_says_when_how_grave_who_and_what(out: io.StringIO) -> None:
    with bound_contextvars(request_id="r-1"):
        logging.getLogger("service.x").warning("%d mails wait", 3, extra={"status": 503})
    assert lines(out) == [
        {
            "time": "2026-11-02T11:00:00.000Z",
            "level": "warning",
            "logger": "service.x",
            "event": "3 mails wait",
            "request_id": "r-1",
            "status": 503,
        }
    ]


def test_people_get_text(out: io.StringIO) -> None:
    set_up_logs(Noon(), "text", out)
    logging.getLogger("service.x").info("ready", extra={"workflow_id": "case-1"})
    [line] = out.getvalue().splitlines()
    assert line.startswith("2026-11-02T11:00:00.000Z")
    assert "ready" in line
    assert "workflow_id=case-1" in line


def test_what_packages_attach_is_left_out_unless_it_is_known(out: io.StringIO) -> None:
    extra = {"client": NAME, "temporal_workflow": {"workflow_id": "case-1", "update_id": NAME}}
    logging.getLogger("x").info("done", extra=extra)
    [line] = lines(out)
    assert line["workflow_id"] == "case-1"
    assert NAME not in out.getvalue()


class Person(BaseModel):
    """Somebody."""

    age: int


async def test_exceptions_are_told_without_what_they_quote(
    out: io.StringIO, database: Database
) -> None:
    def invalid() -> None:
        Person.model_validate({"age": NAME})

    def missing() -> None:
        dict[str, int]()[NAME]

    for fail in (invalid, missing):
        try:
            fail()
        except Exception:
            logging.getLogger("x").exception("it failed")
    try:
        async with database.transaction() as connection:
            await connection.execute(text("select cast(cast(:a as text) as uuid)"), {"a": NAME})
    except Exception:
        logging.getLogger("x").exception("it failed")

    assert NAME not in out.getvalue()
    assert "Amina" not in out.getvalue()
    first, second, third = (line["exception"] for line in lines(out))
    assert first.startswith("pydantic_core._pydantic_core.ValidationError\n")
    assert "in invalid" in first
    assert second.startswith("KeyError\n")
    assert "sqlstate 22P02" in third
    assert "caused by asyncpg.exceptions.InvalidTextRepresentationError" in third


async def test_a_broken_rule_of_the_tables_is_named(database: Database) -> None:
    insert = text(
        "insert into municipalities (ags, name, sort_key) values ('05774032', :name, 'x')"
    )
    async with database.transaction() as connection:
        await connection.execute(insert, {"name": NAME})
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(insert, {"name": NAME})
        await connection.rollback()
    told = describe(caught.value)
    assert "constraint_name municipalities_pkey" in told
    assert "05774032" not in told


def test_groups_and_circles_of_exceptions_come_to_an_end() -> None:
    inner = ValueError(NAME)
    group = ExceptionGroup(NAME, [inner, KeyError(NAME)])
    inner.__context__ = group
    told = describe(group)
    assert told == "ExceptionGroup\ncaused by ValueError\ncaused by KeyError"


async def test_tasks_that_nobody_waits_for_keep_their_secret(out: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(NAME)

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    [line] = lines(out)
    assert line["event"] == "Task exception was never retrieved"
    assert line["exception"].startswith("ValueError")
    assert NAME not in out.getvalue()


def test_warnings_keep_what_they_quote_to_themselves(out: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        wrong: dict[str, Any] = {"age": NAME}
        Person.model_construct(**wrong).model_dump_json()
    [line] = lines(out)
    assert line["logger"] == "py.warnings"
    assert line["event"].endswith("UserWarning")
    assert NAME not in out.getvalue()


def test_a_process_that_dies_says_where_and_not_of_what() -> None:
    program = (
        "from service.clock import SystemClock\n"
        "from service.logs.setup import set_up_logs\n"
        "set_up_logs(SystemClock(), None)\n"
        f"raise ValueError({NAME!r})\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    line = json.loads(done.stderr)
    assert line["level"] == "critical"
    assert line["exception"].startswith("ValueError\n")
    assert NAME not in done.stderr
