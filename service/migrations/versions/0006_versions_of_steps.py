"""Each step knows the version that describes it: paths can be moved to newer ones."""

import sqlalchemy as sa
from alembic import context, op

from service.migrations.grants import grant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column("steps", sa.Column("version", sa.Integer(), nullable=True))
    op.execute("update steps set version = paths.version from paths where paths.id = steps.path_id")
    op.alter_column("steps", "version", nullable=False)
    op.create_index("paths_by_version", "paths", ["pathway", "version"])
    grant("update (version)", "paths")
    grant("delete", "steps")


def downgrade() -> None:
    """Go down."""
    role = context.config.attributes["app_role"]
    op.execute(f'revoke delete on steps from "{role}"')
    op.execute(f'revoke update (version) on paths from "{role}"')
    op.drop_index("paths_by_version", "paths")
    op.drop_column("steps", "version")
