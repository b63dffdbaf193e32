"""The page of a referral, and the acts on it."""

import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.colleagues import Colleague, Colleagues
from service.agencies.repository import AgencyRow, agencies_of_area, get_agency
from service.cases.languages import spoken_languages
from service.entitlements.law import application_rules
from service.referrals.act_form import FIELD_OF_RULE, RECORD, act_body, action_of, empty_form
from service.referrals.acting import act_on_referral
from service.referrals.history import history
from service.referrals.repository import Referrals
from service.referrals.sheet import handover_sheet
from service.referrals.telling import turn_of
from service.referrals.views import ReferralView
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import DEFAULT_LANGUAGE, Translator, _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.paths import own_path
from service.web.problems import not_found
from service.web.visitors import Visitor
from service.web.words import word
from workflows.domain.actions import Action, Side
from workflows.domain.conferences import LegalStep
from workflows.domain.legal_rules import ApplicationRule, rules_of_waiting
from workflows.domain.moves import MOVES
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import Status
from workflows.domain.working_days import local_day

router = APIRouter()

MAIN_ACT: dict[str, Action] = {
    Status.REQUESTED: Action.ACCEPT,
    Status.RECEIVED: Action.ACCEPT,
    Status.ACCEPTED: Action.ARRIVE,
    Status.IN_PROGRESS: Action.COMPLETE,
    Status.COMPLETED: Action.CONFIRM,
}
"""The act that brings a referral forward."""


@dataclass(frozen=True)
class Sheet:
    """What the page shows beside the referral itself."""

    view: ReferralView
    colleagues: list[Colleague]
    others: list[AgencyRow]
    """Agencies of the same legal area, one of which may be the competent one."""
    application_office: str | None


