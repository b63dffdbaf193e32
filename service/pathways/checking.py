"""From the bytes of a file to a pathway, or to everything that is wrong with it."""

import codecs
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service.pathways.content import Finding, findings_of_content
from service.pathways.faults import Fault, FaultyPathways, first_of
from service.pathways.locations import as_written, place_of, way_to
from service.pathways.model_words import sentence_of
from service.pathways.plain_yaml import Place, Written, place_in, read_yaml
from service.pathways.sentences import Sentence, shown
from service.web.i18n import _
from workflows.domain.pathway import Pathway

LARGEST = 200_000
"""Bytes. A definition is a few kilobytes; whatever is larger was meant to be something else."""

KeyRule = Callable[[str], Sentence | None]
"""What is wrong with the key of a pathway that is to stand here; None if nothing is."""

_START = Place(1, 1)


def named_after(key: str) -> KeyRule:
    """Return the rule of files: the pathway has the key that its file is named after."""

    def rule(written: str) -> Sentence | None:
        if written == key:
            return None
        said = _("is '%(written)s', but the file is named after '%(key)s'; make both equal")
        return Sentence(said, {"written": shown(written), "key": shown(key)})

    return rule


def check_pathway(content: bytes, file: str, rule: KeyRule) -> Pathway:
    """Return the pathway in a file's content, whose key has to keep the rule.

    Raises FaultyPathways with every fault, by its place.
    """
    text = _text(content, file)
    written = read_yaml(text)
    data = written.data
    if not isinstance(data, dict):
        faults = list(_of_the_text(written, file))
        said = Sentence(_("holds no pathway; begin with 'key: …' and 'version: 1'"))
        raise FaultyPathways(first_of(faults or [Fault(file, _START, (), said)]))
    pathway, findings = _validated(data)
    findings += [*_of_key(data, rule), *findings_of_content(data)]
    faults = [*_of_the_text(written, file), *_in_place(findings, written, file)]
    if pathway is None or faults:
        raise FaultyPathways(first_of(faults))
    return pathway


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST:
        sentence = Sentence(
            _("is larger than %(most)s kB; this cannot be a pathway, name another file"),
            {"most": LARGEST // 1000},
        )
        raise FaultyPathways([Fault(file, _START, (), sentence)])
    if content.startswith(codecs.BOM_UTF8):
        said = _("begins with a byte order mark; save it as 'UTF-8' without one ('BOM')")
        raise FaultyPathways([Fault(file, _START, (), Sentence(said))])
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        sentence = Sentence(_("is not saved as UTF-8; save it again with that encoding"))
        raise FaultyPathways([Fault(file, place_in(before, len(before)), (), sentence)]) from None


def _validated(data: dict[str, Any]) -> tuple[Pathway | None, list[Finding]]:
    try:
        return Pathway.model_validate(data), []
    except ValidationError as error:
        return None, [
            (finding["loc"], sentence_of(finding))
            for finding in error.errors(include_url=False)
            # What is wrong with the whole is its order, which is looked at step by step.
            if (finding["loc"] or finding["type"] != "value_error")
            and not _counts_what_is_wrong(finding)
        ]


def _counts_what_is_wrong(finding: ErrorDetails) -> bool:
    """Tell whether a list is too short only because something in it is wrong, which is said."""
    written = finding["input"]
    is_short = finding["type"] == "too_short" and isinstance(written, list)
    return is_short and len(written) >= finding["ctx"]["min_length"]


def _of_key(data: dict[str, Any], rule: KeyRule) -> Iterator[Finding]:
    written = data.get("key")
    if isinstance(written, str) and (sentence := rule(written)):
        yield ("key",), sentence


def _of_the_text(written: Written, file: str) -> Iterator[Fault]:
    for trouble in written.troubles:
        yield Fault(file, trouble.place, (), trouble.sentence)


def _in_place(findings: list[Finding], written: Written, file: str) -> Iterator[Fault]:
    """Put each finding where it stands; what could not be read is a fault of its own."""
    named = set()
    for location, sentence in findings:
        at = as_written(location, written.data)
        said = (at, str(sentence))
        if said in named or any(at[:n] in written.broken for n in range(len(at) + 1)):
            continue
        named.add(said)
        yield Fault(file, place_of(written, at), way_to(at, written.data), sentence)
