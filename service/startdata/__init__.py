"""A small world to try Nahtlos in: the district of Paderborn, invented agencies and people."""

from service.startdata.accounts import DemoAccount, demo_accounts
from service.startdata.load import Part, load, parts

__all__ = ["DemoAccount", "Part", "demo_accounts", "load", "parts"]
