"""docker-compose.yml keeps the rules that we set for it. Docker Compose itself reads it."""

import re
from typing import Any

import pytest

from service.settings import Settings
from tests.deployment.compose import VALUES, compose, read_compose
from tests.deployment.tools import CHECKOUT

Services = dict[str, Any]
ONCE = {"migrate", "reference-data", "temporal-schema", "temporal-namespace"}
OWN = {"migrate", "reference-data", "web-1", "web-2", "worker-1", "worker-2"}
ROOT_WITH_FEW_RIGHTS = {
    "proxy": {"NET_BIND_SERVICE"},
    "relay": {
        *("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE"),
        *("SETGID", "SETUID", "SYS_CHROOT"),
    },
}
WRITES_ITS_CONFIGURATION = {"relay", "temporal-ui"}


def test_nothing_is_left_to_guess_but_what_env_example_asks_for() -> None:
    example = (CHECKOUT / ".env.example").read_text()
    asked = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))

    assert compose(VALUES, "--quiet").stderr == ""
    assert asked.keys() >= VALUES.keys()
    assert not any(value for name, value in asked.items() if "PASSWORD" in name)


@pytest.mark.parametrize("missing", sorted(VALUES))
def test_what_is_not_set_is_asked_for_in_words(missing: str) -> None:
    done = compose({k: v for k, v in VALUES.items() if k != missing}, "--quiet")

    assert done.returncode != 0
    assert re.search(f"required variable {missing} is missing a value: [a-z]+ .{{10}}", done.stderr)


def test_two_workers_and_two_web_processes_are_alike(services: Services) -> None:
    for kind in ("worker", "web"):
        first, second = (dict(services[f"{kind}-{number}"]) for number in (1, 2))
        assert first == second
        assert first["command"][0] == kind


def test_images_have_exact_versions_and_come_from_nowhere_in_particular(services: Services) -> None:
    for name, service in services.items():
        image, _, version = service["image"].partition(":")
        assert re.match(r"v?\d+\.\d+", version), name
        assert "." not in image.split("/")[0], f"{name} names a registry"


def test_only_the_proxy_can_be_reached(services: Services) -> None:
    networks = read_compose(VALUES)["networks"]
    closed = {name for name, network in networks.items() if network.get("internal")}

    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}
    reach_out = {n for n, service in services.items() if not service["networks"].keys() <= closed}
    assert reach_out == {"proxy", "relay"}
    assert not services["proxy"]["networks"].keys() & services["database"]["networks"].keys()
    for port in services["proxy"]["ports"]:
        assert port["target"] in {80, 443} or port["host_ip"] == "127.0.0.1"


def test_nobody_has_more_rights_than_needed(services: Services) -> None:
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert set(service.get("cap_add", ())) == ROOT_WITH_FEW_RIGHTS.get(name, set()), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("read_only", False) is (name not in WRITES_ITS_CONFIGURATION), name


def test_every_service_is_kept_running_within_bounds(services: Services) -> None:
    for name, service in services.items():
        limits = service["deploy"]["resources"]["limits"]
        assert limits.keys() == {"cpus", "memory", "pids"}, name
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name
        if name in ONCE:
            assert service["restart"].startswith("on-failure"), name
        else:
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name


def test_only_migrations_know_the_owner_of_the_tables(services: Services) -> None:
    knows = {
        name
        for name, service in services.items()
        if VALUES["NAHTLOS_OWNER_PASSWORD"] in str(service["environment"])
    }

    assert knows == {"migrate", "database"}


def test_every_setting_of_ours_is_one(services: Services) -> None:
    known = {f"NAHTLOS_{name.upper()}" for name in Settings.model_fields}
    given = {name for service in OWN for name in services[service]["environment"]}

    assert {name for name in given if name.startswith("NAHTLOS_")} <= known


def test_every_file_that_is_mounted_is_there(services: Services) -> None:
    sources = [
        volume["source"]
        for service in services.values()
        for volume in service.get("volumes", ())
        if volume["type"] == "bind"
    ]

    assert len(sources) == 3
    for source in sources:
        assert (CHECKOUT / source).is_file(), source
