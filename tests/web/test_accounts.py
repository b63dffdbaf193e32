"""Who may see and add users, and create tokens."""

from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from service.accounts.people import NewUser
from service.accounts.service import (
    UnknownUserError,
    add_user,
    create_token,
    list_users,
    principal_of_token,
)
from tests.web.conftest import AddUser, TestContainer
from tests.web.support import PASSWORD, START
from workflows.domain.principal import Principal, Role

SYSTEM = Principal.system()


async def users_by_name(container: TestContainer) -> dict[str, UUID]:
    """Return every user's id."""
    return {user.name: user.id for user in await list_users(container.database, SYSTEM)}


async def principal(container: TestContainer, name: str, role: Role) -> Principal:
    """Return the principal of a user."""
    return Principal(user_id=(await users_by_name(container))[name], role=role)


async def test_administrators_see_everybody_others_themselves(
    container: TestContainer, add: AddUser
) -> None:
    await add("alice", Role.ADMINISTRATOR)
    await add("bob")
    alice = await principal(container, "alice", Role.ADMINISTRATOR)
    bob = await principal(container, "bob", Role.CASE_MANAGER)
    assert [user.name for user in await list_users(container.database, alice)] == ["alice", "bob"]
    assert [user.name for user in await list_users(container.database, bob)] == ["bob"]


async def test_a_token_acts_for_its_user(container: TestContainer, add: AddUser) -> None:
    await add("bob", Role.SUPERVISOR)
    token = await create_token(container.database, SYSTEM, START, "bob")
    bob = await principal(container, "bob", Role.SUPERVISOR)
    assert await principal_of_token(container.database, token) == bob
    assert await principal_of_token(container.database, "another") is None


async def test_a_token_for_somebody_else_is_out_of_reach(
    container: TestContainer, add: AddUser
) -> None:
    await add("alice")
    await add("bob")
    bob = await principal(container, "bob", Role.CASE_MANAGER)
    assert await create_token(container.database, bob, START, "bob")
    with pytest.raises(UnknownUserError):
        await create_token(container.database, bob, START, "alice")
    with pytest.raises(UnknownUserError):
        await create_token(container.database, SYSTEM, START, "charlie")


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.SUPERVISOR, Role.DATA_PROTECTION])
async def test_only_administrators_add_users(
    container: TestContainer, add: AddUser, role: Role
) -> None:
    await add("bob", role)
    bob = await principal(container, "bob", role)
    new = NewUser("eve", "Eve", Role.ADMINISTRATOR, None, PASSWORD, "eve@example.org")
    with pytest.raises(PermissionError):
        await add_user(container.database, bob, START, new)


async def test_a_name_is_given_once_and_nobody_is_the_engine(
    add: AddUser,
) -> None:
    await add("bob")
    with pytest.raises(IntegrityError):
        await add("bob")
    with pytest.raises(IntegrityError):
        await add("eve", Role.SYSTEM)
