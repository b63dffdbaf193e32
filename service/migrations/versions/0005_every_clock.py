"""Steps that nobody sends on have clocks, gaps and mails too; the morning's mail gathers them."""

import sqlalchemy as sa
from alembic import context, op

from service.migrations.grants import grant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WAITING = "sent_at is null and dropped_at is null"


def upgrade() -> None:
    """Go up."""
    op.add_column("steps", sa.Column("clock_seq", sa.Integer(), nullable=True))
    _let_gaps_be_of_steps()
    _let_notifications_be_gathered()
    _let_agencies_keep_what_others_have_to_know()
    _let_conferences_be_held()
    _let_cases_be_offered()


def _let_gaps_be_of_steps() -> None:
    op.add_column("gaps", sa.Column("path_id", sa.Uuid(), nullable=True))
    op.add_column("gaps", sa.Column("step", sa.String(), nullable=True))
    op.execute(
        "update gaps set path_id = referrals.path_id, step = referrals.step "
        "from referrals where referrals.id = gaps.referral_id"
    )
    op.alter_column("gaps", "referral_id", nullable=True)
    op.create_foreign_key(None, "gaps", "paths", ["path_id"], ["id"])
    op.create_index(
        "gaps_of_steps",
        "gaps",
        ["case_id", "seq"],
        unique=True,
        postgresql_where=sa.text("referral_id is null"),
    )


def _let_notifications_be_gathered() -> None:
    op.add_column(
        "notifications",
        sa.Column("delivery", sa.String(), nullable=False, server_default="alone"),
    )
    op.alter_column("notifications", "delivery", server_default=None)
    op.alter_column("notifications", "referral_id", nullable=True)
    op.add_column("notifications", sa.Column("path_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", sa.Column("step", sa.String(), nullable=True))
    op.add_column("notifications", sa.Column("case_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", sa.Column("digest_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(None, "notifications", "cases", ["case_id"], ["id"])
    op.create_index(op.f("ix_notifications_case_id"), "notifications", ["case_id"])
    op.create_foreign_key(None, "notifications", "paths", ["path_id"], ["id"])
    op.create_foreign_key(None, "notifications", "notifications", ["digest_id"], ["id"])
    op.create_index(op.f("ix_notifications_path_id"), "notifications", ["path_id"])
    op.create_index(op.f("ix_notifications_digest_id"), "notifications", ["digest_id"])
    op.create_check_constraint(
        "one_subject",
        "notifications",
        "num_nonnulls(referral_id, path_id, case_id) = (kind <> 'digest')::int",
    )
    op.drop_index("notifications_waiting", "notifications")
    op.create_index(
        "notifications_waiting",
        "notifications",
        ["next_attempt_at"],
        postgresql_where=sa.text(f"{WAITING} and digest_id is null"),
    )


def _let_agencies_keep_what_others_have_to_know() -> None:
    op.create_table(
        "closing_days",
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"]),
        sa.PrimaryKeyConstraint("agency_id", "day"),
    )
    grant("select, insert, delete", "closing_days")
    grant("update (supervisors_are_told)", "agencies")


def _let_conferences_be_held() -> None:
    op.add_column("referrals", sa.Column("chain_id", sa.Uuid(), nullable=True))
    op.execute(
        "with recursive chain as ("
        " select id, id as first from referrals where predecessor_id is null"
        " union all"
        " select referrals.id, chain.first from referrals"
        " join chain on chain.id = referrals.predecessor_id"
        ") update referrals set chain_id = chain.first from chain where chain.id = referrals.id"
    )
    op.alter_column("referrals", "chain_id", nullable=False)
    op.create_index(op.f("ix_referrals_chain_id"), "referrals", ["chain_id"])
    op.create_table(
        "conferences",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_agency_id", sa.Uuid(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        sa.ForeignKeyConstraint(["agreed_agency_id"], ["agencies.id"]),
        sa.PrimaryKeyConstraint("referral_id"),
    )
    op.create_index(op.f("ix_conferences_chain_id"), "conferences", ["chain_id"])
    grant("select, insert, update", "conferences")


def _let_cases_be_offered() -> None:
    op.add_column("cases", sa.Column("offered_to_id", sa.Uuid(), nullable=True))
    for name in ("offered_since", "offer_due_at"):
        op.add_column("cases", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("offer_clock_seq", sa.Integer(), nullable=True))
    op.add_column("cases", sa.Column("offer_note_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(None, "cases", "agencies", ["offered_to_id"], ["id"])
    op.create_index(op.f("ix_cases_offered_to_id"), "cases", ["offered_to_id"])


def downgrade() -> None:
    """Go down."""
    for name in ("offered_to_id", "offered_since", "offer_due_at", "offer_clock_seq"):
        op.drop_column("cases", name)
    op.drop_column("cases", "offer_note_id")
    op.drop_table("conferences")
    op.drop_column("referrals", "chain_id")
    role = context.config.attributes["app_role"]
    op.execute(f'revoke update (supervisors_are_told) on agencies from "{role}"')
    op.drop_table("closing_days")
    op.drop_index("notifications_waiting", "notifications")
    op.drop_constraint("one_subject", "notifications")
    op.drop_column("notifications", "digest_id")
    op.execute("delete from notifications where referral_id is null")
    op.drop_column("notifications", "case_id")
    op.drop_column("notifications", "step")
    op.drop_column("notifications", "path_id")
    op.alter_column("notifications", "referral_id", nullable=False)
    op.drop_column("notifications", "delivery")
    op.create_index(
        "notifications_waiting",
        "notifications",
        ["next_attempt_at"],
        postgresql_where=sa.text(WAITING),
    )
    op.drop_index("gaps_of_steps", "gaps")
    op.execute("delete from gaps where referral_id is null")
    op.alter_column("gaps", "referral_id", nullable=False)
    op.drop_column("gaps", "step")
    op.drop_column("gaps", "path_id")
    op.drop_column("steps", "clock_seq")
