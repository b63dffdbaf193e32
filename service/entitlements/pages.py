"""The timeline of a case: who may do or gets what, from when to when, and what runs out."""

from collections.abc import Awaitable
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.cases.path_starting import start_path
from service.cases.repository import Cases
from service.cases.schemas import StartPathBody
from service.cases.views import CaseView, MemberView
from service.entitlements.acting import change_entitlement, let_run_out, record_entitlement
from service.entitlements.form import (
    FIELD_OF_RULE,
    days_of,
    entitlement_of,
    kind_options,
    nothing_follows_of,
)
from service.entitlements.repository import entitlements_of
from service.entitlements.soon import in_sight
from service.entitlements.views import EntitlementView
from service.entitlements.words import span_words
from service.pathways import repository as pathways
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found
from service.web.visitors import Visitor
from workflows.domain.pathway import Texts
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus

router = APIRouter(prefix="/cases/{case_id}/entitlements")


@dataclass(frozen=True)
class Timeline:
    """What the pages show: the case, everything noted of it, and the pathways that lead on."""

    case: CaseView
    entries: list[EntitlementView]
    pathways: dict[str, Texts]

    def entry(self, entitlement_id: UUID) -> EntitlementView:
        """Return one entry. Raises the refusal 404."""
        for entry in self.entries:
            if entry.id == entitlement_id:
                return entry
        raise not_found()

    def member(self, entry: EntitlementView) -> MemberView:
        """Return whom it is about."""
        return next(one for one in self.case.household if one.id == entry.member_id)

    def leads_on(self, entry: EntitlementView) -> Texts | None:
        """Return what the path to what follows it is called, unless that is under way."""
        if entry.act_by is None or entry.path_id:
            return None
        return self.pathways.get(entry.kind.proposes or "")


