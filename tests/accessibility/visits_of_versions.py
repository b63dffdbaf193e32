"""Versions of pathways: compared, and paths moved to the newest."""

from tests.accessibility.household import OF_MAXIMILIAN, OF_OLENA
from tests.accessibility.newer import CHANGED
from tests.accessibility.scene import Scene
from tests.accessibility.visit import EMPTY, ERROR, OBSTACLE, Visit, sent

UNPUBLISHED = {"version": "999"}
"""No path is moved to it, so that every language and width finds the same."""


def visits_of_versions(scene: Scene) -> list[Visit]:
    """Return the visits."""
    changed, unchanged = f"/pathways/{CHANGED}", "/pathways/naturalisation"
    of_case = f"/cases/{scene.case}/paths"
    can, cannot = (f"{of_case}/{scene.paths[one]}/move" for one in (OF_OLENA, OF_MAXIMILIAN))
    show_one, move_one = (f"{verb} /cases/{{case_id}}/paths/{{path_id}}/move" for verb in _VERBS)
    show_many, move_many = (f"{verb} /pathways/{{key}}/move" for verb in _VERBS)
    pathway, rehearsal = "GET /pathways/{key}", "GET /pathways/{key}/rehearsal"
    return [
        Visit("pathways", "GET /pathways", "eva", "/pathways", ".nl-badge--info"),
        Visit("pathways of a coordinator", "GET /pathways", "karin", "/pathways", ".nl-card"),
        Visit("versions compared", pathway, "karin", changed, ".nl-badge--success"),
        Visit("versions to be moved to", pathway, "eva", changed, ".nl-heading .nl-acts a"),
        Visit("pathway with one version", pathway, "karin", unchanged, ".nl-card"),
        Visit("rehearsal", rehearsal, "karin", f"{changed}/rehearsal", ".nl-report td"),
        Visit(
            "rehearsal on nothing", rehearsal, "karin", f"{unchanged}/rehearsal?on=finished", EMPTY
        ),
        Visit("path before its move", show_one, "anna", can, "form[action$=move]"),
        Visit("path that is on the newest", show_one, "anna", cannot, OBSTACLE),
        Visit(
            "path, moved to what there is not",
            move_one,
            "anna",
            can,
            OBSTACLE,
            sent("/move", **UNPUBLISHED),
            422,
        ),
        Visit("paths before their move", show_many, "eva", f"{changed}/move", "[name=path]"),
        Visit("paths, all on the newest", show_many, "eva", f"{unchanged}/move", EMPTY),
        Visit(
            "paths, none ticked",
            move_many,
            "eva",
            f"{changed}/move",
            ERROR,
            sent("/move", "ticked"),
            422,
        ),
        Visit(
            "paths, and what came of each",
            move_many,
            "eva",
            f"{changed}/move",
            "[role=status] + .nl-section .nl-badge--warning",
            sent("/move", "all", **UNPUBLISHED),
        ),
    ]


_VERBS = ("GET", "POST")
