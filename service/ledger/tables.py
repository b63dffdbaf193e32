"""Tables of the ledger."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Event(SQLModel, table=True):
    """One thing that happened. Rows are only ever added.

    The number is unique within the workflow, and so is the cause: an act that is repeated, an
    activity that is tried again and a workflow that starts anew find what they wrote before.
    """

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("workflow_id", "cause"),)

    workflow_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    cause: str
    at: AwareDatetime
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    referral_id: UUID | None = Field(default=None, index=True)
    actor_id: UUID
    actor_role: str
    actor_agency_id: UUID | None = None
    action: str
    status: str
    reason: str | None = None
    note_id: UUID | None = None
    source: str
    details: dict[str, Any] = Field(sa_type=JSONB)


class WorkflowState(SQLModel, table=True):
    """The state of a workflow after its last event: enough to start it again from here."""

    __tablename__ = "workflow_states"
    __table_args__ = (
        Index(
            "workflow_states_drafts",
            "written_at",
            postgresql_where=text("kind = 'case' and seq = 0"),
        ),
    )

    workflow_id: str = Field(primary_key=True)
    kind: str
    seq: int
    is_open: bool
    state: dict[str, Any] = Field(sa_type=JSONB)
    written_at: AwareDatetime


class IdempotencyKey(SQLModel, table=True):
    """A request that was promised to have one effect. What came of it stands in the events.

    ``cause`` is the cause of its event, ``subject_id`` the case or referral that it made or moved.
    """

    __tablename__ = "idempotency_keys"

    user_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: str
    cause: str
    subject_id: UUID
    created_at: AwareDatetime


events = SQLModel.metadata.tables["events"]
workflow_states = SQLModel.metadata.tables["workflow_states"]
idempotency_keys = SQLModel.metadata.tables["idempotency_keys"]
