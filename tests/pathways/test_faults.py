"""Each kind of fault in a pathway file is named with its place and what to do."""

from pathlib import Path

import pytest

from service.pathways.faults import FaultyPathways
from service.pathways.files import LARGEST, read_pathway, read_pathways
from tests.pathways.definitions import GOOD, write

ONE_FAULT = {
    "missing field": (
        "    legal_area: schooling\n",
        "",
        "steps > second > legal_area: is missing",
    ),
    "unknown field": (
        "    release: effect\n",
        "    releese: effect\n",
        "steps > second > releese: is not known here; check its spelling or take it out",
    ),
    "unknown legal area": (
        "legal_area: schooling",
        "legal_area: fishing",
        "steps > second > legal_area: is none of ours, which are: registration, residence,",
    ),
    "unknown release point": (
        "release: effect",
        "release: someday",
        "steps > second > release: must be one of: 'arrival' or 'effect'",
    ),
    "malformed term": (
        "respond: 5 working days",
        "respond: soon",
        "steps > second > terms > respond: 'soon' is no term: write '5 working days' or",
    ),
    "term without a unit": (
        "respond: 5 working days",
        "respond: 5",
        "steps > second > terms > respond: write '5 working days' or an ISO duration",
    ),
    "unknown term": (
        "respond: 5 working days",
        "replied: 5 working days",
        "steps > second > terms > replied: is not known here",
    ),
    "text in one language": (
        "title: {de: Klein, en: Small}",
        "title: {de: Klein}",
        "title > en: is missing",
    ),
    "text instead of texts": (
        "title: {de: Klein, en: Small}",
        "title: Klein",
        "title: write a text in each language: de and en",
    ),
    "empty text": (
        "title: {de: Klein, en: Small}",
        "title: {de: '', en: Small}",
        "title > de: must have at least 1 character",
    ),
    "word that YAML takes for something else": (
        "title: {de: Klein, en: Small}",
        "title: {de: Klein, en: No}",
        "title > en: must be a text; put it into quotation marks",
    ),
    "malformed key": (
        "key: second",
        "key: Zweite Station",
        "steps > Zweite Station > key: must be lower-case letters, digits and hyphens",
    ),
    "version that is no number": ("version: 1", "version: one", "version: must be a whole number"),
    "version zero": ("version: 1", "version: 0", "version: must be at least 1"),
    "key that is not the file's name": (
        "key: small",
        "key: smaller",
        "key: is 'smaller', but the file is named after 'small'; make both equal",
    ),
    "two steps of one name": ("key: second", "key: first", "step keys must be unique: first"),
    "step after an unknown one": (
        "after: [first]",
        "after: [zeroth]",
        "step 'second' comes after unknown zeroth",
    ),
    "steps in a circle": (
        "after: [first]",
        "after: [second]",
        "these steps wait for each other: second",
    ),
    "malformed order": (
        "after: [first]",
        "after: first",
        "steps > second > after: write a list of steps, or 'all:' or 'any:' followed by one",
    ),
    "steps that are no list": (
        "    release: effect\n",
        "    release: effect\n    fields: name\n",
        "steps > second > fields: must be a list",
    ),
    "field that is not passed on": (
        "    release: effect\n",
        "    release: effect\n    fields: [shoe_size]\n",
        "steps > second > fields > no. 1: must be one of: 'name', 'birth_date',",
    ),
    "rule that ends before it begins": (
        "valid_to: null",
        "valid_to: 2019-12-31",
        "steps > first > legal_basis > § 1 BGB: ends before it begins",
    ),
    "date that is none": (
        "valid_from: 2020-01-01",
        "valid_from: someday",
        "steps > first > legal_basis > no. 1 > valid_from: must be a date like 2026-01-31",
    ),
    "day that does not exist": (
        "valid_from: 2020-01-01",
        "valid_from: 2020-02-30",
        "contains a date that does not exist",
    ),
    "tick that is none": (
        "checked: false",
        "checked: perhaps",
        "steps > first > legal_basis > no. 1 > checked: must be true or false",
    ),
    "key that stands there twice": (
        "version: 1",
        "version: 1\nversion: 2",
        "line 3, column 1: 'version' stands here twice, keep one of both",
    ),
    "reference": (
        "title: {de: Klein, en: Small}",
        "title: &t {de: Klein, en: Small}\nsecond_title: *t",
        "references (*name) are not allowed, write the content out",
    ),
    "program code": (
        "version: 1",
        "version: !!python/object/apply:os.getcwd []",
        "could not determine a constructor for the tag",
    ),
    "broken YAML": ("after: [first]", "after: [first", "line 15, column 10: expected ',' or ']'"),
}


@pytest.mark.parametrize(("good", "bad", "sentence"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, good: str, bad: str, sentence: str
) -> None:
    assert good in GOOD
    with pytest.raises(FaultyPathways) as faulty:
        read_pathway(write(tmp_path, GOOD.replace(good, bad)))

    [fault] = faulty.value.faults
    assert fault.file == "small.yaml"
    assert sentence in str(fault)


WHOLE_FILES = {
    "nothing": (b"", "holds no pathway"),
    "a list": (b"- 1\n", "holds no pathway"),
    "another encoding": ("key: Stra\u00dfe".encode("latin-1"), "is not saved as UTF-8"),
    "control characters": (b"key: \x00", "contains characters that are not allowed"),
    "far too deep": (b"[" * 3000, "is nested too deeply"),
    "far too large": (b"#" * (LARGEST + 1), "is larger than a megabyte"),
    "a key that is a list": (b"? [a]\n: b\n", "unhashable key"),
    "two documents": (b"key: a\n---\nkey: b\n", "another document"),
}


@pytest.mark.parametrize(("content", "sentence"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_is_no_pathway_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "small.yaml"
    file.write_bytes(content)
    with pytest.raises(FaultyPathways, match=sentence) as faulty:
        read_pathway(file)
    assert len(faulty.value.faults) == 1


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyPathways, match=r"small\.yaml: cannot be read: No such file"):
        read_pathway(tmp_path / "small.yaml")


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    first = write(
        tmp_path, GOOD.replace("version: 1", "version: 0").replace("residence", "fishing")
    )
    second = write(tmp_path, GOOD.replace("effect", "someday"), "other.yaml")
    with pytest.raises(FaultyPathways) as faulty:
        read_pathways([first, second])

    assert [(fault.file, fault.field) for fault in faulty.value.faults] == [
        ("small.yaml", "steps > first > legal_area"),
        ("small.yaml", "version"),
        ("other.yaml", "key"),
        ("other.yaml", "steps > second > release"),
    ]


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    pathway = read_pathway(write(tmp_path))

    assert [step.key for step in pathway.steps] == ["first", "second"]
    assert pathway.step("second").after.steps == ("first",)
    assert str(pathway.step("second").terms.arrive) == "PT4H"
