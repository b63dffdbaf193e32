"""Broken rules on their way out of the engine: as failures with a code and its parameters."""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from workflows.domain.errors import RuleBroken


@contextmanager
def refusing() -> Iterator[None]:
    """Turn a broken rule into a failure that refuses the act and leaves the workflow running."""
    try:
        yield
    except RuleBroken as broken:
        raise ApplicationError(
            broken.code, broken.params, type=broken.code, non_retryable=True
        ) from None
