"""Progress bars of long work, on standard error."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


def byte_bars() -> Progress:
    """Return bars that count bytes."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


class StepBars:
    """One bar below the other, for work in steps."""

    def __init__(self) -> None:
        """Prepare them; they are shown while this is entered."""
        self._progress = Progress(console=Console(stderr=True))
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Show them."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave them as they are."""
        self._progress.stop()

    def report(self, step: str, done: int, total: int | None) -> None:
        """Move the bar of a step; the first time it appears."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=None)
        self._progress.update(self._tasks[step], completed=done, total=total)

    def say(self, sentence: str) -> None:
        """Print a line above them."""
        self._progress.console.print(sentence, markup=False, highlight=False, soft_wrap=True)
