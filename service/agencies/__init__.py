"""Agencies: the directory of offices, schools and associations."""
