"""The page that opens a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from service.accounts.colleagues import Colleague, Colleagues
from service.agencies.legal_areas import name_of_legal_area
from service.agencies.lookup import is_office
from service.agencies.repository import (
    AgencyRow,
    MunicipalityRow,
    get_agency,
    list_agencies,
    list_municipalities,
)
from service.cases.case_form import Blocks, blocks_of, case_of, name_of, one_more, start_form
from service.cases.consent_form import recipients
from service.cases.known import KnownPerson, check_confirmed, known_people
from service.cases.languages import spoken_languages
from service.cases.needs_form import (
    PATHS,
    Proposal,
    check_needs,
    proposals,
    questions,
    seen,
    take_up,
)
from service.cases.opening import OPENERS, open_case
from service.needs.catalogue import needs
from service.pathways import repository as pathways
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import standard_refusal
from service.web.visitors import Visitor
from workflows.domain.pathway import Pathway
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import local_day

router = APIRouter()

ALL_AGENCIES = 500
OPEN = "open"
PROPOSE = "propose"


@dataclass(frozen=True)
class Sheet:
    """What can be chosen."""

    municipalities: list[MunicipalityRow]
    pathways: list[Pathway]
    agencies: list[AgencyRow]
    colleagues: list[Colleague]


@router.get("/cases/new")
async def show_new_case(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show the form."""
    sheet = await _read(parts, principal)
    only_one = sheet.municipalities[0].ags if len(sheet.municipalities) == 1 else ""
    return _render(request, visitor, sheet, start_form(only_one), Blocks())


@router.post("/cases/new")
async def open_or_extend(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Open the case, or show the form with everything typed: with paths that answer the needs
    that are ticked, or with one more block.
    """
    form, t = await sent_form(request), visitor.t
    sheet = await _read(parts, principal)
    wanted = form.value("do")
    found = proposals(t, form, sheet.pathways, local_day(visitor.now))
    if wanted == PROPOSE:
        check_needs(t, form, local_day(visitor.now))
        return _render(
            *(request, visitor, sheet, take_up(form, found), blocks_of(form)),
            proposed=found,
            at_paths=form.ok,
            status=200 if form.ok else 422,
        )
    shown = seen(form, found)
    if wanted != OPEN:
        blocks, values = one_more(form, wanted, local_day(visitor.now))
        longer = FormData([*(await request.form()).multi_items(), *values.items()])
        return _render(request, visitor, sheet, Form.sent(longer), blocks, proposed=shown)
    if len(shown) < len(found):
        form = take_up(form, found)
        form.refuse(PATHS, t(_("Please look at the proposed paths, then open the case.")))
    check_needs(t, form, local_day(visitor.now))
    new = case_of(t, form, sheet.pathways)
    if new and principal.role is Role.SUPERVISOR:
        new = new.model_copy(update={"case_manager": form.value("case_manager") or None})
    if new is None:
        return _render(request, visitor, sheet, form, blocks_of(form), proposed=found, status=422)
    async with parts.database.transaction() as connection:
        people = new.household
        known_ones = await known_people(connection, principal, visitor.now, form.key, people)
    check_confirmed(t, form, known_ones)
    if not form.ok:
        return _render(
            *(request, visitor, sheet, form, blocks_of(form)),
            proposed=found,
            known=known_ones,
            status=422,
        )
    opened = await attempt(t, open_case(parts, principal, new, form.key))
    if isinstance(opened, Obstacle):
        if opened.code in {"case_manager", "municipality"}:
            form.refuse(opened.code, opened.sentence)
        return _render(
            *(request, visitor, sheet, form, blocks_of(form)),
            proposed=found,
            known=known_ones,
            status=opened.status,
            obstacle=opened,
        )
    return _confirm(request, visitor, opened)


def _confirm(request: Request, visitor: Visitor, case_id: UUID) -> Response:
    t = visitor.t
    flash = Flash(
        t(_("The case is open.")),
        t(_("Its first steps are due now; the case says by when. Please ask an agency next.")),
    )
    return redirect(request, f"/cases/{case_id}", flash)


async def _read(parts: Parts, principal: Principal) -> Sheet:
    """Read what can be chosen. Raises the refusal 403 for everybody but an office's people."""
    async with parts.database.transaction() as connection:
        if principal.role not in OPENERS or not await is_office(connection, principal):
            raise standard_refusal(403)
        office = principal.agency_id and await get_agency(
            connection, principal, principal.agency_id
        )
        served = set(office.municipalities) if office else set()
        every_municipality = await list_municipalities(connection, principal)
        supervises = principal.role is Role.SUPERVISOR
        return Sheet(
            municipalities=[row for row in every_municipality if row.ags in served],
            pathways=await pathways.newest(connection, principal),
            agencies=await list_agencies(connection, principal, limit=ALL_AGENCIES),
            colleagues=(
                await Colleagues(connection).all(principal, Role.CASE_MANAGER) if supervises else []
            ),
        )


def _render(
    request: Request,
    visitor: Visitor,
    sheet: Sheet,
    form: Form,
    blocks: Blocks,
    *,
    proposed: list[Proposal] | None = None,
    known: Sequence[KnownPerson] = (),
    at_paths: bool = False,
    status: int = 200,
    obstacle: Obstacle | None = None,
) -> Response:
    t, today = visitor.t, local_day(visitor.now)
    kept = form.key if obstacle and obstacle.may_have_happened else None
    names = [(str(index), name_of(t, form, index)) for index in range(blocks.members)]
    response: Response = request.app.state.pages.render(
        request,
        "pages/case-new.html",
        status=status,
        municipalities=[(row.ags, row.name) for row in sheet.municipalities],
        pathways=sheet.pathways,
        needs=needs(),
        questions=questions(t, form, blocks.members, sheet.pathways, today),
        proposed=proposed or [],
        known=known,
        at_paths=at_paths,
        area_name=partial(name_of_legal_area, language=t.language),
        colleagues=[(person.id, person.display_name) for person in sheet.colleagues],
        recipients=recipients(t, sheet.agencies),
        all_fields=list(PersonalData),
        languages_spoken=spoken_languages(t),
        members=names,
        blocks=blocks,
        form=form,
        sent_key=kept,
        obstacle=obstacle,
    )
    return response
