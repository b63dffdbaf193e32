"""Lists of cases and agencies on the command line."""

import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from tests.stack.conftest import without_settings
from tests.story.nahtlos import RunningNahtlos
from tests.takeover.lists import workbook

CASE = {
    "Aktenzeichen": "KIM-1",
    "Vorname": "Amal",
    "Nachname": "Beispiel",
    "Geburtsdatum": "03.02.1991",
    "Gemeinde": "Delbrück",
    "Case Management": "bernd",
    "Integrationspfad": "Wechsel vom Sozialamt zum Jobcenter",
    "Station": "Grundsicherung beim Jobcenter",
    "Stelle": "Jobcenter Kreis Paderborn",
    "Angefragt am": "03.11.2025",
    "Grundlage": "§ 69 Abs. 1 Nr. 1 SGB X",
}
FAULTY = CASE | {"Aktenzeichen": "KIM-2", "Stelle": "Jobzenter Kreis Paderborn"}
AGENCY = {
    "Schlüssel": "jugendamt-test",
    "Name": "Jugendamt",
    "Rechtsbereich": "Kinder- und Jugendhilfe",
    "Gemeinden": "alle",
    "Telefon": "05251 000-1",
}


def test_cases_come_in_once_and_faulty_rows_are_reported(
    demo: RunningNahtlos, tmp_path: Path
) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook([CASE, FAULTY]))

    tried = _nahtlos(demo, "cases", "import", str(file), "--dry-run", language="de_DE.UTF-8")
    first = _nahtlos(demo, "cases", "import", str(file))
    second = _nahtlos(demo, "cases", "import", str(file))

    assert (tried.returncode, first.returncode, second.returncode) == (1, 1, 1)
    assert "Es gibt keine Stelle „Jobzenter Kreis Paderborn“." in tried.stdout
    assert "There is no agency “Jobzenter Kreis Paderborn”." in first.stdout
    assert "Cases" in first.stderr
    assert tried.stdout.endswith(
        "2 rows: 1 cases would be taken over, 0 rows here before, 1 rows refused\n"
    )
    assert first.stdout.endswith("2 rows: 1 cases taken over, 0 rows here before, 1 rows refused\n")
    assert second.stdout.endswith(
        "2 rows: 0 cases taken over, 1 rows here before, 1 rows refused\n"
    )


def test_agencies_come_in_once(demo: RunningNahtlos, tmp_path: Path) -> None:
    file = tmp_path / "agencies.xlsx"
    file.write_bytes(workbook([AGENCY], list(AGENCY)))

    first = _nahtlos(demo, "agencies", "import", str(file))
    second = _nahtlos(demo, "agencies", "import", str(file))

    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == "1 rows: 1 new, 0 changed, 0 unchanged, 0 refused\n"
    assert second.stdout == "1 rows: 0 new, 0 changed, 1 unchanged, 0 refused\n"


def test_a_template_can_be_written(demo: RunningNahtlos, tmp_path: Path) -> None:
    file = tmp_path / "template.xlsx"

    assert _nahtlos(demo, "cases", "template", str(file)).returncode == 0

    assert len(load_workbook(file).sheetnames) == 3


def test_a_file_that_cannot_be_read_is_one_sentence(demo: RunningNahtlos, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_000)

    too_large = _nahtlos(demo, "cases", "import", str(large))
    nowhere = _nahtlos(demo, "agencies", "import", str(tmp_path / "nowhere.csv"))

    assert too_large.stderr.startswith("The file is larger than 10 MB: ")
    assert nowhere.stderr.endswith("cannot be read: No such file or directory.\n")
    for done in (too_large, nowhere):
        assert done.returncode == 1
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)


def _nahtlos(
    demo: RunningNahtlos, *words: str, language: str = "C.UTF-8"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "service.cli", *words, "--data", str(demo.data)),
        capture_output=True,
        text=True,
        check=False,
        env=without_settings() | {"LC_ALL": language, "PYTHONUTF8": "1"},
    )
