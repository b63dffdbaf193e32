"""The README's loop by curl does what it says."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.story.nahtlos import RunningNahtlos

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
CHECKOUT = Path(__file__).parents[2]


@needs_curl
def test_the_loop_by_curl_runs_as_it_stands_in_the_readme(demo: RunningNahtlos) -> None:
    readme = (CHECKOUT / "README.md").read_text()
    script = readme.split("```sh\n")[1].split("```")[0]

    done = subprocess.run(
        ("/bin/bash", "-euo", "pipefail", "-c", script),
        cwd=CHECKOUT,
        env=os.environ | {"DATA": str(demo.data), "ADDRESS": demo.address},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:4] == ["received", "accepted", "in-progress", "completed"]
    assert "'action': 'complete'" in lines[4]
    assert (
        "'key': 'basic-income', 'version': 1, 'legal_area': 'basic-income', 'status': 'due'"
        in lines[5]
    )
