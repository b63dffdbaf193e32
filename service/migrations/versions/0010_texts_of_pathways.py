"""Versions of pathways keep their text, who published them and why; shipped ones can be proposed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from service.migrations.grants import grant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("pathway_versions", sa.Column("source", sa.String(), nullable=True))
    op.add_column("pathway_versions", sa.Column("published_by", sa.Uuid(), nullable=True))
    op.add_column("pathway_versions", sa.Column("based_on", sa.Integer(), nullable=True))
    op.add_column("pathway_versions", sa.Column("note", sa.String(), nullable=True))
    op.create_foreign_key(None, "pathway_versions", "users", ["published_by"], ["id"])
    op.create_table(
        "pathway_proposals",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", "version"),
    )
    grant("select, insert, update (settled_at)", "pathway_proposals")


def downgrade() -> None:
    """Go down."""
    op.drop_table("pathway_proposals")
    for column in ("note", "based_on", "published_by", "source"):
        op.drop_column("pathway_versions", column)
