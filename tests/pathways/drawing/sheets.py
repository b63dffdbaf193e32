"""Drawings as they come to people: the SVG, and a page with nothing else on it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from service.pathways.drawing.definitions import draw_definition
from service.pathways.drawing.drawing import Drawing, draw
from service.pathways.drawing.stops import Stop
from service.web.i18n import Translator, load_translators
from service.web.places import TEMPLATES, TRANSLATIONS
from service.web.templates import environment
from workflows.domain.pathway import Pathway

TRANSLATORS = load_translators(TRANSLATIONS)
TEMPLATES_OF = {
    language: environment(TEMPLATES, t).get_template("pages/_components/map.html")
    for language, t in TRANSLATORS.items()
}
KERN = Path(__file__).parents[3] / "node_modules" / "@kern-ux" / "native" / "dist"
STYLES = ("nahtlos.css", "path.css", "map.css", "contrast.css", "print.css")

UNDER_WAY: tuple[dict[str, Any], ...] = (
    {"status": "done", "about": "erledigt"},
    {"status": "waived", "about": "weggelassen"},
    {
        "status": "referred",
        "about": "angefragt, wartet seit 112 Arbeitstagen",
        "baton": "Am Zug: Ausländerbehörde des Kreises Paderborn, Außenstelle Büren",
        "gap": "107 Arbeitstage",
    },
    {"status": "due", "about": "fällig", "baton": "Am Zug: מיה לוי"},
    {
        "status": "in-progress",
        "about": "in Arbeit, wartet seit 2 Arbeitstagen",
        "baton": "Am Zug: Maximilian-Alexander Wojciechowska-Łukaszewiczowa",
        "gap": "2 Arbeitstage",
    },
)
"""Whatever can be at a station; it comes round again every five."""


def german() -> Translator:
    """Return the language of the drawings."""
    return TRANSLATORS["de"]


def svg_of(drawing: Drawing) -> str:
    """Return the picture."""
    module = TEMPLATES_OF["de"].module
    return str(module.map(drawing, "Der Weg"))  # type: ignore[attr-defined]


def waiting(pathway: Pathway) -> str:
    """Return the picture of a definition."""
    return svg_of(draw_definition(german(), pathway))


def under_way(pathway: Pathway) -> str:
    """Return the picture of a path at every point of its life, with names as long as they get."""
    drawing = draw_definition(german(), pathway)
    stops = [
        replace(station.stop, **UNDER_WAY[number % len(UNDER_WAY)])
        for number, station in enumerate(drawing.stations)
    ]
    return svg_of(draw(stops, "de"))


def chain(length: int) -> str:
    """Return the picture of steps that only ever follow each other."""
    stops = [
        Stop(
            key=f"s{number}",
            after=(f"s{number - 1}",) if number else (),
            line=number % 8 + 1,
            area="Grundsicherung für Arbeitsuchende",
            name=f"Station {number}",
            status="waiting",
        )
        for number in range(length)
    ]
    return svg_of(draw(stops, "de"))


def write_page(folder: Path, *pictures: str) -> str:
    """Write a page with these pictures, in our styles and letters, and return its address."""
    styles = [(KERN / "kern.min.css").read_text()]
    styles += [(TEMPLATES / "static" / name).read_text() for name in STYLES]
    css = "\n".join(styles).replace("../kern/fonts", (KERN / "fonts").as_uri())
    shown = "".join(f'<div class="nl-maps">{picture}</div>' for picture in pictures)
    page = folder / "drawing.html"
    page.write_text(
        Markup(
            '<!DOCTYPE html><html lang="de" data-kern-theme="light"><head><meta charset="utf-8">'
            "<title>Weg</title><style>{}</style></head><body><main><h1>Weg</h1>{}</main></body>"
            "</html>"
        ).format(Markup(css), Markup(shown)),  # noqa: S704 - our own
        encoding="utf-8",
    )
    return page.as_uri()
