"""The page of a case, and the acts on it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.accounts.colleagues import Colleague, Colleagues
from service.agencies.legal_areas import name_of_legal_area
from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import agencies_of_area
from service.cases.act_form import (
    FIELD_OF_RULE,
    assignment_of,
    closing_of,
    reopening_of,
    start_of,
    waiver_of,
)
from service.cases.acting import assign_case, close_case, reopen_case, waive_step
from service.cases.case_turn import next_to_refer, turn_of_case
from service.cases.household_history import HouseholdChange, changes_of_household
from service.cases.lines import lines_of
from service.cases.maps import maps_of
from service.cases.member_words import age_words, paths_in_words
from service.cases.offering import offer_case, withdraw_offer
from service.cases.path_starting import start_path
from service.cases.repository import Cases
from service.cases.transfer_form import TransferChoices, transfer_choices, transfer_of
from service.cases.views import CaseView
from service.entitlements.repository import entitlements_of
from service.entitlements.soon import in_sight
from service.entitlements.views import EntitlementView
from service.pathways import repository as pathways
from service.sorting import sort_key
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.paths import own_path
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.pathway import Texts
from workflows.domain.principal import Principal, Role
from workflows.domain.reasons import CaseOutcome
from workflows.domain.statuses import WITH_AN_AGENCY, CaseStatus
from workflows.domain.working_days import local_day

router = APIRouter()


@dataclass(frozen=True)
class Sheet:
    """What the page shows."""

    case: CaseView
    colleagues: list[Colleague]
    transfer: TransferChoices
    entitlements: list[EntitlementView]
    changes: list[HouseholdChange]
    pathways: dict[str, Texts]


@router.get("/cases/{case_id}")
async def show_case(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show where everyone stands and what comes next."""
    sheet = await _read(parts, principal, visitor, case_id)
    return _render(request, visitor, principal, sheet, Form({}))


