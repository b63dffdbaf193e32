"""Each kind of fault in a pathway file is named with its line, its column and what to do."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.pathways.checking import LARGEST
from service.pathways.faults import MOST_FAULTS, FaultyPathways
from service.pathways.files import read_pathway, read_pathways
from tests.pathways.broken import BROKEN, Broken
from tests.pathways.definitions import GOOD, write

MOST_SECONDS = 2.0
"""Of the processor: the machine may be busy with something else."""


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named_with_its_place_and_what_to_write(tmp_path: Path, broken: Broken) -> None:
    file = tmp_path / "small.yaml"
    file.write_bytes(broken.content)
    begin = time.process_time()
    with pytest.raises(FaultyPathways) as faulty:
        read_pathway(file)

    assert time.process_time() - begin < MOST_SECONDS
    lines = str(faulty.value).splitlines()
    assert len(lines) == broken.faults
    assert [line for line in lines if line.startswith(f"{file}:{broken.place}: ")] != []
    assert any(broken.sentence in line for line in lines if f":{broken.place}: " in line)


def test_the_command_names_the_faults_of_all_of_them_without_a_traceback(tmp_path: Path) -> None:
    assert len(BROKEN) >= 60
    for number, broken in enumerate(BROKEN.values()):
        (tmp_path / f"broken-{number}.yaml").write_bytes(broken.content)
    files = sorted(tmp_path.iterdir())
    command = [sys.executable, "-m", "service.cli", "pathways", "check", *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stdout == ""
    named = {line.split(".yaml:")[0] for line in ended.stderr.splitlines()}
    assert named == {str(file).removesuffix(".yaml") for file in files}


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyPathways, match=r"small\.yaml: cannot be read: No such file"):
        read_pathway(tmp_path / "small.yaml")


@pytest.mark.parametrize("name", ["folder.yaml", "device.yaml"])
def test_what_is_no_file_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    with pytest.raises(FaultyPathways, match="is not a file; name a file that ends in"):
        read_pathway(tmp_path / name)


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    comment = "#" * (LARGEST - len(GOOD.encode()))
    assert read_pathway(write(tmp_path, GOOD + comment)).key == "small"


def test_every_fault_of_every_file_is_named_at_once_and_in_its_order(tmp_path: Path) -> None:
    first = write(
        tmp_path, GOOD.replace("version: 1", "version: 0").replace("residence", "fishing")
    )
    second = write(
        tmp_path,
        GOOD.replace("effect", "someday").replace("de: Klein", "de: *klein").replace("PT4H", "x"),
        "other.yaml",
    )
    with pytest.raises(FaultyPathways) as faulty:
        read_pathways([first, second])

    assert [(Path(fault.file).name, fault.field) for fault in faulty.value.faults] == [
        ("small.yaml", "version"),
        ("small.yaml", "steps > first > legal_area"),
        ("other.yaml", "key"),
        ("other.yaml", ""),
        ("other.yaml", "steps > second > terms > arrive"),
        ("other.yaml", "steps > second > release"),
    ]


def test_a_step_that_cannot_be_read_does_not_make_others_wrong(tmp_path: Path) -> None:
    with pytest.raises(FaultyPathways) as faulty:
        read_pathway(
            write(tmp_path, GOOD.replace("title: {de: Erste Station, en: First step}", ""))
        )
    [fault] = faulty.value.faults
    assert fault.field == "steps > first > title"


def test_a_pathway_whose_only_step_is_wrong_has_a_step(tmp_path: Path) -> None:
    only = GOOD.split("  - key: second")[0].replace("residence", "fishing")
    with pytest.raises(FaultyPathways) as faulty:
        read_pathway(write(tmp_path, only.replace("[]", "none")))
    assert [fault.field for fault in faulty.value.faults] == [
        "steps > first > legal_area",
        "steps > first > statutes",
    ]


def test_of_very_many_faults_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    wrong = "".join(f"wrong-{number}: 1\n" for number in range(MOST_FAULTS + 20))
    with pytest.raises(FaultyPathways) as faulty:
        read_pathway(write(tmp_path, wrong + GOOD))
    assert len(faulty.value.faults) == MOST_FAULTS + 1
    assert str(faulty.value.faults[-1]).endswith(
        "small.yaml:101:1: 20 more faults from here on; mend those above first"
    )


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    pathway = read_pathway(write(tmp_path))

    assert [step.key for step in pathway.steps] == ["first", "second"]
    assert pathway.step("second").after.steps == ("first",)
    assert str(pathway.step("second").terms.arrive) == "PT4H"


def test_a_reminder_counted_in_hours_is_not_compared_with_working_days(tmp_path: Path) -> None:
    terms = "terms: {respond: 1 working day, remind_before: PT90H}"
    text = GOOD.replace("terms: {respond: 5 working days, arrive: PT4H}", terms)
    assert str(read_pathway(write(tmp_path, text)).step("second").terms.remind_before) == "P3DT18H"
