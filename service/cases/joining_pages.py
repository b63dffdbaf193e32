"""The page on which somebody joins the household of a case."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.cases.joining import add_member
from service.cases.known import KnownPerson, check_confirmed, known_people
from service.cases.languages import spoken_languages
from service.cases.member_form import FIELD_OF_ENTRY, PERSON, joining_of, start_joining
from service.cases.repository import Cases
from service.cases.views import CaseView
from service.needs.catalogue import INTERPRETING, needs
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day

router = APIRouter(prefix="/cases/{case_id}/members")


@router.get("/new")
async def show_joining(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show the form for another person."""
    case = await _read(parts, principal, visitor, case_id)
    form = start_joining(case.named_after.family_name, local_day(visitor.now))
    return _render(request, visitor, case, form)


@router.post("/new")
async def join(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Take the person in; who is known from an open case is shown once before."""
    form, t = await sent_form(request), visitor.t
    case = await _read(parts, principal, visitor, case_id)
    new, obstacle = joining_of(t, form), None
    known: Sequence[KnownPerson] = ()
    if new is not None:
        async with parts.database.transaction() as connection:
            known = await known_people(connection, principal, visitor.now, form.key, [new])
        check_confirmed(t, form, known)
    if new is not None and form.ok:
        done = await attempt(t, add_member(parts, principal, case_id, new, form.key))
        if not isinstance(done, Obstacle):
            return redirect(request, f"/cases/{case_id}", _taken_in(t))
        obstacle = done
        if field := FIELD_OF_ENTRY.get(obstacle.code):
            form.refuse(field, obstacle.sentence)
    return _render(request, visitor, case, form, known=known, sent=True, obstacle=obstacle)


def _taken_in(t: Translator) -> Flash:
    return Flash(
        t(_("The person is in the household.")),
        t(_("Paths can be started and consents noted for them now.")),
    )


async def _read(parts: Parts, principal: Principal, visitor: Visitor, case_id: UUID) -> CaseView:
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
    if case is None:
        raise not_found()
    return case


def _render(
    request: Request,
    visitor: Visitor,
    case: CaseView,
    form: Form,
    *,
    known: Sequence[KnownPerson] = (),
    sent: bool = False,
    obstacle: Obstacle | None = None,
) -> Response:
    [interpreting] = [need for need in needs() if need.key == INTERPRETING]
    response: Response = request.app.state.pages.render(
        request,
        "pages/member-new.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=case,
        person=PERSON,
        interpreting=interpreting,
        languages_spoken=spoken_languages(visitor.t),
        known=known,
        form=form,
        sent_key=form.key if obstacle and obstacle.may_have_happened else None,
        obstacle=obstacle,
    )
    return response