@router.get("/cases/{case_id}/assign")
@router.get("/cases/{case_id}/close")
@router.get("/cases/{case_id}/reopen")
@router.get("/cases/{case_id}/start-path")
@router.get("/cases/{case_id}/transfer")
@router.get("/cases/{case_id}/withdraw-transfer")
@router.get("/cases/{case_id}/paths/{path_id}/{step}/waive")
async def back_to_case(case_id: UUID) -> Response:
    """Lead back: a refused act was shown at this address, and people reload it."""
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.post("/cases/{case_id}/paths/{path_id}/{step}/waive")
async def waive(
    request: Request,
    case_id: UUID,
    path_id: UUID,
    step: str,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Leave a step out, with a reason."""
    form, t, name = await sent_form(request), visitor.t, f"waive-{path_id}-{step}"
    body = waiver_of(t, form, name, path_id)
    act = waive_step(parts, principal, case_id, step, body, _key(form)) if body else None
    done = Flash(
        t(_("The step is left out.")),
        t(_("What comes after it can begin. The case shows whose turn it is.")),
    )
    return await _carry_out(request, parts, visitor, principal, case_id, form, name, act, done)


@router.post("/cases/{case_id}/start-path")
async def start_another_path(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Start another path."""
    form, t = await sent_form(request), visitor.t
    body = start_of(t, form)
    act = start_path(parts, principal, case_id, body, _key(form)) if body else None
    done = Flash(
        t(_("The path has begun.")),
        t(_("Its first steps are due now; the case says by when. Please ask an agency next.")),
    )
    return await _carry_out(
        request, parts, visitor, principal, case_id, form, "start-path", act, done
    )


@router.post("/cases/{case_id}/assign")
async def assign(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Give the case to a colleague."""
    form, t = await sent_form(request), visitor.t
    body = assignment_of(t, form)
    act = assign_case(parts, principal, case_id, body, _key(form)) if body else None
    done = Flash(
        t(_("The case has a new case manager.")),
        t(_("From now on it stands on their day, with the same deadlines.")),
    )
    return await _carry_out(request, parts, visitor, principal, case_id, form, "assign", act, done)


@router.post("/cases/{case_id}/close")
async def close(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Close the case."""
    form, t = await sent_form(request), visitor.t
    body = closing_of(t, form)
    act = close_case(parts, principal, case_id, body, _key(form)) if body else None
    done = Flash(t(_("The case is closed.")), t(_("Nobody is reminded of it any more.")))
    return await _carry_out(request, parts, visitor, principal, case_id, form, "close", act, done)


@router.post("/cases/{case_id}/reopen")
async def reopen(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Open the case again."""
    form, t = await sent_form(request), visitor.t
    body = reopening_of(t, form)
    act = reopen_case(parts, principal, case_id, body, _key(form)) if body else None
    done = Flash(
        t(_("The case is open again.")),
        t(_("What was neither done nor left out is due anew. Everything else stands as it was.")),
    )
    return await _carry_out(request, parts, visitor, principal, case_id, form, "reopen", act, done)


@router.post("/cases/{case_id}/transfer")
async def transfer(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Offer the case to another office."""
    form, t = await sent_form(request), visitor.t
    body = transfer_of(t, form)
    act = offer_case(parts, principal, case_id, body, _key(form)) if body else None
    done = Flash(
        t(_("The case is offered.")),
        t(_("The other office gets a mail. You stay responsible until it accepts.")),
    )
    return await _carry_out(
        request, parts, visitor, principal, case_id, form, "transfer", act, done
    )


@router.post("/cases/{case_id}/withdraw-transfer")
async def withdraw_transfer(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Take the offer back."""
    form, t = await sent_form(request), visitor.t
    act = withdraw_offer(parts, principal, case_id, _key(form))
    done = Flash(t(_("The offer is taken back.")), t(_("The case stays with your office.")))
    return await _carry_out(
        request, parts, visitor, principal, case_id, form, "withdraw-transfer", act, done
    )


async def _carry_out(
    request: Request,
    parts: Parts,
    visitor: Visitor,
    principal: Principal,
    case_id: UUID,
    form: Form,
    name: str,
    act: Awaitable[object] | None,
    done: Flash,
) -> Response:
    """Confirm the act, or show the page again with everything typed and what is wrong."""
    obstacle: Obstacle | None = None
    if act is not None:
        result = await attempt(visitor.t, act)
        if not isinstance(result, Obstacle):
            return redirect(request, own_path(form.value("next"), f"/cases/{case_id}"), done)
        obstacle = result
        if field := FIELD_OF_RULE.get(obstacle.code):
            form.refuse(f"{name}-{field}", obstacle.sentence)
    sheet = await _read(parts, principal, visitor, case_id)
    return _render(request, visitor, principal, sheet, form, sent=name, obstacle=obstacle)


async def _read(parts: Parts, principal: Principal, visitor: Visitor, case_id: UUID) -> Sheet:
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
        if case is None:
            raise not_found()
        supervises = principal.role is Role.SUPERVISOR
        colleagues = (
            await Colleagues(connection).all(principal, Role.CASE_MANAGER) if supervises else []
        )
        offices = await agencies_of_area(connection, principal, INTEGRATION_MANAGEMENT)
        entitlements = await entitlements_of(connection, principal, visitor.now, case_id)
        choices = await pathways.titles(connection, principal)
        has_changed = any(one.joined_on or one.left_on for one in case.household)
        changes = (
            await changes_of_household(connection, principal, visitor.now, case_id)
            if has_changed
            else []
        )
    others = [person for person in colleagues if person.id != case.case_manager_id]
    transfer = transfer_choices(visitor.t, case, offices, local_day(visitor.now))
    return Sheet(case, others, transfer, entitlements, changes, choices)


def _render(
    request: Request,
    visitor: Visitor,
    principal: Principal,
    sheet: Sheet,
    form: Form,
    *,
    sent: str | None = None,
    obstacle: Obstacle | None = None,
) -> Response:
    case, t, now = sheet.case, visitor.t, visitor.now
    kept = form.key if obstacle and obstacle.may_have_happened else None
    with_an_agency = [
        step for path in case.paths for step in path.steps if step.status in WITH_AN_AGENCY
    ]
    lines = lines_of(t, case, principal.user_id, now)
    response: Response = request.app.state.pages.render(
        request,
        "pages/case.html",
        status=200 if sent is None else obstacle.status if obstacle else 422,
        case=case,
        turn=turn_of_case(t, case, principal.user_id, now),
        lines=lines,
        maps=maps_of(t, lines, now),
        area_name=partial(name_of_legal_area, language=t.language),
        next_step=next_to_refer(case),
        is_open=case.status == CaseStatus.OPEN,
        is_closed=case.status == CaseStatus.CLOSED,
        is_manager=case.case_manager_id == principal.user_id,
        can_be_closed=not with_an_agency,
        outcomes=list(CaseOutcome),
        colleagues=sheet.colleagues,
        transfer=sheet.transfer,
        entries=sheet.entitlements,
        in_sight=in_sight(now),
        pathways=_by_name(t, sheet.pathways),
        members=case.choices,
        changes=sheet.changes,
        age_of=lambda member: age_words(t, member.birth_date, local_day(now)),
        paths_of=lambda member: paths_in_words(t, lines, member.id if member else None),
        form=form,
        sent=sent,
        sent_key=kept,
        obstacle=obstacle,
    )
    return response


def _by_name(t: Translator, titles: dict[str, Texts]) -> list[tuple[str, str]]:
    named = [(key, title.in_language(t.language)) for key, title in titles.items()]
    return sorted(named, key=lambda one: sort_key(one[1]))


def _key(form: Form) -> str:
    return form.key
