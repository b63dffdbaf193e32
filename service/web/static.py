"""Static files: KERN-UX, htmx and our own, under addresses that change with their content."""

import hashlib
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ONE_YEAR = "public, max-age=31536000, immutable"


class FrontEndMissingError(Exception):
    """The front-end packages are not installed."""


class StaticFolders:
    """The folders that are served, each under its name."""

    def __init__(self, own: Path, node_modules: Path) -> None:
        """Take ``templates/static`` and ``node_modules``.

        Raises FrontEndMissingError when the front-end packages are not installed.
        """
        self._folders = {
            "kern": node_modules / "@kern-ux" / "native" / "dist",
            "htmx": node_modules / "htmx.org" / "dist",
            "own": own,
        }
        for folder in self._folders.values():
            if not folder.is_dir():
                raise FrontEndMissingError(f"{folder} is missing: run `make install`.")
        self._root = f"/static/{self._fingerprint()}"

    def address(self, path: str) -> str:
        """Return the address of a file, such as ``own/nahtlos.css``."""
        return f"{self._root}/{path}"

    def mount(self, app: FastAPI) -> None:
        """Serve the folders."""
        for name, folder in self._folders.items():
            # Compressed here only: pages hold secrets, and compressing those leaks (BREACH).
            app.mount(f"{self._root}/{name}", GZipMiddleware(_LongLived(directory=folder)))

    def _fingerprint(self) -> str:
        content = hashlib.sha256()
        for folder in self._folders.values():
            for file in sorted(folder.glob("**/*.[cjs][sv]*")):
                content.update(file.name.encode() + file.read_bytes())
        return content.hexdigest()[:12]


class _LongLived(StaticFiles):
    """Files that never change under their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = ONE_YEAR
        return response
