"""Which published version describes a path, and which a step of it: the conditions of every join.

A step that had begun when its path was moved to another version is described by the one that it
began on.
"""

from sqlalchemy import ColumnElement

from service.cases.tables import paths, steps
from service.pathways.tables import pathway_versions

DESCRIBES_PATH: ColumnElement[bool] = (pathway_versions.c.key == paths.c.pathway) & (
    pathway_versions.c.version == paths.c.version
)
"""Joins ``pathway_versions`` to ``paths``."""

DESCRIBES_STEP: ColumnElement[bool] = (pathway_versions.c.key == paths.c.pathway) & (
    pathway_versions.c.version == steps.c.version
)
"""Joins ``pathway_versions`` to ``steps`` and their ``paths``."""
