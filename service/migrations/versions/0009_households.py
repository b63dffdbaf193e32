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
    op.add_column("persons", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("persons", sa.Column("left_reason", sa.String(), nullable=True))
    op.execute("update persons set names_case = (position = 0)")
    _write_identity_keys()
    op.alter_column("persons", "names_case", nullable=False)
    op.alter_column("persons", "identity_key", nullable=False)
    op.alter_column("persons", "position", nullable=True)
    op.create_index(op.f("ix_persons_identity_key"), "persons", ["identity_key"])
    grant("update (position, names_case, joined_on, left_on, left_reason)", "persons")


def downgrade() -> None:
    """Go down. Whoever was written down and never taken in goes."""
    role = context.config.attributes["app_role"]
    columns = "position, names_case, joined_on, left_on, left_reason"
    op.execute(f'revoke update ({columns}) on persons from "{role}"')
    op.execute("delete from persons where position is null")
    op.drop_index(op.f("ix_persons_identity_key"), "persons")
    op.alter_column("persons", "position", nullable=False)
    for column in ("left_reason", "left_on", "joined_on", "identity_key", "names_case"):
        op.drop_column("persons", column)


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
