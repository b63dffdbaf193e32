"""Tables of the accounts."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from workflows.domain.principal import Role

ROLES_OF_PEOPLE = [role for role in Role if role is not Role.SYSTEM]
LANGUAGES = ("de", "en")


def _one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} in ({', '.join(repr(str(value)) for value in values)})"


class User(SQLModel, table=True):
    """A person with an account. ``sort_key`` orders by name where the collation cannot."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(_one_of("role", ROLES_OF_PEOPLE), name="users_role"),
        CheckConstraint(_one_of("language", LANGUAGES), name="users_language"),
    )

    id: UUID = Field(primary_key=True)
    name: str = Field(unique=True)
    display_name: str
    sort_key: str
    role: str
    agency_id: UUID | None = Field(default=None, foreign_key="agencies.id", index=True)
    password_hash: str
    email: str
    language: str = "de"
    active: bool = True
    created_at: AwareDatetime


class Session(SQLModel, table=True):
    """A signed-in browser. Only the SHA-256 of its cookie is kept."""

    __tablename__ = "sessions"

    token_hash: bytes = Field(primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    csrf_token: str
    created_at: AwareDatetime
    last_seen_at: AwareDatetime
    expires_at: AwareDatetime


class Token(SQLModel, table=True):
    """A bearer token of a program that acts for a user. Only its SHA-256 is kept."""

    __tablename__ = "tokens"

    id: UUID = Field(primary_key=True)
    token_hash: bytes = Field(unique=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    created_at: AwareDatetime
    revoked_at: AwareDatetime | None = None


users = SQLModel.metadata.tables["users"]
sessions = SQLModel.metadata.tables["sessions"]
tokens = SQLModel.metadata.tables["tokens"]
