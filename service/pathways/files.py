"""Pathway files: one YAML file for each pathway, named after its key."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from service.pathways.checking import LARGEST, check_pathway, named_after
from service.pathways.faults import Fault, FaultyPathways
from service.pathways.sentences import Sentence
from service.web.i18n import _
from workflows.domain.pathway import Pathway

SHIPPED = Path(__file__).parents[2] / "templates" / "pathways"
"""The definitions that come with Nahtlos."""


@dataclass(frozen=True)
class Source:
    """A definition, and the text of its file."""

    pathway: Pathway
    text: str


def shipped_files() -> list[Path]:
    """Return the files that come with Nahtlos, by name."""
    return sorted(SHIPPED.glob("*.yaml"))


def read_pathways(files: Iterable[Path]) -> list[Pathway]:
    """Return the definitions in the files.

    Raises FaultyPathways with every fault of every file, so that one look is enough.
    """
    return [source.pathway for source in read_sources(files)]


def read_sources(files: Iterable[Path]) -> list[Source]:
    """Return the definitions in the files, with their texts. Raises what read_pathways does."""
    sources: list[Source] = []
    faults: list[Fault] = []
    for file in files:
        try:
            sources.append(_source(file))
        except FaultyPathways as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyPathways(faults)
    return sources


def read_pathway(file: Path) -> Pathway:
    """Return the definition in the file. Raises FaultyPathways with every fault in it."""
    return _source(file).pathway


def _source(file: Path) -> Source:
    content = _content(file)
    pathway = check_pathway(content, str(file), named_after(file.stem))
    return Source(pathway, content.decode())


def _content(file: Path) -> bytes:
    """Return what is in the file, and of one that is too large only so much that this shows."""
    try:
        if file.exists() and not file.is_file():
            sentence = Sentence(_("is not a file; name a file that ends in .yaml"))
            raise FaultyPathways([Fault(str(file), None, (), sentence)])
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        sentence = Sentence(
            _("cannot be read: %(why)s; check its name and who may read it"),
            {"why": str(error.strerror)},
        )
        raise FaultyPathways([Fault(str(file), None, (), sentence)]) from None
