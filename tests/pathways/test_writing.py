"""The text of a pathway: written from what it says, and numbered without touching anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pathways.checking import check_pathway, named_after
from service.pathways.files import Source, read_sources, shipped_files
from service.pathways.plain_yaml import read_yaml
from service.pathways.version_line import without_version
from service.pathways.writing import text_of
from tests.counts import PROPERTY
from tests.domain.drawn import TERMS
from tests.domain.test_pathway_changes import BEFORE, OTHER, changed
from tests.domain.test_pathway_definitions import pathway
from tests.pathways.definitions import GOOD
from tests.world import pathway as of_the_cast
from workflows.domain.pathway import Pathway, Texts

SHIPPED = read_sources(shipped_files())

texts = st.builds(
    Texts,
    de=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
        min_size=1,
        max_size=40,
    ),
    en=st.sampled_from(["No", "1", "~", "a: b", "'", '"', " x ", "- y", "# z", "2020-01-01", "é"]),
)


def read(text: str, key: str) -> Pathway:
    return check_pathway(text.encode(), "text", named_after(key))


@pytest.mark.parametrize("one", [source.pathway for source in SHIPPED], ids=lambda one: one.key)
def test_a_text_that_was_written_from_a_pathway_says_the_same(one: Pathway) -> None:
    assert read(text_of(one), one.key) == one


@pytest.mark.parametrize("field", sorted(OTHER))
def test_every_field_is_written(field: str) -> None:
    for one in (pathway(*BEFORE), changed(field)):
        assert read(text_of(one), one.key) == one


@given(texts, TERMS)
@PROPERTY
def test_whatever_it_is_called_it_can_be_read_again(title: Texts, terms: object) -> None:
    plain = of_the_cast()
    steps = tuple(step.model_copy(update={"terms": terms}) for step in plain.steps)
    one = plain.model_copy(update={"title": title, "steps": steps})
    data = check_data(text_of(one))
    assert Pathway.model_validate(data) == one


def check_data(text: str) -> object:
    """Read the text without the rules that drawn terms do not keep."""
    written = read_yaml(text)
    assert written.troubles == []
    return written.data


@pytest.mark.parametrize("source", SHIPPED, ids=lambda one: one.pathway.key)
def test_a_number_is_put_in_and_nothing_else_touched(source: Source) -> None:
    text, one = source.text, source.pathway
    numbered = without_version(text).numbered(77)
    before, after = text.splitlines(), numbered.splitlines()
    differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert differing == [(f"version: {one.version}", "version: 77")]
    assert read(numbered, one.key) == one.model_copy(update={"version": 77})


@pytest.mark.parametrize(
    "written",
    [
        "version: 1",
        "version:   1   # the first",
        "version: '1'",
        "version: >\n  1\n",
        "version: !!int 1",
        "version: &first 1",
        "? version\n: 1",
        "version:\n  1",
        "# version: 3\nversion: 1",
    ],
)
def test_however_it_is_written_the_number_is_found(written: str) -> None:
    text = GOOD.replace("version: 1", written)
    numbered = without_version(text).numbered(12)
    assert read(numbered, "small") == read(text, "small").model_copy(update={"version": 12})
    assert numbered.count("#") == text.count("#")


def test_a_text_in_one_line_is_numbered() -> None:
    step = "{key: first, title: {de: A, en: B}, legal_area: health, statutes: []}"
    start = "{key: small, version: "
    end = f", title: {{de: A, en: B}}, summary: {{de: A, en: B}}, steps: [{step}]}}"
    assert without_version(f"{start}1{end}").numbered(23) == f"{start}23{end}"
