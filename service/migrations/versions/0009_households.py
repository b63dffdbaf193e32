"""A household changes: somebody joins it, somebody leaves it, and is known from another case."""

import sqlalchemy as sa
from alembic import context, op

from service.cases.identity import identity_key
from service.migrations.grants import grant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

AT_ONCE = 5000

FORGETS = "forget_people_not_taken_in(uuid)"
# The application may delete nobody; this lets it forget those whom no case has taken in.
FORGET = """
create function forget_people_not_taken_in(written_before uuid) returns bigint
language sql security definer set search_path = public as $$
    with forgotten as (
        delete from persons where position is null and id < written_before returning id
    )
    select count(*) from forgotten
$$
"""
CHANGED = "position, names_case, joined_on, taken_in_at, left_on, left_reason"

READ = sa.text(
    "select id, given_name, family_name, birth_date from persons where identity_key is null"
    " limit :at_once"
)
WRITE = sa.text("update persons set identity_key = :identity_key where id = :id")


def upgrade() -> None:
    """Go up."""
    op.add_column("persons", sa.Column("names_case", sa.Boolean(), nullable=True))
    op.add_column("persons", sa.Column("identity_key", sa.String(), nullable=True))
    op.add_column("persons", sa.Column("joined_on", sa.Date(), nullable=True))
    op.add_column("persons", sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("persons", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("persons", sa.Column("left_reason", sa.String(), nullable=True))
    op.execute("update persons set names_case = (position = 0)")
    _write_identity_keys()
    op.alter_column("persons", "names_case", nullable=False)
    op.alter_column("persons", "identity_key", nullable=False)
    op.alter_column("persons", "position", nullable=True)
    op.create_index(op.f("ix_persons_identity_key"), "persons", ["identity_key"])
    op.create_index(
        "persons_not_taken_in", "persons", ["id"], postgresql_where=sa.text("position is null")
    )
    grant(f"update ({CHANGED})", "persons")
    op.execute(FORGET)
    op.execute(f"revoke all on function {FORGETS} from public")
    op.execute(f'grant execute on function {FORGETS} to "{_app_role()}"')


def downgrade() -> None:
    """Go down. Whoever was written down and never taken in goes."""
    op.execute(f"drop function {FORGETS}")
    op.execute(f'revoke update ({CHANGED}) on persons from "{_app_role()}"')
    op.execute("delete from persons where position is null")
    op.drop_index("persons_not_taken_in", "persons")
    op.drop_index(op.f("ix_persons_identity_key"), "persons")
    op.alter_column("persons", "position", nullable=False)
    for column in (
        "left_reason",
        "left_on",
        "taken_in_at",
        "joined_on",
        "identity_key",
        "names_case",
    ):
        op.drop_column("persons", column)


def _app_role() -> str:
    role: str = context.config.attributes["app_role"]
    return role


def _write_identity_keys() -> None:
    connection = op.get_bind()
    while found := connection.execute(READ, {"at_once": AT_ONCE}).all():
        keys = [
            {
                "id": row.id,
                "identity_key": identity_key(row.given_name, row.family_name, row.birth_date),
            }
            for row in found
        ]
        connection.execute(WRITE, keys)
