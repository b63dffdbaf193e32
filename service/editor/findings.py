"""What comes of checking a text, as a person looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.agencies.legal_areas import name_of_legal_area
from service.editor.checking import check_text
from service.pathways.checking import KeyRule
from service.pathways.drawing.definitions import draw_definition
from service.pathways.drawing.drawing import Drawing
from service.pathways.faults import MOST_FAULTS, Fault, FaultyPathways
from service.pathways.sentences import printable
from service.versions.comparing import Difference, differences
from service.versions.value_words import join_words
from service.web.i18n import Translator
from workflows.domain.pathway import Pathway

LONGEST_QUOTE = 160
"""So many letters of a line are quoted."""


@dataclass(frozen=True)
class FaultLine:
    """A fault with its place, counted from 1. ``quoted``: the line of the text as it stands."""

    line: int
    column: int
    field: str
    sentence: str
    quoted: str


@dataclass(frozen=True)
class StepLine:
    """A step of the pathway in the list beside its drawing."""

    title: str
    area: str
    begins: str


@dataclass(frozen=True)
class Findings:
    """The faults, or else the pathway, drawn, as a list, and compared with the newest version."""

    faults: list[FaultLine] = field(default_factory=list)
    pathway: Pathway | None = None
    drawing: Drawing | None = None
    steps: list[StepLine] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)

    @property
    def more_than(self) -> int:
        """So many faults are named, and the last line counts the others; 0: all are named."""
        return MOST_FAULTS if len(self.faults) > MOST_FAULTS else 0


def examine(t: Translator, text: str, rule: KeyRule, newest: Pathway | None) -> Findings:
    """Check a tidied text. This can take seconds: do it aside."""
    try:
        pathway = check_text(text, rule)
    except FaultyPathways as faulty:
        lines = text.split("\n")
        return Findings(faults=[_fault_line(t, fault, lines) for fault in faulty.faults])
    return Findings(
        pathway=pathway,
        drawing=draw_definition(t, pathway),
        steps=_step_lines(t, pathway),
        changes=differences(t, newest, pathway) if newest else [],
    )


def _fault_line(t: Translator, fault: Fault, lines: list[str]) -> FaultLine:
    line, column = (fault.place.line, fault.place.column) if fault.place else (1, 1)
    quoted = lines[line - 1] if line <= len(lines) else ""
    way, said = fault.field_said(t), fault.sentence.said(t)
    sentence = said if way else said[:1].upper() + said[1:]
    return FaultLine(line, column, way, sentence, _quoted(quoted))


def _quoted(line: str) -> str:
    """Return the line with its indentation, and nothing in it that cannot be shown."""
    short = line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"
    indented = len(short) - len(short.lstrip(" "))
    return " " * indented + printable(short[indented:])


def _step_lines(t: Translator, pathway: Pathway) -> list[StepLine]:
    titles: Mapping[str, str] = {
        step.key: step.title.in_language(t.language) for step in pathway.steps
    }
    return [
        StepLine(
            titles[step.key],
            name_of_legal_area(step.legal_area, t.language),
            join_words(t, step.after, titles),
        )
        for step in pathway.steps
    ]
