"""The demo world, as far as the stack needs to know it."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol


class DemoAccount(Protocol):
    """Somebody who can sign in to the demo world."""

    user: str
    password: str
    role: str
    house: str


def demo_accounts() -> Sequence[DemoAccount]:
    """Return who can sign in; nobody if this Nahtlos comes without start data."""
    start_data = import_module("service.startdata")
    accounts: Sequence[DemoAccount] = getattr(start_data, "demo_accounts", tuple)()
    return accounts
