"""Entitlements: the timeline of what each person may do or gets, and what of it runs out."""
