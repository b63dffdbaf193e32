"""Gaps: where a client waits and nobody moves."""
