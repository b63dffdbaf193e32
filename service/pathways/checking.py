"""From the bytes of a file to a pathway, or to everything that is wrong with it."""

import codecs
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from service.pathways.content import findings_of_content
from service.pathways.faults import Fault, FaultyPathways, first_of
from service.pathways.locations import as_written, name_of, place_of
from service.pathways.model_words import sentence_of
from service.pathways.plain_yaml import Location, Place, Written, place_in, read_yaml
from service.pathways.yaml_words import printable, shown
from workflows.domain.pathway import Pathway

LARGEST = 200_000
"""Bytes. A definition is a few kilobytes; whatever is larger was meant to be something else."""

_START = Place(1, 1)


def check_pathway(content: bytes, file: str, key: str) -> Pathway:
    """Return the pathway in a file's content; the file is named after its ``key``.

    Raises FaultyPathways with every fault, by its place.
    """
    text = _text(content, file)
    written = read_yaml(text)
    data = written.data
    if not isinstance(data, dict):
        faults = list(_of_the_text(written, file))
        nothing = Fault(file, _START, "", "holds no pathway; begin with 'key: …' and 'version: 1'")
        raise FaultyPathways(first_of(faults or [nothing]))
    pathway, findings = _validated(data)
    findings += [*_of_name(data, key), *findings_of_content(data)]
    faults = [*_of_the_text(written, file), *_in_place(findings, written, file)]
    if pathway is None or faults:
        raise FaultyPathways(first_of(faults))
    return pathway


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST:
        sentence = (
            f"is larger than {LARGEST // 1000} kB; this cannot be a pathway, name another file"
        )
        raise FaultyPathways([Fault(file, _START, "", sentence)])
    if content.startswith(codecs.BOM_UTF8):
        sentence = "begins with a byte order mark; save it as 'UTF-8' without one ('BOM')"
        raise FaultyPathways([Fault(file, _START, "", sentence)])
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        sentence = "is not saved as UTF-8; save it again with that encoding"
        raise FaultyPathways([Fault(file, place_in(before, len(before)), "", sentence)]) from None


def _validated(data: dict[str, Any]) -> tuple[Pathway | None, list[tuple[Location, str]]]:
    try:
        return Pathway.model_validate(data), []
    except ValidationError as error:
        return None, [
            (finding["loc"], sentence_of(finding))
            for finding in error.errors(include_url=False)
            # What is wrong with the whole is its order, which is looked at step by step.
            if finding["loc"] or finding["type"] != "value_error"
        ]


def _of_name(data: dict[str, Any], key: str) -> Iterator[tuple[Location, str]]:
    written = data.get("key")
    if isinstance(written, str) and written != key:
        sentence = f"is '{shown(written)}', but the file is named after '{shown(key)}'"
        yield ("key",), f"{sentence}; make both equal"


def _of_the_text(written: Written, file: str) -> Iterator[Fault]:
    for trouble in written.troubles:
        yield Fault(file, trouble.place, "", trouble.sentence)


def _in_place(findings: list[tuple[Location, str]], written: Written, file: str) -> Iterator[Fault]:
    """Put each finding where it stands; what could not be read is a fault of its own."""
    named = set()
    for location, said in findings:
        at = as_written(location, written.data)
        sentence = printable(said)
        if (at, sentence) in named or any(at[:n] in written.broken for n in range(len(at) + 1)):
            continue
        named.add((at, sentence))
        yield Fault(file, place_of(written, at), name_of(at, written.data), sentence)
