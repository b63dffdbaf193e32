"""A real browser to look at drawings."""

from tests.story.conftest import chromium

__all__ = ["chromium"]
