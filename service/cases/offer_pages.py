"""The page of the cases that other offices offer, and of those that one's own office offers."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.accounts.colleagues import Colleague, Colleagues
from service.cases.offering import accept_case, decline_case
from service.cases.offers import OfferView, offers_by, offers_to
from service.cases.schemas import AcceptCase, DeclineCase
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.note_field import note_of
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.principal import Principal, Role

router = APIRouter(prefix="/offered-cases")


@router.get("")
async def show_offers(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show what is offered to the office, and what it offers itself."""
    return await _render(request, visitor, principal, parts, Form({}))


@router.get("/{case_id}/accept")
@router.get("/{case_id}/decline")
async def back_to_offers() -> Response:
    """Lead back: a refused answer was shown at this address, and people reload it."""
    return RedirectResponse("/offered-cases", 303)


@router.post("/{case_id}/accept")
async def accept(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Take the case over."""
    form, t = await sent_form(request), visitor.t
    obstacle: Obstacle | None = None
    body = _acceptance(t, form, case_id, principal)
    if body is not None:
        done = await attempt(t, accept_case(parts, principal, case_id, body, form.key))
        if not isinstance(done, Obstacle):
            flash = Flash(
                t(_("The case is yours.")),
                t(_("Its steps, deadlines and requests go on with your office.")),
            )
            return redirect(request, f"/cases/{case_id}", flash)
        obstacle = done
    return await _render(request, visitor, principal, parts, form, case_id, obstacle)


@router.post("/{case_id}/decline")
async def decline(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Leave the case where it is."""
    form, t = await sent_form(request), visitor.t
    obstacle: Obstacle | None = None
    note = note_of(t, form, f"decline-{case_id}-note")
    if form.ok:
        body = DeclineCase(note=note)
        done = await attempt(t, decline_case(parts, principal, case_id, body, form.key))
        if not isinstance(done, Obstacle):
            flash = Flash(t(_("Declined.")), t(_("Whoever offered the case gets a mail.")))
            return redirect(request, "/offered-cases", flash)
        obstacle = done
    return await _render(request, visitor, principal, parts, form, case_id, obstacle)


def _acceptance(
    t: Translator, form: Form, case_id: UUID, principal: Principal
) -> AcceptCase | None:
    """Read who takes the case on; None, with the error on the form, if nobody is named."""
    field = f"accept-{case_id}-case_manager"
    chosen = form.value(field)
    if principal.role is Role.SUPERVISOR and not chosen.replace("-", "").isalnum():
        form.refuse(field, t(_("Please choose a colleague.")))
    return AcceptCase(case_manager=chosen or None) if form.ok else None


async def _render(
    request: Request,
    visitor: Visitor,
    principal: Principal,
    parts: Parts,
    form: Form,
    sent: UUID | None = None,
    obstacle: Obstacle | None = None,
) -> Response:
    if not visitor.works_in_office:
        raise not_found()
    async with parts.database.transaction() as connection:
        to_us: list[OfferView] = await offers_to(connection, principal)
        by_us: list[OfferView] = await offers_by(connection, principal)
        colleagues: list[Colleague] = []
        if principal.role is Role.SUPERVISOR:
            colleagues = await Colleagues(connection).all(principal, Role.CASE_MANAGER)
    if sent and sent not in {offer.case_id for offer in to_us} and obstacle is None:
        raise not_found()
    response: Response = request.app.state.pages.render(
        request,
        "pages/offered-cases.html",
        status=200 if sent is None else obstacle.status if obstacle else 422,
        to_us=to_us,
        by_us=by_us,
        colleagues=colleagues,
        form=form,
        sent=sent,
        sent_key=form.key if obstacle and obstacle.may_have_happened else None,
        obstacle=obstacle,
    )
    return response
