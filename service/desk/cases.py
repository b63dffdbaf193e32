"""The office's cases by name: for finding one in which nothing is due."""

from enum import StrEnum

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.desk.case_cards import case_cards
from service.desk.limits import HowMany
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.problems import standard_refusal
from workflows.domain.principal import Role
from workflows.domain.statuses import CaseStatus

router = APIRouter()


class Filter(StrEnum):
    """Which cases the address asks for."""

    ALL = ""
    OPEN = CaseStatus.OPEN
    CLOSED = CaseStatus.CLOSED


@router.get("/cases")
async def list_of_cases(
    request: Request,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    shown: HowMany,
    status: Filter = Filter.ALL,
) -> Response:
    """Show the cases of the whole office, so that colleagues can stand in for each other."""
    works_here = principal.role in {Role.CASE_MANAGER, Role.SUPERVISOR}
    if not works_here or not visitor.works_in_office:
        raise standard_refusal(403)
    async with database.transaction() as connection:
        found = await case_cards(
            connection,
            principal,
            visitor.now,
            status=CaseStatus(status) if status else None,
            limit=shown.limit,
        )
    return pages.render(
        request,
        "pages/cases.html",
        cases=found[: shown.rows],
        chosen=status,
        me=principal.user_id,
        more=shown.more(len(found)),
    )
