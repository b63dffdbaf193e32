from pathlib import Path

from pydantic import SecretStr

from service.settings import Settings
from service.stack.layout import DataDirectory
from service.stack.stack import Stack

EXTERNAL = Settings(
    database_url=SecretStr("postgresql://application@database.example/nahtlos"),
    database_owner_url=SecretStr("postgresql://owner@database.example/nahtlos"),
    temporal_address="engine.example:7233",
    smtp_url=SecretStr("smtps://user:password@mail.example:465"),
)


def stack_with(settings: Settings, directory: Path) -> Stack:
    return Stack(DataDirectory.create(directory), settings, 0, lambda _: None)


def test_what_the_settings_name_is_not_started(tmp_path: Path) -> None:
    assert stack_with(EXTERNAL, tmp_path).servers == []


def test_only_what_is_missing_is_started(tmp_path: Path) -> None:
    settings = EXTERNAL.model_copy(update={"smtp_url": None})
    assert [server.name for server in stack_with(settings, tmp_path).servers] == ["mail"]


def test_our_programs_are_told_of_the_external_services(tmp_path: Path) -> None:
    environment = stack_with(EXTERNAL, tmp_path).environment()
    assert environment["NAHTLOS_DATABASE_URL"].endswith("application@database.example/nahtlos")
    assert environment["NAHTLOS_TEMPORAL_ADDRESS"] == "engine.example:7233"
    assert environment["NAHTLOS_SMTP_URL"].endswith("@mail.example:465")


def test_only_the_migration_gets_the_owners_address(tmp_path: Path) -> None:
    stack = stack_with(EXTERNAL, tmp_path)
    assert "NAHTLOS_DATABASE_OWNER_URL" not in stack.environment()
    assert "NAHTLOS_DATABASE_OWNER_URL" in stack.environment(as_owner=True)


def test_people_reach_the_pages_at_the_web_servers_address(tmp_path: Path) -> None:
    stack = stack_with(EXTERNAL, tmp_path)
    assert stack.environment()["NAHTLOS_PUBLIC_URL"] == stack.address


def test_a_public_address_that_is_set_stays(tmp_path: Path) -> None:
    settings = Settings(public_url="https://nahtlos.example")
    assert stack_with(settings, tmp_path).settings()["public_url"] == "https://nahtlos.example"
