"""What is kept of passwords and secrets."""

import pytest

from service.accounts.passwords import hash_password, is_outdated, password_matches
from service.accounts.people import NewUser
from service.accounts.secrets import digest, new_secret
from workflows.domain.principal import Role


async def test_a_password_matches_its_own_hash_only() -> None:
    stored = await hash_password("Füße hoch")
    assert stored.startswith("$argon2id$")
    assert "Füße" not in stored
    assert await password_matches("Füße hoch", stored)
    assert not await password_matches("Fuesse hoch", stored)
    assert not is_outdated(stored)


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "x" * 100_000])
async def test_odd_passwords_are_just_wrong(odd: str) -> None:
    assert not await password_matches(odd, await hash_password("right"))


async def test_a_damaged_hash_matches_nothing() -> None:
    assert not await password_matches("right", "damaged")


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(secret) >= 43 for secret in secrets)
    assert digest("a") != digest("b")
    assert len(digest("\ud800")) == 32


@pytest.mark.parametrize(("name", "key"), [("Ähre", "ahre"), ("Weiß, Ömer", "weiss, omer")])
def test_names_are_ordered_as_in_a_german_directory(name: str, key: str) -> None:
    new = NewUser("n", name, Role.CASE_MANAGER, None, "password", "n@example.org")
    assert new.sort_key == key
