"""The rules, as plain Python: no Temporal, no web, no database, no clock of its own."""
