"""Pathway files: one YAML file for each pathway, named after its key."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from service.pathways.faults import Fault, FaultyPathways, faults_of, faults_of_content
from service.pathways.plain_yaml import NotReadable, read_yaml
from workflows.domain.pathway import Pathway

SHIPPED = Path(__file__).parents[2] / "templates" / "pathways"
"""The definitions that come with Nahtlos."""

LARGEST = 1_000_000
"""Bytes. A definition is a few kilobytes; whatever is larger was meant to be something else."""


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
    data = _read(file)
    if not isinstance(data, dict):
        raise FaultyPathways([Fault(file.name, "", "holds no pathway; it begins with 'key: …'")])
    faults = [*_faults_of_name(data, file), *faults_of_content(data, file.name)]
    try:
        pathway = Pathway.model_validate(data)
    except ValidationError as error:
        faults += faults_of(error, data, file.name)
        raise FaultyPathways(faults) from None
    if faults:
        raise FaultyPathways(faults)
    return pathway


def _faults_of_name(data: dict[str, Any], file: Path) -> Iterator[Fault]:
    key = data.get("key")
    if isinstance(key, str) and key != file.stem:
        sentence = f"is '{key}', but the file is named after '{file.stem}'; make both equal"
        yield Fault(file.name, "key", sentence)


def _read(file: Path) -> object:
    try:
        if file.stat().st_size <= LARGEST:
            return read_yaml(file.read_text(encoding="utf-8"))
        sentence = "is larger than a megabyte; this cannot be a pathway"
    except NotReadable as error:
        sentence = str(error)
    except UnicodeDecodeError:
        sentence = "is not saved as UTF-8; save it again with that encoding"
    except OSError as error:
        sentence = f"cannot be read: {error.strerror}"
    raise FaultyPathways([Fault(file.name, "", sentence)])
