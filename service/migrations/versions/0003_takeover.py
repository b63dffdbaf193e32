"""Cases taken over from lists, and the lists while they wait."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import JSONB

from service.migrations.grants import grant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGEABLE = "name, sort_key, on_board, queue_address, telephone, fax, capacity, full_until"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "takeover_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("report", JSONB(), nullable=False),
        sa.Column("ignored", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["agencies.id"]),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_takeover_lists_office_id"), "takeover_lists", ["office_id"])
    op.create_table(
        "takeover_cases",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("story", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["takeover_lists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("list_id", "position"),
    )
    op.create_table(
        "takeovers",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("started", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.ForeignKeyConstraint(["office_id"], ["agencies.id"]),
        sa.PrimaryKeyConstraint("office_id", "reference"),
        sa.UniqueConstraint("case_id"),
    )
    op.create_index(op.f("ix_takeovers_list_id"), "takeovers", ["list_id"])
    op.create_index(
        "takeovers_to_start",
        "takeovers",
        ["taken_over_at"],
        postgresql_where=sa.text("not started"),
    )
    grant("select, insert, update, delete", "takeover_lists", "takeover_cases")
    grant("select, insert, update", "takeovers")
    # Key and legal area stay for good: requests rest on them.
    grant(f"update ({CHANGEABLE})", "agencies")


def downgrade() -> None:
    """Go down."""
    role = context.config.attributes["app_role"]
    op.execute(f'revoke update ({CHANGEABLE}) on agencies from "{role}"')
    op.drop_index(
        "takeovers_to_start", table_name="takeovers", postgresql_where=sa.text("not started")
    )
    op.drop_index(op.f("ix_takeovers_list_id"), table_name="takeovers")
    op.drop_table("takeovers")
    op.drop_table("takeover_cases")
    op.drop_index(op.f("ix_takeover_lists_office_id"), table_name="takeover_lists")
    op.drop_table("takeover_lists")
