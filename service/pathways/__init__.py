"""Pathways: the definitions that paths run on."""
