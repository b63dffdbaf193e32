"""Logs that whoever runs Nahtlos can read, search and hand on: they name nobody."""
