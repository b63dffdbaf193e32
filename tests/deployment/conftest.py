"""The cluster of docker-compose.yml on PostgreSQL, Temporal and a mail server of this machine."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from service.bootstrap import container_for
from service.stack.ports import HOST, Ports
from service.startdata.load import load_directory, load_people
from tests.deployment.cluster import RunningCluster
from tests.deployment.compose import VALUES, read_compose
from tests.deployment.database import prepared_database
from tests.deployment.tools import CHECKOUT
from tests.stack.conftest import RunningServers
from tests.story.chromium import running_chromium

SCRIPT = CHECKOUT / "service" / "deployment" / "databases.sql"


@pytest.fixture(scope="session")
def services() -> dict[str, Any]:
    """The services of the file, with the values of somebody who set it up."""
    found: dict[str, Any] = read_compose(VALUES)["services"]
    return found


@pytest.fixture
async def cluster(servers: RunningServers, tmp_path: Path) -> AsyncIterator[RunningCluster]:
    """Two workers and two web processes behind the proxy, with the demo's people and agencies."""
    ports = Ports(tmp_path / "ports.json")
    address = f"https://localhost:{ports.of('proxy')}"
    services = read_compose({**VALUES, "NAHTLOS_PUBLIC_URL": address})["services"]
    for variable, name in (("HTTP", "http"), ("TEMPORAL_UI", "ui")):
        services["proxy"]["environment"][f"NAHTLOS_{variable}_PORT"] = str(ports.of(name))
    elsewhere = servers.run_file
    assert elsewhere.mail_page
    environment = services["database"]["environment"]
    async with prepared_database(tmp_path / "data", str(SCRIPT), environment) as port:
        cluster = RunningCluster(
            services,
            {
                "database:5432": f"{HOST}:{port}",
                "temporal:7233": elsewhere.settings["temporal_address"],
                "smtp://relay:587": elsewhere.settings["smtp_url"],
            },
            ports,
            elsewhere.mail_page,
            tmp_path,
        )
        try:
            cluster.start()
            async with container_for(cluster.settings()) as container:
                for load in (load_directory, load_people):
                    await load(container)
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Chromium."""
    async with running_chromium() as browser:
        yield browser
