"""The page on which somebody leaves the household: what will happen, then the act."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.cases.leaving import remove_member
from service.cases.leaving_preview import LeavingPreview, preview_of_leaving
from service.cases.member_form import FIELD_OF_ENTRY, leaving_of, start_leaving
from service.cases.repository import Cases
from service.cases.views import CaseView, MemberView
from service.ledger.states import States
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason
from workflows.domain.working_days import local_day

router = APIRouter(prefix="/cases/{case_id}/members/{member_id}")


@dataclass(frozen=True)
class Sheet:
    """What the page shows."""

    case: CaseView
    member: MemberView
    preview: LeavingPreview


@router.get("/leave")
async def show_leaving(
    request: Request,
    case_id: UUID,
    member_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Show what ends with this member, and what goes on."""
    sheet = await _read(parts, principal, visitor, case_id, member_id)
    return _render(request, sheet, start_leaving(local_day(visitor.now)))


@router.post("/leave")
async def leave(
    request: Request,
    case_id: UUID,
    member_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Let the member go."""
    form, t = await sent_form(request), visitor.t
    body, obstacle = leaving_of(t, form), None
    if body is not None:
        act = remove_member(parts, principal, case_id, member_id, body, form.key)
        done = await attempt(t, act)
        if not isinstance(done, Obstacle):
            flash = Flash(
                t(_("The person has left the household.")),
                t(_("Nothing is open for them any more. What is for all goes on.")),
            )
            return redirect(request, f"/cases/{case_id}", flash)
        obstacle = done
        if field := FIELD_OF_ENTRY.get(obstacle.code):
            form.refuse(field, obstacle.sentence)
    sheet = await _read(parts, principal, visitor, case_id, member_id)
    return _render(request, sheet, form, sent=True, obstacle=obstacle)


async def _read(
    parts: Parts, principal: Principal, visitor: Visitor, case_id: UUID, member_id: UUID
) -> Sheet:
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
        state = await States(connection).case(principal, visitor.now, case_id)
    member = case.member(member_id) if case else None
    if case is None or state is None or member is None:
        raise not_found()
    return Sheet(case, member, preview_of_leaving(visitor.t, principal, case, state, member))


def _render(
    request: Request,
    sheet: Sheet,
    form: Form,
    *,
    sent: bool = False,
    obstacle: Obstacle | None = None,
) -> Response:
    response: Response = request.app.state.pages.render(
        request,
        "pages/member-leave.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=sheet.case,
        member=sheet.member,
        preview=sheet.preview,
        reasons=list(LeavingReason),
        form=form,
        sent_key=form.key if obstacle and obstacle.may_have_happened else None,
        obstacle=obstacle,
    )
    return response
