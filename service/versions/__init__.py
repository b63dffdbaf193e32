"""Versions of pathways: compared in words, and paths moved from one to a newer one."""
