"""The page that asks an agency to take a step."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.repository import (
    AgencyRow,
    agencies_that_fit,
    get_agency,
    list_agencies,
)
from service.cases.languages import spoken_languages
from service.cases.repository import Cases
from service.cases.schemas import NewReferral, ReferAgain
from service.cases.views import CaseView, PathView, StepView
from service.reference import as_uuid
from service.referrals.again import refer_again
from service.referrals.new_form import (
    FIELD_OF_RULE,
    Choices,
    choices_for,
    referral_of,
    start_form,
    warn_of_no_room,
)
from service.referrals.repository import Referrals
from service.referrals.sending import send_referral
from service.referrals.telling import within
from service.sorting import sort_key
from service.web.dates import day_in_words
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.entry_words import BENEFITS
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.principal import Principal
from workflows.domain.referral_state import Release
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day

router = APIRouter()

ALL_AGENCIES = 500


@dataclass(frozen=True)
class Sheet:
    """What the page shows."""

    case: CaseView
    path: PathView
    step: StepView
    choices: Choices
    every_agency: list[AgencyRow]
    competent: AgencyRow | None
    """The one that the agency which was asked last named instead of itself."""


@router.get("/cases/{case_id}/referrals/new")
async def show_new_referral(
    request: Request,
    case_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    path: str = "",
    step: str = "",
) -> Response:
    """Show who fits, what they will see and on which basis."""
    sheet = await _read(parts, principal, visitor, case_id, path, step)
    return _render(
        request, visitor, sheet, start_form(sheet.choices, sheet.competent, local_day(visitor.now))
    )


@router.post("/cases/{case_id}/referrals/new")
async def send(
    request: Request,
    case_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    path: str = "",
    step: str = "",
) -> Response:
    """Send the request and say what happens next."""
    form, t = await sent_form(request), visitor.t
    sheet = await _read(parts, principal, visitor, case_id, path, step)
    new = referral_of(t, form, sheet.path.id, sheet.step.key)
    warn_of_no_room(t, form, sheet.choices, local_day(visitor.now))
    if new is None or not form.ok:
        return _render(request, visitor, sheet, form, sent=True)
    sent = await attempt(t, _send(parts, principal, sheet, new, form.key))
    if isinstance(sent, Obstacle):
        if field := FIELD_OF_RULE.get(sent.code):
            form.refuse(field, sent.sentence)
        sheet = await _read(parts, principal, visitor, case_id, path, step)
        return _render(request, visitor, sheet, form, sent=True, obstacle=sent)
    flash = await _confirmation(parts, principal, visitor, sent)
    return redirect(request, f"/cases/{case_id}", flash)


async def _send(
    parts: Parts, principal: Principal, sheet: Sheet, new: NewReferral, key: str
) -> UUID:
    """Send the step; what came back goes on from the referral that came back."""
    if sheet.step.referral is None or not _came_back(sheet.step):
        return await send_referral(parts, principal, sheet.case.id, new, key)
    again = ReferAgain.model_validate(new.model_dump(exclude={"step", "path"}))
    return await refer_again(parts, principal, sheet.step.referral.id, again, key)


def _came_back(step: StepView) -> bool:
    due = step.status == StepStatus.DUE
    return due and step.referral is not None and step.referral.status in BACK_WITH_SENDER


async def _confirmation(
    parts: Parts, principal: Principal, visitor: Visitor, referral_id: UUID
) -> Flash:
    async with parts.database.transaction() as connection:
        view = await Referrals(connection).find(principal, visitor.now, referral_id)
    t = visitor.t
    title = t(_("The request is sent."))
    if view is None or view.clock is None:
        return Flash(title)
    day, agency = day_in_words(t, view.clock.due_at), view.to_agency.name
    if not view.to_agency.on_board:
        body = _("%(agency)s gets no mail from us: please call there, by %(day)s at the latest.")
    elif view.definition.release is Release.ARRIVAL:
        body = _(
            "%(agency)s answers by %(day)s (agreed answering time). Until the family has arrived "
            "there, you stay responsible."
        )
    else:
        body = _(
            "%(agency)s answers by %(day)s (agreed answering time). Until it has taken effect, "
            "you stay responsible."
        )
    return Flash(title, t(body, agency=agency, day=day))


async def _read(
    parts: Parts,
    principal: Principal,
    visitor: Visitor,
    case_id: UUID,
    path_id: str,
    step_key: str,
) -> Sheet:
    """Read the case and who fits the step. Raises the refusal 404 where there is no such step."""
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
        path, step = _step(case, as_uuid(path_id), step_key)
        if case is None or path is None or step is None:
            raise not_found()
        fitting = await agencies_that_fit(connection, principal, step.legal_area, case.municipality)
        every_agency = await list_agencies(connection, principal, limit=ALL_AGENCIES)
        competent = await _named_as_competent(connection, principal, visitor, step)
    if competent and competent.id not in {agency.id for agency in fitting}:
        fitting = [competent, *fitting]
    today = local_day(visitor.now)
    choices = choices_for(visitor.t, case, path, step, fitting, today)
    by_name = sorted(every_agency, key=lambda row: sort_key(row.name))
    return Sheet(case, path, step, choices, by_name, competent)


async def _named_as_competent(
    connection: AsyncConnection, principal: Principal, visitor: Visitor, step: StepView
) -> AgencyRow | None:
    """Return the agency that the one which was asked last named instead of itself."""
    if step.referral is None or not _came_back(step):
        return None
    back = await Referrals(connection).find(principal, visitor.now, step.referral.id)
    if back is None or back.competent_agency is None:
        return None
    return await get_agency(connection, principal, back.competent_agency.id)


def _step(
    case: CaseView | None, path_id: UUID | None, key: str
) -> tuple[PathView | None, StepView | None]:
    if case is not None:
        for path in case.paths:
            for step in path.steps:
                if (path.id, step.key) == (path_id, key):
                    return path, step
    return None, None


def _render(
    request: Request,
    visitor: Visitor,
    sheet: Sheet,
    form: Form,
    *,
    sent: bool = False,
    obstacle: Obstacle | None = None,
) -> Response:
    step, t = sheet.step, visitor.t
    kept = form.key if obstacle and obstacle.may_have_happened else None
    response: Response = request.app.state.pages.render(
        request,
        "pages/referral-new.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=sheet.case,
        path=sheet.path,
        step=step,
        choices=sheet.choices,
        every_agency=sheet.every_agency,
        today=local_day(visitor.now),
        benefits=BENEFITS,
        answering_time=within(t, step.definition.terms.respond),
        is_due=step.status == StepStatus.DUE,
        came_back=_came_back(step),
        competent=sheet.competent,
        languages_spoken=spoken_languages(t),
        form=form,
        sent_key=kept,
        obstacle=obstacle,
    )
    return response
