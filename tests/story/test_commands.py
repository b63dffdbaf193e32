"""The command line beside a running Nahtlos."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.stack.conftest import without_settings
from tests.story.nahtlos import RunningNahtlos
from workflows.domain.principal import Role


def test_users_are_listed_with_role_and_house(demo: RunningNahtlos) -> None:
    users = {row["user"]: row for row in json.loads(demo.command("users", "list", "--json"))}

    assert users["anna"] == {
        "user": "anna",
        "role": "case_manager",
        "agency": None,
        "office": "kim-stadt",
    }
    assert users["jonas"]["agency"] == "jobcenter-paderborn"
    assert {row["role"] for row in users.values()} == set(Role) - {Role.SYSTEM}


def test_a_token_is_printed_alone_and_opens_the_interface(demo: RunningNahtlos) -> None:
    token = demo.command("token", "create", "--user", "anna").strip()

    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{demo.address}/api/v1/pathways", headers=headers)

    assert " " not in token
    assert answer.status_code == 200


def test_an_added_user_can_have_a_token(demo: RunningNahtlos) -> None:
    demo.command(
        *("users", "add", "greta", "--role", "agency_member", "--agency", "gesundheitsamt"),
        *("--display-name", "Greta Grün", "--email", "greta@example.org", "--password", "x" * 12),
    )

    assert demo.command("token", "create", "--user", "greta").strip()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("token", "create", "--user", "nobody"), "There is no user 'nobody'"),
        (
            (
                *("users", "add", "anna", "--role", "client", "--display-name", "Anna"),
                *("--email", "a@example.org", "--password", "x"),
            ),
            "'anna' cannot be added",
        ),
        (
            (
                *("users", "add", "zoe", "--role", "agency_member", "--agency", "nowhere"),
                *("--display-name", "Zoe", "--email", "z@example.org", "--password", "x"),
            ),
            "There is no agency 'nowhere'",
        ),
    ],
)
def test_a_failure_is_one_sentence(
    demo: RunningNahtlos, words: tuple[str, ...], sentence: str
) -> None:
    done = _nahtlos(*words, "--data", str(demo.data))

    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_commands_need_a_running_nahtlos_or_settings(tmp_path: Path) -> None:
    done = _nahtlos("users", "list", "--data", str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.startswith("No Nahtlos is running on ")


def test_a_rebuild_of_a_running_engine_starts_nothing(demo: RunningNahtlos) -> None:
    assert demo.command("engine", "rebuild") == "started: 0\n"


def _nahtlos(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "service.cli", *words),
        capture_output=True,
        text=True,
        check=False,
        env=without_settings(),
    )
