"""Whatever stands in a file: it is a pathway, or somebody is told in plain words what is wrong."""

import json
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.pathways.checking import check_pathway, named_after
from service.pathways.faults import Fault, FaultyPathways
from tests.counts import FUZZED
from tests.pathways.definitions import GOOD
from workflows.domain.pathway import Pathway

DATA = yaml.safe_load(GOOD)
SIGNS = [
    "\t",
    ":",
    "- ",
    "'",
    '"',
    "[",
    "{",
    "}",
    "*a",
    "&a ",
    "!!x ",
    "!!int ",
    "!!bool ",
    "!!float ",
    "!!timestamp ",
    "---\n",
    "? ",
    "|",
    "> ",
    "\x00",
]
WORDS = ["key", "steps", "after", "any", "terms", "first", "5 working days", "null", "~", "1e999"]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=8)
    | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=6) | st.sampled_from(WORDS), inner, max_size=4)
    ),
    max_leaves=6,
)


def as_yaml(data: Any) -> str:
    """Write data as JSON, which is YAML as well."""
    return json.dumps(data, default=str)


@st.composite
def damaged_text(draw: st.DrawFn) -> str:
    """Draw a good file in which pieces were taken out, put in, or doubled."""
    text = GOOD
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from([*SIGNS, *WORDS, text[begin:end] * 2]) | st.text(max_size=6))
        text = text[:begin] + piece + text[end:]
    return text


@st.composite
def damaged_data(draw: st.DrawFn) -> str:
    """Draw a good pathway in which a value somewhere is another one."""
    data: Any = deepcopy(DATA)
    place, name = data, draw(st.sampled_from(sorted(data)))
    while isinstance(place[name], dict | list) and place[name] and draw(st.integers(0, 4)):
        place = place[name]
        names = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        name = draw(st.sampled_from(names))
    place[name] = draw(anything)
    return as_yaml(data)


CONTENTS = (
    st.binary(max_size=200)
    | damaged_text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | damaged_data().map(str.encode)
    | anything.map(as_yaml).map(str.encode)
)


@pytest.mark.timeout(7200)  # with full counts
@given(CONTENTS)
@FUZZED
def test_every_content_is_a_pathway_or_has_faults_in_plain_words(content: bytes) -> None:
    match checked(content):
        case Pathway() as pathway:
            assert Pathway.model_validate_json(pathway.model_dump_json()) == pathway
        case faults:
            assert faults
            for fault in faults:
                see_that_it_helps(fault, content)


def checked(content: bytes) -> Pathway | list[Fault]:
    try:
        return check_pathway(content, "small.yaml", named_after("small"))
    except FaultyPathways as faulty:
        return faulty.faults


def see_that_it_helps(fault: Fault, content: bytes) -> None:
    lines = content.decode("utf-8", "replace").splitlines()
    assert fault.place is not None
    assert 1 <= fault.place.line <= len(lines) + 1
    assert fault.place.column >= 1
    said = str(fault)
    assert said.isprintable()
    assert "Input should" not in said  # pydantic's words
