"""Reading YAML that people write: plain data, and where in the text each piece of it stands.

PyYAML builds the tree of nodes, which know their lines. The data are made from it here, so that
what loses or multiplies content is named instead: all of it at once, not the first only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from service.pathways.sentences import Param, Sentence, shown
from service.pathways.yaml_words import TOO_DEEP, TOO_MANY, mark_of, sentence_about
from service.web.i18n import _

Location = tuple[int | str, ...]
"""The way to a piece of the data: names of fields, positions in lists."""

DEEPEST = 20
"""So many levels within each other are read. A pathway has eight."""

MOST_ENTRIES = 6_000
"""So many are read, which takes half a second. A pathway of forty steps has three thousand."""

_TAG = "tag:yaml.org,2002:"
_HALF = Sentence(
    _("there is a letter here that does not exist; write it anew, without a backslash")
)
_PLAIN = {f"{_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}


@dataclass(frozen=True)
class Place:
    """Where something begins in a text. Both are counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Trouble:
    """What is wrong with the YAML itself, and where."""

    place: Place
    sentence: Sentence


@dataclass
class Written:
    """The data of a text, the place of each piece, and what is wrong with the YAML.

    ``broken``: pieces that could not be read; None stands in their place.
    """

    data: Any = None
    places: dict[Location, Place] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    broken: set[Location] = field(default_factory=set)


def read_yaml(text: str) -> Written:
    """Return what is written. Where the text is no YAML, there are no data, only the trouble."""
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        sentence = Sentence(_("there is a character here that YAML does not allow; take it out"))
        return Written(troubles=[Trouble(place_in(text, error.position), sentence)])
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = mark_of(error)
        place = _place(mark) if mark else Place(1, 1)
        return Written(troubles=[Trouble(place, sentence_about(error))])
    finally:
        loader.dispose()
    written = Written()
    if root is not None:
        written.data = _Reading(loader, written).value(root, ())
    return written


def place_in(text: str, position: int) -> Place:
    """Return the place of a character (counted from 0) in a text."""
    before = text[:position]
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Reference(ScalarNode):
    """Stands where the text refers to another part of itself."""


class _Loader(yaml.SafeLoader):
    """Builds nodes only, and neither follows references nor goes too deep."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._entries = 0

    def compose_node(self, parent: Any, index: Any) -> Node:
        """Build a node. A reference could unfold a small file into a huge one."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            return _Reference(f"{_TAG}null", event.anchor, event.start_mark, event.end_mark)
        self._depth += 1
        self._entries += 1
        if self._depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=event.start_mark)
        if self._entries > MOST_ENTRIES:
            raise yaml.MarkedYAMLError(problem=TOO_MANY, problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        if node is None:
            raise AssertionError("no event, no node")
        return node


class _Reading:
    """Makes data of nodes."""

    def __init__(self, loader: _Loader, written: Written) -> None:
        self._loader = loader
        self._written = written

    def value(self, node: Node, at: Location) -> Any:
        """Return what a node holds, and note where it stands."""
        self._written.places.setdefault(at, _place(node.start_mark))
        if isinstance(node, _Reference):
            sentence = _("references (*%(name)s) are not allowed; write the content out")
            return self._broken(node, at, Sentence(sentence, {"name": shown(node.value)}))
        if isinstance(node, MappingNode) and node.tag == f"{_TAG}map":
            return dict(self._fields(node, at))
        if isinstance(node, SequenceNode) and node.tag == f"{_TAG}seq":
            return [self.value(entry, (*at, number)) for number, entry in enumerate(node.value)]
        if isinstance(node, ScalarNode) and node.tag in _PLAIN:
            if _has_half_letters(node.value):
                return self._broken(node, at, _HALF)
            return self._scalar(node)
        tag = shown(str(node.tag).replace(_TAG, "!!"))
        sentence = _("the tag '%(tag)s' is not allowed; take it out")
        return self._broken(node, at, Sentence(sentence, {"tag": tag}))

    def _fields(self, node: MappingNode, at: Location) -> Iterator[tuple[str, Any]]:
        first: dict[str, Place] = {}
        for name_node, value_node in node.value:
            place = _place(name_node.start_mark)
            if not isinstance(name_node, ScalarNode) or isinstance(name_node, _Reference):
                said = _("the name of a field must be a plain word; write 'name: value'")
                self._written.troubles.append(Trouble(place, Sentence(said)))
                continue
            name = name_node.value
            if _has_half_letters(name):
                self._written.troubles.append(Trouble(place, _HALF))
                continue
            if name in first:
                said = _("'%(name)s' stands here twice, first in line %(line)s; keep one of both")
                params: dict[str, Param] = {"name": shown(name), "line": first[name].line}
                self._written.troubles.append(Trouble(place, Sentence(said, params)))
                continue
            first[name] = place
            self._written.places[*at, name] = place
            yield name, self.value(value_node, (*at, name))

    def _scalar(self, node: ScalarNode) -> Any:
        """Return text, number, truth value or date; what is none although it says so is a text."""
        try:
            return self._loader.construct_object(node)
        except (ValueError, LookupError, AttributeError):  # as it constructs "!!int ''" and others
            return node.value

    def _broken(self, node: Node, at: Location, sentence: Sentence) -> None:
        self._written.troubles.append(Trouble(_place(node.start_mark), sentence))
        self._written.broken.add(at)


def _has_half_letters(text: str) -> bool:
    """Tell whether there are surrogates in it, which escapes like \\ud800 make."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)
