"""The outside programs that these tests run: they come from wheels, beside Python."""

import os
import shutil
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
BESIDE_PYTHON = Path(sys.executable).parent


def program(name: str) -> str:
    """Return where a program is; fail with a sentence if it is nowhere."""
    found = shutil.which(name, path=f"{BESIDE_PYTHON}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.fail(f"The program `{name}` is missing: run `make install`.")
    return found
