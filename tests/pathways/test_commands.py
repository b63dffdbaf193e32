"""`nahtlos pathways`."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from service.cli.pathways import add_to
from service.failure import Failure
from tests.pathways.definitions import GOOD, write


def run(*arguments: str) -> Result:
    app = typer.Typer()
    add_to(app)
    return CliRunner().invoke(app, ["pathways", *arguments])


def test_the_shipped_pathways_pass_the_check() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "school-entry, version 2: 4 steps, no fault" in result.stdout


def test_a_file_of_ones_own_is_checked(tmp_path: Path) -> None:
    assert run("check", str(write(tmp_path))).stdout == "small, version 1: 2 steps, no fault\n"


def test_faults_are_a_failure_with_a_line_each(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD.replace("version: 1", "version: 0").replace("schooling", "fishing"))
    result = run("check", str(file))
    assert isinstance(result.exception, Failure)
    lines = str(result.exception).splitlines()
    assert [line.removeprefix(str(file)).split(" ")[0] for line in lines] == [":2:1:", ":14:5:"]


def test_a_pathway_is_shown_with_its_order_terms_and_unchecked_rules() -> None:
    shown = run("show", "benefit-change").stdout
    assert "begins       after residence-title or end-of-asylum-benefits" in shown
    assert "respond 5 working days" in shown
    assert "§ 37 Abs. 2 SGB II (from 2011-01-01, unchecked)" in shown
    assert "permitted by consent only" in shown
    assert "begins       after end-of-asylum-benefits and basic-income" in shown
    assert "begins       at once" in shown


def test_conditions_choices_and_whom_a_step_is_about_are_shown() -> None:
    shown = run("show", "moving").stdout
    assert "only if      has-child-of-school-age" in shown
    assert "is about     each child of the household" in shown
    assert "optional     it may be left out without a reason" in shown


@pytest.mark.parametrize("key", ["nowhere", "../pathways/arrival"])
def test_an_unknown_pathway_is_a_failure_that_names_the_others(key: str) -> None:
    result = run("show", key)
    assert isinstance(result.exception, Failure)
    assert "choose one of arrival, benefit-change, day-care, housing" in str(result.exception)
