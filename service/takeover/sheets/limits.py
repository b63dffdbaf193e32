"""How much is read at most: a whole office's list, and no bomb."""

MOST_BYTES = 10_000_000
MOST_BYTES_UNPACKED = 60_000_000
MOST_ROWS = 20_000
"""Rows of a file, empty ones counted: a hundred times what an office looks after."""
MOST_SHEETS = 20
MOST_MERGES = 1_000
MOST_COLUMNS = 100
HEADINGS_WITHIN = 30
"""The row with the headings is looked for in so many rows from the top."""
