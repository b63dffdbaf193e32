"""Every check at once, each with its own time limit."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from service.clock import Clock
from service.doctor.database import DatabaseCheck
from service.doctor.disk import DiskCheck, MeasureSpace
from service.doctor.engine import EngineCheck
from service.doctor.histories import HistoriesCheck
from service.doctor.mail import MailCheck
from service.doctor.ports import PortCheck
from service.doctor.results import CannotAsk, Check, Fault, NotAsked, Result
from service.doctor.stack import StackCheck
from service.doctor.subject import Subject
from service.doctor.tables import TablesCheck
from service.doctor.time import TimeCheck
from service.doctor.version import VersionCheck
from service.doctor.worker import WorkerCheck

SECONDS = 3.0
"""So long each check may take; they run side by side."""


@dataclass(frozen=True)
class Answer:
    """What a check came to. ``gave_up``: it did not end in time, and may still hang."""

    check: str
    result: Result
    gave_up: bool = False


def checks_for(
    subject: Subject, clock: Clock, measure: MeasureSpace = shutil.disk_usage
) -> tuple[Check, ...]:
    """Return every check, in the order in which they are told."""
    return (
        StackCheck(subject),
        PortCheck(subject),
        DiskCheck(subject, measure),
        DatabaseCheck(subject),
        TablesCheck(subject),
        VersionCheck(subject),
        EngineCheck(subject),
        WorkerCheck(subject, clock),
        HistoriesCheck(subject),
        MailCheck(subject, clock),
        TimeCheck(subject, clock),
    )


async def examine(checks: Sequence[Check]) -> list[Answer]:
    """Run them all and return their answers in the same order."""
    return list(await asyncio.gather(*(_answer(check) for check in checks)))


async def _answer(check: Check) -> Answer:
    try:
        async with asyncio.timeout(SECONDS):
            return Answer(check.name, await check.run())
    except CannotAsk as cannot:
        return Answer(check.name, NotAsked(str(cannot)))
    except TimeoutError:
        late = Fault(
            f"No answer came within {SECONDS:.0f} seconds.",
            "See whether the machine is reachable and not overloaded, and ask again.",
        )
        return Answer(check.name, late, gave_up=True)
    except Exception as error:  # noqa: BLE001 - the other checks are told all the same
        broken = Fault(
            f"The check itself failed ({type(error).__name__}).", "Please report this as a fault."
        )
        return Answer(check.name, broken)
