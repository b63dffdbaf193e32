"""Bringing everything back from a backup: the database as it was, then the workflows from it."""

import asyncio
from collections.abc import Callable

from temporalio.client import Client
from temporalio.service import RPCError

from service import migrate
from service.backup.archive import Backup
from service.backup.programs import running
from service.bootstrap import container_for
from service.engine.restart import start_open_workflows
from service.failure import Failure
from service.owner import application_role, connect_as_owner, owner_url
from service.schema import known_revisions
from service.settings import Settings
from workflows.names import CASE_WORKFLOW, REFERRAL_WORKFLOW

OPTIONS = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    # Not what belongs to the server's administrator, such as extensions.
    "--schema=public",
    # All or nothing: a restore that is broken off leaves an empty database.
    "--single-transaction",
)

OBJECTS = """
select count(*) from pg_class
where relnamespace = 'public'::regnamespace
  and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
"""
"""Tables and the like, except those that belong to an extension."""

Report = Callable[[str, int, int | None], None]
"""Hears of each step how much is done, and how much there is to do, if that is known."""


def refuse_newer(backup: Backup) -> None:
    """Raise Failure for a backup whose tables this version does not know."""
    revision = backup.manifest.schema_revision
    if revision not in known_revisions():
        raise Failure(
            f"{backup.path} was written by Nahtlos {backup.manifest.application}, whose tables "
            f"(revision {revision}) this version does not know: install that version or a later "
            "one."
        )


async def restore(settings: Settings, backup: Backup, report: Report) -> int:
    """Bring a backup back to the database and the engine that the settings name.

    Returns how many cases and referrals were started again. The tables are brought up to date
    first. Raises Failure unless both are empty: workflows that know more than the backup would
    write on where the ledger has not been.
    """
    url, role = owner_url(settings), application_role(settings)
    await _refuse_unfit_database(url, role)
    async with container_for(settings) as container:
        await _refuse_used_engine(container.client)
        await _load(url, backup, report)
        await _give_rights(url, role, backup)
        report("Tables", 0, None)
        await asyncio.to_thread(migrate.run, settings)  # it has a loop of its own
        report("Tables", 1, 1)
        return await start_open_workflows(
            container.database,
            container.engine,
            lambda done, total: report("Cases and referrals", done, total),
        )


async def _refuse_unfit_database(url: str, role: str) -> None:
    connection = await connect_as_owner(url)
    try:
        if await connection.fetchval(OBJECTS):
            raise Failure(
                "The database is not empty: create a new one for its owner, and restore into that."
            )
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
            raise Failure(
                f"The database knows no role '{role}': create the role that NAHTLOS_DATABASE_URL "
                "names, and restore again."
            )
    finally:
        await connection.close()


async def _refuse_used_engine(client: Client) -> None:
    ours = f"WorkflowType in ('{CASE_WORKFLOW}', '{REFERRAL_WORKFLOW}')"
    try:
        found = await client.count_workflows(ours)
    except (RPCError, RuntimeError):  # a lazy client that cannot connect says RuntimeError
        raise Failure(
            f"The engine does not answer, or has no namespace '{client.namespace}': see "
            "NAHTLOS_TEMPORAL_ADDRESS and NAHTLOS_TEMPORAL_NAMESPACE."
        ) from None
    if found.count:
        raise Failure(
            f"The engine's namespace '{client.namespace}' holds {found.count} workflows that may "
            "know more than the backup: create a new namespace and name it with "
            "NAHTLOS_TEMPORAL_NAMESPACE."
        )


async def _load(url: str, backup: Backup, report: Report) -> None:
    total = backup.manifest.dump_bytes
    done = 0
    async with running("pg_restore", url, *OPTIONS) as (process, talk):
        assert process.stdin is not None  # noqa: S101  (a pipe)
        try:
            for piece in backup.pieces():
                process.stdin.write(piece)
                await process.stdin.drain()
                done += len(piece)
                report("Data", done, total)
            process.stdin.close()
        except ConnectionError:
            pass  # it has ended, and says why
        if await process.wait() != 0:
            raise Failure(
                f"The data could not be restored ({await talk.first_error()}): the database is "
                "empty as before; set this right and restore again."
            )


async def _give_rights(url: str, role: str, backup: Backup) -> None:
    """Let the application's role do what it could, whatever its name is here."""
    connection = await connect_as_owner(url)
    try:
        async with connection.transaction():
            for table, verbs in backup.manifest.rights.items():
                await connection.execute(f'grant {", ".join(verbs)} on "{table}" to "{role}"')
        await connection.execute("analyze")
    finally:
        await connection.close()
