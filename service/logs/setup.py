"""One set-up for every process: the standard library's logging, written by structlog.

Our own code logs with ``logging.getLogger(__name__)`` and hands over context with ``extra=``.
"""

import logging
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from service.clock import Clock
from service.logs.failures import describe
from service.logs.wording import WORDING

CONTEXT = (
    "request_id",
    "method",
    "route",
    "status",
    "seconds",
    "user_id",
    "workflow_id",
    "workflow_type",
    "activity_type",
    "attempt",
    "exception",
)
"""What a line may say besides its sentence. Everything else that packages attach is left out."""

FROM_THE_ENGINE = ("temporal_workflow", "temporal_activity")

log = logging.getLogger(__name__)


def set_up_logs(
    clock: Clock, form: Literal["json", "text"] | None, out: TextIO | None = None
) -> None:
    """Write every log line of this process to ``out`` (standard error).

    ``form`` None: text on a terminal, JSON lines everywhere else. Uncaught exceptions and
    warnings become log lines as well, because on their own they would print values.
    """
    out = out or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(_formatter(clock, form or ("text" if out.isatty() else "json"), out))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # it would print the arguments of a line that failed
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda it: _log_uncaught(
        it.exc_type, it.exc_value or it.exc_type(), it.exc_traceback
    )


def _formatter(
    clock: Clock, form: Literal["json", "text"], out: TextIO
) -> structlog.stdlib.ProcessorFormatter:
    def line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        record: logging.LogRecord = event["_record"]
        return {
            "time": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": WORDING.get(record.name, str)(event["event"]),
            **_context(event, record),
        }

    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=out.isatty(), timestamp_key="time")
    )
    return structlog.stdlib.ProcessorFormatter(
        processors=[line, renderer],
        foreign_pre_chain=[structlog.contextvars.merge_contextvars],
    )


def _context(event: EventDict, record: logging.LogRecord) -> dict[str, object]:
    known: dict[str, object] = {**event, **vars(record)}
    for name in FROM_THE_ENGINE:
        attached = getattr(record, name, None)
        known |= attached if isinstance(attached, Mapping) else {}
    if event.get("exc_info"):
        known["exception"] = describe(event["exc_info"][1])
    return {name: known[name] for name in CONTEXT if known.get(name) is not None}


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("nobody caught this", exc_info=(kind, error, trace))