@router.get("")
async def show_timeline(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show what each member may do and gets, and what runs out."""
    timeline = await _read(parts, principal, visitor, case_id)
    response: Response = request.app.state.pages.render(
        request,
        "pages/timeline.html",
        timeline=timeline,
        case=timeline.case,
        soon=in_sight(visitor.now),
        is_open=timeline.case.status == CaseStatus.OPEN,
        span_of=lambda entry: span_words(visitor.t, entry),
    )
    return response


@router.get("/new")
async def show_new(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show the form for another entry."""
    timeline = await _read(parts, principal, visitor, case_id)
    return _render_new(request, visitor, timeline, Form({}))


@router.post("/new")
async def note(
    request: Request, case_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Note it."""
    form, t = await sent_form(request), visitor.t
    new, obstacle = entitlement_of(t, form), None
    if new is not None:
        done = await attempt(t, record_entitlement(parts, principal, case_id, new, form.key))
        if not isinstance(done, Obstacle):
            return redirect(request, _timeline_of(case_id), _noted(t))
        obstacle = _shown_at(form, done)
    timeline = await _read(parts, principal, visitor, case_id)
    return _render_new(request, visitor, timeline, form, sent=True, obstacle=obstacle)


@router.get("/{entitlement_id}")
async def show_entry(
    request: Request,
    case_id: UUID,
    entitlement_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Show one entry with what can be done about it."""
    timeline = await _read(parts, principal, visitor, case_id)
    entry = timeline.entry(entitlement_id)
    form = Form.filled(
        printed_until=entry.printed_until.isoformat() if entry.printed_until else "",
        effective_until=entry.effective_until.isoformat() if entry.effective_until else "",
    )
    return _render_entry(request, visitor, timeline, entry, form)


@router.get("/{entitlement_id}/let-run-out")
@router.get("/{entitlement_id}/start-path")
async def back_to_entry(case_id: UUID, entitlement_id: UUID) -> Response:
    """Lead back: a refused act was shown at this address, and people reload it."""
    return RedirectResponse(f"{_timeline_of(case_id)}/{entitlement_id}", 303)


@router.post("/{entitlement_id}")
async def change(
    request: Request,
    case_id: UUID,
    entitlement_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Note its days anew."""
    form, t = await sent_form(request), visitor.t
    timeline = await _read(parts, principal, visitor, case_id)
    entry = timeline.entry(entitlement_id)
    body = days_of(t, form, entry.starts_on)
    act = (
        change_entitlement(parts, principal, case_id, entitlement_id, body, form.key)
        if body
        else None
    )
    return await _carry_out(request, visitor, timeline, entry, form, "change", act, _noted(t))


@router.post("/{entitlement_id}/let-run-out")
async def let_it_run_out(
    request: Request,
    case_id: UUID,
    entitlement_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Note why nothing has to follow it."""
    form, t = await sent_form(request), visitor.t
    timeline = await _read(parts, principal, visitor, case_id)
    entry = timeline.entry(entitlement_id)
    body = nothing_follows_of(t, form)
    act = let_run_out(parts, principal, case_id, entitlement_id, body, form.key) if body else None
    done = Flash(t(_("That is noted.")), t(_("Nobody is reminded of it any more.")))
    return await _carry_out(request, visitor, timeline, entry, form, "let-run-out", act, done)


@router.post("/{entitlement_id}/start-path")
async def lead_on(
    request: Request,
    case_id: UUID,
    entitlement_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Start the path that leads to what follows it."""
    form, t = await sent_form(request), visitor.t
    timeline = await _read(parts, principal, visitor, case_id)
    entry = timeline.entry(entitlement_id)
    if entry.kind.proposes is None:
        raise not_found()
    body = StartPathBody(
        pathway=entry.kind.proposes,
        member=timeline.case.household.index(timeline.member(entry)),
        entitlement=entitlement_id,
    )
    act = start_path(parts, principal, case_id, body, form.key)
    done = Flash(
        t(_("The path has begun.")),
        t(_("Its first steps are due now; the case says by when. Please ask an agency next.")),
    )
    return await _carry_out(
        request, visitor, timeline, entry, form, "start-path", act, done, f"/cases/{case_id}"
    )


async def _carry_out(
    request: Request,
    visitor: Visitor,
    timeline: Timeline,
    entry: EntitlementView,
    form: Form,
    name: str,
    act: Awaitable[object] | None,
    done: Flash,
    onward: str = "",
) -> Response:
    obstacle: Obstacle | None = None
    if act is not None:
        result = await attempt(visitor.t, act)
        if not isinstance(result, Obstacle):
            return redirect(request, onward or _timeline_of(timeline.case.id), done)
        obstacle = _shown_at(form, result)
    return _render_entry(request, visitor, timeline, entry, form, sent=name, obstacle=obstacle)


async def _read(parts: Parts, principal: Principal, visitor: Visitor, case_id: UUID) -> Timeline:
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(principal, visitor.now, case_id)
        if case is None:
            raise not_found()
        return Timeline(
            case,
            await entitlements_of(connection, principal, visitor.now, case_id),
            await pathways.titles(connection, principal),
        )


def _render_new(
    request: Request,
    visitor: Visitor,
    timeline: Timeline,
    form: Form,
    *,
    sent: bool = False,
    obstacle: Obstacle | None = None,
) -> Response:
    response: Response = request.app.state.pages.render(
        request,
        "pages/entitlement-new.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=timeline.case,
        members=timeline.case.choices,
        kinds=kind_options(visitor.t),
        form=form,
        sent_key=_kept_key(form, obstacle),
        obstacle=obstacle,
    )
    return response


def _render_entry(
    request: Request,
    visitor: Visitor,
    timeline: Timeline,
    entry: EntitlementView,
    form: Form,
    *,
    sent: str = "",
    obstacle: Obstacle | None = None,
) -> Response:
    member = timeline.member(entry)
    response: Response = request.app.state.pages.render(
        request,
        "pages/entitlement.html",
        status=200 if not sent else obstacle.status if obstacle else 422,
        case=timeline.case,
        entry=entry,
        member=member,
        span=span_words(visitor.t, entry),
        pathway=timeline.leads_on(entry),
        is_open=timeline.case.status == CaseStatus.OPEN and member.is_present,
        form=form,
        sent=sent,
        sent_key=_kept_key(form, obstacle),
        obstacle=obstacle,
    )
    return response


def _shown_at(form: Form, obstacle: Obstacle) -> Obstacle:
    """Tie what stands in the way to its field, where there is one."""
    if field := FIELD_OF_RULE.get(obstacle.code):
        form.refuse(field, obstacle.sentence)
    return obstacle


def _kept_key(form: Form, obstacle: Obstacle | None) -> str | None:
    return form.key if obstacle and obstacle.may_have_happened else None


def _timeline_of(case_id: UUID) -> str:
    return f"/cases/{case_id}/entitlements"


def _noted(t: Translator) -> Flash:
    return Flash(t(_("That is noted.")), t(_("You are reminded in time before it runs out.")))
