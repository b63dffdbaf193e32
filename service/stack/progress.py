"""Tells the person who started the stack how far it is, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Progress:
    """Lines for what has happened, and on a terminal a moving line for what is under way."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)

    def say(self, sentence: str) -> None:
        """Print one line."""
        self._console.print(sentence, markup=False, soft_wrap=True)

    @contextmanager
    def during(self, work: str) -> Iterator[None]:
        """Show that `work` is under way."""
        if not self._console.is_terminal:
            self.say(f"{work} ...")
            yield
            return
        with self._console.status(f"{work} ..."):
            yield
