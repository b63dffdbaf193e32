"""A member of the household may need an interpreter."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column(
        "persons",
        sa.Column("interpreter", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("persons", "interpreter", server_default=None)


def downgrade() -> None:
    """Go down."""
    op.drop_column("persons", "interpreter")
