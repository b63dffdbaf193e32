"""A person's entitlements have their days, and a clock before they run out."""

import sqlalchemy as sa
from alembic import op

from service.migrations.grants import grant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DELETE = "delete from %s where entitlement_id is not null"
ONE_OF = "num_nonnulls(%s) = (kind <> 'digest')::int"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "entitlements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("printed_until", sa.Date(), nullable=True),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("until_decided", sa.Boolean(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("path_id", sa.Uuid(), nullable=True),
        sa.Column("let_go", sa.String(), nullable=True),
        sa.Column("clock_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["persons.id"]),
        sa.ForeignKeyConstraint(["path_id"], ["paths.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_entitlements_case_id"), "entitlements", ["case_id"])
    op.create_index(op.f("ix_entitlements_clock_due_at"), "entitlements", ["clock_due_at"])
    grant("select, insert, update", "entitlements")
    for table in ("gaps", "notifications"):
        op.add_column(table, sa.Column("entitlement_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(None, table, "entitlements", ["entitlement_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_entitlement_id"), table, ["entitlement_id"])
    op.drop_constraint("one_subject", "notifications")
    op.create_check_constraint(
        "one_subject",
        "notifications",
        ONE_OF % "referral_id, path_id, entitlement_id, case_id",
    )


def downgrade() -> None:
    """Go down."""
    op.drop_constraint("one_subject", "notifications")
    for table in ("gaps", "notifications"):
        op.execute(sa.text(DELETE % table))
        op.drop_column(table, "entitlement_id")
    op.create_check_constraint(
        "one_subject", "notifications", ONE_OF % "referral_id, path_id, case_id"
    )
    op.drop_table("entitlements")
