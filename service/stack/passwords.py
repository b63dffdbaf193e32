"""Random passwords of the database roles, kept in a private file."""

import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from service.stack.files import read_json, write_json


@dataclass(frozen=True)
class Passwords:
    """One password for each database role."""

    superuser: str
    owner: str
    application: str

    @classmethod
    def kept_in(cls, file: Path) -> "Passwords":
        """Return the passwords in `file`, which are drawn at the first start."""
        known = read_json(file)
        if not known:
            drawn = cls(*(secrets.token_urlsafe(24) for _ in range(3)))
            write_json(file, asdict(drawn))
            return drawn
        return cls(**known)