@router.get("/referrals/{referral_id}")
async def show_referral(
    request: Request, referral_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show whose turn it is, what happened, and what this person may do."""
    sheet = await _read(parts, principal, visitor, referral_id)
    form = empty_form(local_day(visitor.now))
    return _render(request, visitor, principal, sheet, form)


@router.get("/referrals/{referral_id}/handover-sheet.pdf")
async def print_handover_sheet(
    referral_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts, request: Request
) -> Response:
    """Hand out the sheet for an agency that is reached by fax or letter, to the sender alone."""
    async with parts.database.transaction() as connection:
        view = await Referrals(connection).find(principal, visitor.now, referral_id)
        if view is None or view.side is not Side.SENDER:
            raise not_found()
        office = await get_agency(connection, principal, view.from_agency.id)
    if office is None:
        raise not_found()
    german: Translator = request.app.state.translators[DEFAULT_LANGUAGE]
    content = await asyncio.to_thread(handover_sheet, german, view, office)
    disposition = {"content-disposition": 'inline; filename="Uebergabebogen.pdf"'}
    return Response(content, media_type="application/pdf", headers=disposition)


@router.get("/referrals/{referral_id}/{name}")
async def back_to_referral(referral_id: UUID, name: str) -> Response:  # noqa: ARG001
    """Lead back: a refused act was shown at this address, and people reload it."""
    return RedirectResponse(f"/referrals/{referral_id}", 303)


@router.post("/referrals/{referral_id}/{name}")
async def act(
    request: Request,
    referral_id: UUID,
    name: str,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Carry out an act and go on; what stands in its way is said with everything typed in place."""
    t, form = visitor.t, await sent_form(request)
    action = action_of(form, name)
    if action is None and name != RECORD:
        raise not_found()
    if action is None:
        form.refuse("record-action", t("Please choose what the agency said."))
        action = Action.ACCEPT
    body = act_body(t, form, name, action)
    obstacle: Obstacle | None = None
    if body is not None:
        key = form.key
        done = await attempt(t, act_on_referral(parts, principal, referral_id, action, body, key))
        if not isinstance(done, Obstacle):
            return await _confirm(request, parts, visitor, principal, referral_id, action, form)
        obstacle = done
        if field := FIELD_OF_RULE.get(obstacle.code):
            form.refuse(f"{name}-{field}", obstacle.sentence)
    sheet = await _read(parts, principal, visitor, referral_id)
    return _render(request, visitor, principal, sheet, form, sent=name, obstacle=obstacle)


async def _confirm(
    request: Request,
    parts: Parts,
    visitor: Visitor,
    principal: Principal,
    referral_id: UUID,
    action: Action,
    form: Form,
) -> Response:
    """Say what happened, what happens next and until when."""
    sheet = await _read(parts, principal, visitor, referral_id)
    t = visitor.t
    body = turn_of(t, sheet.view, visitor.now).in_a_row(t)
    if action is Action.NUDGE:
        mailed = t(_("%(agency)s gets a mail now."), agency=sheet.view.to_agency.name)
        body = f"{mailed} {body}"
    flash = Flash(f"{word(t, action, 'event')}.", body)
    here = f"/referrals/{referral_id}"
    return redirect(request, own_path(form.value("next"), here), flash)


async def _read(parts: Parts, principal: Principal, visitor: Visitor, referral_id: UUID) -> Sheet:
    async with parts.database.transaction() as connection:
        view = await Referrals(connection).find(principal, visitor.now, referral_id)
        if view is None:
            raise not_found()
        return Sheet(
            view=view,
            colleagues=await _colleagues(connection, principal, view),
            others=await _others(connection, principal, view),
            application_office=await _application_office(connection, principal, view),
        )


async def _colleagues(
    connection: AsyncConnection, principal: Principal, view: ReferralView
) -> list[Colleague]:
    if Action.ASSIGN not in view.allowed:
        return []
    return await Colleagues(connection).all(principal, Role.AGENCY_MEMBER)


async def _others(
    connection: AsyncConnection, principal: Principal, view: ReferralView
) -> list[AgencyRow]:
    if not {Action.REDIRECT, Action.CONFER} & set(view.allowed):
        return []
    found = await agencies_of_area(connection, principal, view.definition.legal_area)
    not_asked = {view.from_agency.id}
    if Action.REDIRECT in view.allowed:
        not_asked.add(view.to_agency.id)
    return [agency for agency in found if agency.id not in not_asked]


async def _application_office(
    connection: AsyncConnection, principal: Principal, view: ReferralView
) -> str | None:
    if view.application_office_id is None:
        return None
    office = await get_agency(connection, principal, view.application_office_id)
    return office.name if office else None


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
    view, t = sheet.view, visitor.t
    status = 200 if sent is None else (obstacle.status if obstacle else 422)
    main = MAIN_ACT.get(view.status)
    response: Response = request.app.state.pages.render(
        request,
        "pages/referral.html",
        status=status,
        referral=view,
        turn=turn_of(t, view, visitor.now),
        main=main if main in view.allowed else None,
        on_behalf=not view.to_agency.on_board,
        recordable=[action for action in view.allowed if action in _ANSWERS],
        reasons={action: sorted(move.reasons) for action, move in MOVES.items()},
        others=sheet.others,
        legal_steps=list(LegalStep),
        languages_spoken=spoken_languages(t),
        claimed_by_me=view.claimed_by_id == principal.user_id,
        colleagues=sheet.colleagues,
        application_office=sheet.application_office,
        open_ways=_open_ways(view, local_day(visitor.now)),
        history=history(t, view),
        form=form,
        sent=sent,
        sent_key=form.key if obstacle and obstacle.may_have_happened else None,
        obstacle=obstacle,
    )
    return response


def _open_ways(view: ReferralView, today: date) -> list[ApplicationRule]:
    """Return what the sender can do about an application that nobody decides."""
    is_decided = view.closed_at is not None or view.status == Status.COMPLETED
    if view.side != Side.SENDER or is_decided or view.application_filed_on is None:
        return []
    area = view.definition.legal_area
    return rules_of_waiting(application_rules(), area, view.application_filed_on, today)


_ANSWERS = frozenset(
    {Action.ACCEPT, Action.REJECT, Action.ARRIVE, Action.COMPLETE, Action.FAIL, Action.RECEIVE}
)
