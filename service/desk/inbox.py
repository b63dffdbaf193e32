"""The inbox: what came in to an agency, by deadline."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.accounts.colleagues import Colleagues
from service.desk.limits import HowMany
from service.desk.repository import Desk
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.problems import standard_refusal
from workflows.domain.clocks import Party
from workflows.domain.principal import Role

router = APIRouter()


@router.get("/inbox")
async def inbox(
    request: Request,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    shown: HowMany,
) -> Response:
    """Show the agency's queue: everything on its own clock."""
    works_here = principal.role in {Role.AGENCY_MEMBER, Role.SUPERVISOR}
    if not works_here or visitor.works_in_office:
        raise standard_refusal(403)
    async with database.transaction() as connection:
        inquiries = await Desk(connection).inquiries(
            principal, visitor.now, limit=shown.limit, party=Party.RECEIVER
        )
        colleagues = (
            await Colleagues(connection).all(principal, Role.AGENCY_MEMBER)
            if principal.role is Role.SUPERVISOR and inquiries
            else []
        )
    return pages.render(
        request,
        "pages/inbox.html",
        inquiries=inquiries[: shown.rows],
        colleagues=colleagues,
        me=principal.user_id,
        more=shown.more(len(inquiries)),
    )
