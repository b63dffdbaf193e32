"""Starting another path in a case that is open."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import CaseRequest, bring_about, by_id
from service.cases.household import births_of_present, member_at, members_of
from service.cases.schemas import StartPathBody
from service.errors import UnusableEntry
from service.ledger.promises import Promise
from service.pathways import repository as pathways
from workflows.domain.case_paths import new_path
from workflows.domain.case_state import CaseState
from workflows.domain.household import facts_of
from workflows.domain.path_starting import StartPath, check_start_path
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day


async def start_path(
    container: Container, principal: Principal, case_id: UUID, body: StartPathBody, key: str
) -> UUID:
    """Start a path on the newest version of its pathway and return its id.

    Raises what ``bring_about`` does, PathRunsAlready among it.
    """

    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> StartPath:
        pathway = await pathways.get(connection, principal, body.pathway)
        if pathway is None:
            raise UnusableEntry("pathway", "unknown-pathway")
        members = await members_of(connection, case_id)
        today = local_day(container.clock.now())
        return StartPath(
            actor=principal,
            path=new_path(
                promise.subject_id,
                pathway,
                None if body.member is None else member_at(members, body.member),
                facts_of(births_of_present(members).values(), today),
            ),
            entitlement_id=body.entitlement,
        )

    request = CaseRequest.of(case_id, "start-path", body)
    send = by_id(container.engine.start_path)
    return await bring_about(container, principal, key, request, prepare, check_start_path, send)
