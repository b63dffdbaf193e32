"""Who changes the tables, and who must have them unchanged for a while, keep each other off."""

SCHEMA_LOCK = 0x6E6168746C6F73
"""Key of PostgreSQL's advisory lock: migrations take it alone, backups share it."""
