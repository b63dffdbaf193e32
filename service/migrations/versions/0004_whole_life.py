"""Why a gap opened, whose supervisors are told of it, and mail about what has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("gaps", sa.Column("cause", sa.String(), nullable=True))
    op.alter_column("notifications", "clock_seq", nullable=True)
    op.add_column(
        "agencies",
        sa.Column("supervisors_are_told", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("agencies", "supervisors_are_told", server_default=None)


def downgrade() -> None:
    """Go down."""
    op.drop_column("agencies", "supervisors_are_told")
    op.execute("delete from notifications where clock_seq is null")
    op.alter_column("notifications", "clock_seq", nullable=False)
    op.drop_column("gaps", "cause")
