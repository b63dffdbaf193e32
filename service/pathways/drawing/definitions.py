"""A definition as a drawing: every station waits, since nobody is on the way."""

from service.agencies.legal_areas import name_of_legal_area
from service.pathways.drawing.drawing import Drawing, draw
from service.pathways.drawing.numbers import line_numbers
from service.pathways.drawing.openings import opening_words
from service.pathways.drawing.stops import Stop
from service.web.i18n import Translator
from workflows.domain.pathway import Pathway
from workflows.domain.statuses import StepStatus


def draw_definition(t: Translator, pathway: Pathway) -> Drawing:
    """Return the drawing of a pathway, without a case."""
    lines = line_numbers(step.legal_area for step in pathway.steps)
    stops = [
        Stop(
            key=step.key,
            after=step.after.steps,
            line=lines[step.legal_area],
            area=name_of_legal_area(step.legal_area, t.language),
            name=step.title.in_language(t.language),
            status=StepStatus.WAITING,
            needs_all=step.after.join == "all",
            opening=opening_words(t, step.after),
        )
        for step in pathway.steps
    ]
    return draw(stops, t.language)
