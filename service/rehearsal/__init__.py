"""Rehearsing pathways: what would be late, and who would be reminded how often."""
