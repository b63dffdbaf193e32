"""The mark of a demo, and the code for the first administrator."""

import sqlalchemy as sa
from alembic import op

from service.migrations.grants import grant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "demo_world",
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("here", name="demo_world_one_row"),
        sa.PrimaryKeyConstraint("here"),
    )
    op.create_table(
        "set_up_code",
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("here", name="set_up_code_one_row"),
        sa.PrimaryKeyConstraint("here"),
    )
    # A demo that was loaded before there was a mark is known by its first household.
    op.execute(
        "insert into demo_world (here, since) "
        "select true, created_at from idempotency_keys where key = 'takeover:demo:household-1'"
    )
    grant("select, insert, update", "demo_world")
    grant("select, insert, update, delete", "set_up_code")


def downgrade() -> None:
    """Go down."""
    op.drop_table("set_up_code")
    op.drop_table("demo_world")
