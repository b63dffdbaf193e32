"""The page that writes down a consent for an open case."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from service.agencies.repository import AgencyRow, list_agencies
from service.cases.consent_form import AREA, consent_of, recipients, start_values
from service.cases.consenting import add_consent
from service.cases.repository import Cases
from service.cases.views import CaseView, StepView
from service.reference import as_uuid
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.working_days import local_day

router = APIRouter()

PREFIX = "consent"
ALL_AGENCIES = 500
Sheet = tuple[CaseView, list[AgencyRow]]


@router.get("/cases/{case_id}/consents/new")
async def show_new_consent(
    request: Request,
    case_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    path: str = "",
    step: str = "",
) -> Response:
    """Show the form; coming from a step, it is filled in for what that step passes on."""
    sheet = await _read(parts, principal, visitor, case_id)
    values: dict[str, str | list[str]] = dict(start_values(PREFIX, local_day(visitor.now)))
    values |= _for_step(visitor, sheet[0], as_uuid(path), step)
    return _render(request, visitor, sheet, Form.filled(**values))


@router.post("/cases/{case_id}/consents/new")
async def write_down(
    request: Request,
    case_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    path: str = "",
    step: str = "",
) -> Response:
    """Write it down and go on where it was missing."""
    form, t = await sent_form(request), visitor.t
    new = consent_of(t, form, PREFIX)
    obstacle: Obstacle | None = None
    if new is not None:
        key = form.key
        done = await attempt(t, add_consent(parts, principal, case_id, new, key))
        if not isinstance(done, Obstacle):
            flash = Flash(
                t(_("The consent is written down.")), t(_("Requests can rest on it from now on."))
            )
            case = f"/cases/{case_id}"
            known = as_uuid(path) is not None and step.replace("-", "").isalnum()
            onward = f"{case}/referrals/new?path={path}&step={step}" if known else case
            return redirect(request, onward, flash)
        obstacle = done
    sheet = await _read(parts, principal, visitor, case_id)
    return _render(request, visitor, sheet, form, sent=True, obstacle=obstacle)


def _for_step(
    visitor: Visitor, case: CaseView, path_id: UUID | None, key: str
) -> dict[str, str | list[str]]:
    """Return the member, recipient, fields and purpose that the step needs."""
    for path in case.paths:
        for step in path.steps:
            if (path.id, step.key) == (path_id, key):
                member = case.household.index(path.member or case.present[0])
                return {f"{PREFIX}-member": str(member), **_needed(visitor, step)}
    return {}


def _needed(visitor: Visitor, step: StepView) -> dict[str, str | list[str]]:
    return {
        f"{PREFIX}-recipient": f"{AREA}{step.legal_area}",
        f"{PREFIX}-fields": [str(field) for field in step.definition.fields],
        f"{PREFIX}-purpose": step.definition.title.in_language(visitor.t.language),
    }


async def _read(parts: Parts, principal: Principal, visitor: Visitor, case_id: UUID) -> Sheet:
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
        if case is None:
            raise not_found()
        return case, await list_agencies(connection, principal, limit=ALL_AGENCIES)


def _render(
    request: Request,
    visitor: Visitor,
    sheet: Sheet,
    form: Form,
    *,
    sent: bool = False,
    obstacle: Obstacle | None = None,
) -> Response:
    case, agencies = sheet
    response: Response = request.app.state.pages.render(
        request,
        "pages/consent-new.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=case,
        members=case.choices,
        recipients=recipients(visitor.t, agencies),
        all_fields=list(PersonalData),
        form=form,
        obstacle=obstacle,
    )
    return response
