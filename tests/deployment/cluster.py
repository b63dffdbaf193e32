"""The services of docker-compose.yml, started by hand on one machine, each as the file says."""

import os
import ssl
import subprocess
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from service.settings import Settings
from service.stack.ports import HOST, Ports
from tests.deployment.compose import Service
from tests.deployment.tools import CHECKOUT, program
from tests.stack.conftest import PATIENCE, until

WEBS = ("web-1", "web-2")
WORKERS = ("worker-1", "worker-2")
CADDYFILE = CHECKOUT / "service" / "deployment" / "Caddyfile"
BETWEEN_CHECKS = 0.3  # seconds
MEASURING = {k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")}


class RunningCluster:
    """Two workers, two web processes and the proxy; ``servers`` tells where the servers are.

    ``servers`` gives for each address that the file names, such as ``database:5432``, the real one.
    """

    def __init__(
        self,
        services: Mapping[str, Any],
        servers: Mapping[str, str],
        ports: Ports,
        mail_page: str,
        directory: Path,
    ) -> None:
        self._mail_page = mail_page
        self._directory = directory
        self.webs = {name: ports.of(name) for name in WEBS}
        places = dict(servers) | {f"{name}:8000": f"{HOST}:{self.webs[name]}" for name in WEBS}
        self.services = {name: Service(content, places) for name, content in services.items()}
        for name, port in self.webs.items():
            own = {"0.0.0.0": HOST, "8000": str(port)}  # noqa: S104 - not here
            self.services[name] = Service(services[name], places | own)
        for name in WORKERS:
            own = {"0.0.0.0:9000": f"{HOST}:{ports.of(name)}"}
            own |= {f"{HOST}:9000": f"{HOST}:{ports.of(name)}"}
            self.services[name] = Service(services[name], places | own)
        self.address = services["proxy"]["environment"]["NAHTLOS_PUBLIC_URL"]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._closing = ExitStack()

    def start(self) -> None:
        """Migrate; start workers and web processes; when they are well, start the proxy."""
        self.run("migrate")
        for name in (*WORKERS, *WEBS):
            self.launch(name, self.services[name].command())
        self.run("reference-data")
        for name in (*WORKERS, *WEBS):
            self.until_well(name)
        proxy = self.services["proxy"]
        words = (word.replace("/etc/caddy/Caddyfile", str(CADDYFILE)) for word in proxy.command())
        self.launch("proxy", [program("caddy"), *list(words)[1:]], XDG_DATA_HOME=self._directory)
        until(self._proxy_answers, "the proxy answers")

    def launch(self, name: str, command: list[str], **more: object) -> None:
        """Start the process of a service."""
        environment = self.services[name].environment | MEASURING
        log = self._closing.enter_context((self._directory / f"{name}.log").open("ab"))
        self.processes[name] = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=self._directory,
            env=environment | {key: str(value) for key, value in more.items()},
        )

    def run(self, name: str, *words: str) -> str:
        """Run a service's command, or another one in its place, to its end."""
        service = self.services[name]
        done = subprocess.run(
            service.command(*words),
            capture_output=True,
            text=True,
            check=False,
            cwd=self._directory,
            env=service.environment | MEASURING,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def until_well(self, name: str) -> None:
        """Wait until the health check of a service says so."""
        service = self.services[name]

        def is_well() -> bool:
            check = subprocess.run(
                service.health_check, capture_output=True, check=False, env=service.environment
            )
            time.sleep(BETWEEN_CHECKS if check.returncode else 0)
            return check.returncode == 0

        until(is_well, f"{name} is well")

    def kill(self, name: str) -> None:
        """``kill -9`` a process; nobody starts it again."""
        self.processes[name].kill()
        self.processes[name].wait(PATIENCE)

    def stop(self) -> None:
        """Ask every process to end, the proxy first; return when all of them have ended."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            process.wait(PATIENCE)
        self._closing.close()

    def log(self, name: str) -> str:
        """What a process said."""
        return (self._directory / f"{name}.log").read_text()

    def settings(self) -> Settings:
        """Return where its servers are."""
        environment = self.services["migrate"].environment
        return Settings.model_validate(
            {
                key.removeprefix("NAHTLOS_").lower(): value
                for key, value in environment.items()
                if key.startswith("NAHTLOS_")
            }
        )

    def client(self) -> httpx.Client:
        """Return somebody who comes through the proxy and trusts its certificate."""
        own = self._directory / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        return httpx.Client(
            base_url=self.address, verify=ssl.create_default_context(cafile=own), timeout=30
        )

    def api(self, user: str) -> httpx.Client:
        """Return a program that acts for a user."""
        token = self.run("web-1", "token", "create", "--user", user).strip()
        client = self.client()
        client.base_url = client.base_url.join("/api/v1")
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def mails(self) -> list[dict[str, str]]:
        """Return every mail that was caught and is ours. A mail server keeps one of each id."""
        caught: list[dict[str, str]] = httpx.get(f"{self._mail_page}/messages.json").json()
        ours = {mail["message_id"]: mail for mail in caught if self.address in mail["body"]}
        return [*ours.values()]

    def _proxy_answers(self) -> bool:
        try:
            with self.client() as client:
                return client.get("/healthz").status_code == httpx.codes.OK
        except (httpx.HTTPError, OSError):
            return False
