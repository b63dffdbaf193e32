"""docker-compose.yml as Docker Compose itself reads it, and the image that it builds."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from tests.deployment.tools import BESIDE_PYTHON, CHECKOUT, program

VALUES = {
    "NAHTLOS_PUBLIC_URL": "https://localhost",
    "NAHTLOS_TLS": "internal",
    "NAHTLOS_MAIL_FROM": "nahtlos@example.org",
    "NAHTLOS_MAIL_DOMAIN": "example.org",
    "RELAY_HOST": "[mail.example.org]:587",
    "POSTGRES_PASSWORD": "administrator1",
    "NAHTLOS_OWNER_PASSWORD": "owner1",
    "NAHTLOS_APP_PASSWORD": "application1",
    "TEMPORAL_DATABASE_PASSWORD": "temporal1",
}
"""What somebody who sets it up has to say."""


def compose(values: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run `docker-compose config` with these values in the environment, and no .env file."""
    return subprocess.run(
        (
            *(program("docker-compose"), "--project-directory", str(CHECKOUT)),
            *("--env-file", "/dev/null", "config", *words),
        ),
        capture_output=True,
        text=True,
        check=False,
        env=dict(values),
    )


def read_compose(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the whole file with every variable and default filled in."""
    done = compose(values, "--format", "json")
    assert done.returncode == 0, done.stderr
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def image_instruction(name: str) -> list[str]:
    """Return the words of the Dockerfile's last instruction of that name, in its list form."""
    lines = (CHECKOUT / "Dockerfile").read_text().replace("\\\n", "").splitlines()
    [*_, last] = [line for line in lines if line.startswith(f"{name} [")]
    words: list[str] = json.loads(last.removeprefix(name))
    return words


@dataclass(frozen=True)
class Service:
    """A service of the file, started by hand: what it names is where `places` says."""

    content: Mapping[str, Any]
    places: Mapping[str, str]

    def _here(self, text: str) -> str:
        return reduce(lambda seen, place: seen.replace(*place), self.places.items(), text)

    @property
    def environment(self) -> dict[str, str]:
        """The service's environment, and nothing else of ours."""
        given = {k: v for k, v in self.content["environment"].items() if v is not None}
        return {k: self._here(v) for k, v in given.items()} | {"PATH": f"{BESIDE_PYTHON}:/usr/bin"}

    def command(self, *words: str) -> list[str]:
        """The entry point with the service's words, or with these instead."""
        entry = self.content.get("entrypoint") or []
        if "build" in self.content:
            entry = image_instruction("ENTRYPOINT")
        return [*entry, *(self._here(word) for word in words or self.content["command"])]

    @property
    def health_check(self) -> list[str]:
        """The command that tells whether the service is well."""
        kind, *words = self.content["healthcheck"]["test"]
        assert kind == "CMD"
        return [self._here(word) for word in words]
