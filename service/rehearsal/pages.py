"""The page on which the coordination rehearses a version of a pathway, or the text of one."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from service.agencies.legal_areas import name_of_legal_area
from service.editor.checking import aside, check_text, tidied
from service.editor.key_rules import is_free, keeps
from service.editor.repository import all_keys
from service.pathways.api import PathwayKey
from service.pathways.checking import KeyRule
from service.pathways.faults import FaultyPathways
from service.pathways.repository import check_edits, get
from service.rehearsal.choosing import find_programme
from service.rehearsal.observing import REHEARSES, observed_paths
from service.rehearsal.rehearsals import A_WEEK, Comparison, On
from service.rehearsal.stage import Programme, Rehearsing
from service.rehearsal.words import (
    DeadlineLine,
    ReminderLine,
    deadline_lines,
    reminder_lines,
    weeks_in_words,
)
from service.versions.schemas import HIGHEST_VERSION
from service.versions.value_words import listed
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.problems import Refusal, not_found, standard_refusal
from workflows.domain.pathway import Pathway

router = APIRouter(prefix="/pathways")


@router.get("/{key}/rehearsal")
async def show_rehearsal(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    stage: Rehearsing,
    version: Annotated[int | None, Query(ge=1, le=HIGHEST_VERSION)] = None,
    on: On = On.INVENTED,
) -> Response:
    """Rehearse a version, and the one before it beside it."""
    if principal.role not in REHEARSES:
        raise standard_refusal(403)
    async with database.transaction() as connection:
        chosen = await find_programme(connection, principal, key, version, on)
    if chosen is None:
        raise not_found()
    programme, versions, observed = chosen
    found = await stage.rehearse(programme, observed, visitor.now)
    t, pathway = visitor.t, programme.pathway
    return pages.render(
        request,
        "pages/rehearsal.html",
        programme=programme,
        versions=versions,
        form=Form.filled(version=str(programme.pathway.version), on=programme.on),
        a_week=A_WEEK,
        found=found and _in_words(t, pathway, found),
    )


@router.post("/{key}/rehearsal")
async def rehearse_text(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    stage: Rehearsing,
) -> Response:
    """Rehearse a text of the editor that is not published yet, beside the newest version."""
    check_edits(principal)
    text = tidied((await sent_form(request)).value("text"))
    async with database.transaction() as connection:
        newest = await get(connection, principal, key)
        rule = keeps(key) if newest else is_free(await all_keys(connection, principal))
        observed = await observed_paths(connection, principal, key)
    pathway = await aside(partial(_pathway_in, text, rule))
    number = newest.version + 1 if newest else 1
    written = pathway.model_copy(update={"version": number})
    programme = Programme(written, newest, On.INVENTED)
    found = await stage.rehearse(programme, observed, visitor.now)
    return pages.render(
        request,
        "pages/rehearsal.html",
        programme=programme,
        versions=[],
        form=Form({}),
        a_week=A_WEEK,
        found=found and _in_words(visitor.t, written, found),
    )


def _pathway_in(text: str, rule: KeyRule) -> Pathway:
    try:
        return check_text(text, rule)
    except FaultyPathways as faulty:
        raise Refusal(
            422,
            "faulty-pathway",
            _("The text has faults"),
            _("Only a text without faults can be rehearsed. It is still there in the other tab."),
        ) from faulty


@dataclass(frozen=True)
class FoundWords:
    """What a rehearsal found. ``assumed``: the legal areas of which too little is known."""

    households: int
    deadlines: list[DeadlineLine]
    reminders: list[ReminderLine]
    weeks: str
    assumed: str


def _in_words(t: Translator, pathway: Pathway, found: Comparison) -> FoundWords:
    return FoundWords(
        households=found.households,
        deadlines=deadline_lines(t, pathway, found),
        reminders=reminder_lines(t, found),
        weeks=weeks_in_words(t, found.found),
        assumed=listed(t, sorted(name_of_legal_area(area, t.language) for area in found.assumed)),
    )
