"""Tables about this Nahtlos itself. Each holds one row at most."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class DemoWorld(SQLModel, table=True):
    """The mark of a demo: it stands before the first invented person is there, and stays."""

    __tablename__ = "demo_world"
    __table_args__ = (CheckConstraint("here", name="demo_world_one_row"),)

    here: bool = Field(default=True, primary_key=True)
    since: AwareDatetime
    complete_since: AwareDatetime | None = None
    """None while it is being loaded, or when that broke off: the next time goes on."""


class SetUpCode(SQLModel, table=True):
    """What the first administrator has to show. Only its SHA-256 is kept."""

    __tablename__ = "set_up_code"
    __table_args__ = (CheckConstraint("here", name="set_up_code_one_row"),)

    here: bool = Field(default=True, primary_key=True)
    code_hash: bytes
    wrong_tries: int = 0
    created_at: AwareDatetime


demo_world = SQLModel.metadata.tables["demo_world"]
set_up_code = SQLModel.metadata.tables["set_up_code"]
