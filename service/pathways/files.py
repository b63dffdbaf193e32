"""Pathway files: one YAML file for each pathway, named after its key."""

from collections.abc import Iterable
from pathlib import Path

from service.pathways.checking import LARGEST, check_pathway
from service.pathways.faults import Fault, FaultyPathways
from workflows.domain.pathway import Pathway

SHIPPED = Path(__file__).parents[2] / "templates" / "pathways"
"""The definitions that come with Nahtlos."""


def shipped_files() -> list[Path]:
    """Return the files that come with Nahtlos, by name."""
    return sorted(SHIPPED.glob("*.yaml"))


def read_pathways(files: Iterable[Path]) -> list[Pathway]:
    """Return the definitions in the files.

    Raises FaultyPathways with every fault of every file, so that one look is enough.
    """
    pathways: list[Pathway] = []
    faults: list[Fault] = []
    for file in files:
        try:
            pathways.append(read_pathway(file))
        except FaultyPathways as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyPathways(faults)
    return pathways


def read_pathway(file: Path) -> Pathway:
    """Return the definition in the file. Raises FaultyPathways with every fault in it."""
    return check_pathway(_content(file), str(file), file.stem)


def _content(file: Path) -> bytes:
    """Return what is in the file, and of one that is too large only so much that this shows."""
    try:
        if file.exists() and not file.is_file():
            sentence = "is not a file; name a file that ends in .yaml"
            raise FaultyPathways([Fault(str(file), None, "", sentence)])
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        sentence = f"cannot be read: {error.strerror}; check its name and who may read it"
        raise FaultyPathways([Fault(str(file), None, "", sentence)]) from None
