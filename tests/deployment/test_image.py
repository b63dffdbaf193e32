"""The Dockerfile: what a linter says, and whether it builds from what is pinned."""

import re
import subprocess

from tests.deployment.compose import image_instruction
from tests.deployment.tools import CHECKOUT, program

DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()


def test_the_linter_finds_nothing() -> None:
    done = subprocess.run(
        (program("hadolint"), "--no-fail", str(CHECKOUT / "Dockerfile")),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == ""


def test_it_runs_unprivileged_and_tells_how_it_is() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]

    user, group = re.findall(r"^USER (\d+):(\d+)$", final, re.MULTILINE)[0]
    assert int(user) > 0
    assert int(group) > 0
    assert "HEALTHCHECK" in final
    assert image_instruction("ENTRYPOINT") == ["nahtlos"]
    assert image_instruction("CMD")[0] == "web"


def test_it_installs_what_is_pinned_and_nothing_else() -> None:
    installs = re.findall(r"(?:pip install|npm-cli\.js\" \\\n\s+\w+) (.+)", DOCKERFILE)

    assert len(installs) == 4
    for what in installs:
        assert what.startswith(("--require-hashes", "--no-deps", "--omit=dev")), what


def test_what_it_copies_is_let_through_and_there() -> None:
    let_through = re.findall(r"^!(.+)$", (CHECKOUT / ".dockerignore").read_text(), re.MULTILINE)
    copied = {
        source
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in sources.split()
    }

    assert copied == set(let_through)
    assert all((CHECKOUT / source).exists() for source in copied)
