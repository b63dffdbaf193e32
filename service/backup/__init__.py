"""Backup and restore: one file from which everything can be brought back."""
