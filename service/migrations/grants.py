"""Rights of the application's role: it reads and writes rows, and owns nothing."""

from alembic import context, op


def grant(verbs: str, *tables: str) -> None:
    """Grant rights such as ``select, insert`` on tables to the application's role."""
    role = context.config.attributes["app_role"]
    for table in tables:
        op.execute(f'grant {verbs} on "{table}" to "{role}"')
