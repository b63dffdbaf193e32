"""What stops an act, turned into the refusal that pages and programs get: in one place for both."""

import logging

import asyncpg
from fastapi import FastAPI, Request
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.engine.engine import EngineUnavailable, WorkflowGone
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import KeyUsedForAnotherRequest
from service.web.entry_words import UNUSABLE_ENTRIES
from service.web.field_errors import FieldError
from service.web.i18n import _
from service.web.problems import Refusal, answer, not_found, standard_refusal
from service.web.rule_words import rule_words
from workflows.domain import errors
from workflows.domain.errors import RuleBroken

STATUS_OF_RULE: dict[type[RuleBroken], int] = {
    errors.IllegalMove: 409,
    errors.StaleView: 409,
    errors.AlreadyClaimed: 409,
    errors.StepNotDue: 409,
    errors.StepsOpen: 409,
    errors.AppointmentAhead: 409,
    errors.NothingToUndo: 409,
    errors.UndoTooLate: 409,
    errors.NotInvolved: 403,
    errors.ReasonMissing: 422,
    errors.SourceMissing: 422,
    errors.AssigneeMissing: 422,
    errors.NoteMissing: 422,
    errors.PartyMissing: 422,
    errors.DayUnfit: 422,
    errors.AppointmentUnfit: 422,
    errors.CompetentAgencyMissing: 422,
    errors.ConferenceResultMissing: 422,
    errors.BasisMissing: 422,
    errors.NoteNotCovered: 422,
    errors.AgencyUnfit: 422,
    errors.UnknownStep: 422,
    errors.PathRunsAlready: 409,
    errors.PathsFull: 409,
    errors.EntitlementsFull: 409,
    errors.UnknownEntitlement: 404,
    errors.EndsBeforeStart: 422,
    errors.UnknownPath: 422,
    errors.MemberGone: 409,
    errors.LastMember: 409,
    errors.RequestsOpen: 409,
    errors.HouseholdFull: 409,
    errors.VersionNotNewer: 409,
    errors.StepUnderWay: 409,
    errors.StepNeverDue: 409,
}
"""409: the state stands against it; 403: the person does; 422: something in the entry does."""

UNREACHABLE = ("08", "57P", "53300")
"""How SQLSTATEs begin of a database that is going, coming or full (PostgreSQL, appendix A)."""

FIRST_UNCONFIRMED = (
    _("What was sent first is not confirmed"),
    _("It may still take effect. Please look at the current state; then send this anew."),
)

LATER = {"Retry-After": "5"}

_KINDS: tuple[type[Exception], ...] = (
    NotFound,
    UnusableEntry,
    KeyUsedForAnotherRequest,
    RuleBroken,
    EngineUnavailable,
    WorkflowGone,
    DBAPIError,
    PoolTimeoutError,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)

logger = logging.getLogger(__name__)


def install_refused_acts(app: FastAPI) -> None:
    """Answer every one of these with its refusal, wherever a route lets it through."""

    async def refused(request: Request, error: Exception) -> Response:
        refusal = refusal_of(error)
        if refusal is None:
            raise error
        return answer(request, refusal)

    for kind in _KINDS:
        app.add_exception_handler(kind, refused)


def refusal_of(error: Exception) -> Refusal | None:
    """Return how to tell somebody of this error; None if it is a mistake of ours."""
    match error:
        case NotFound():
            refusal = not_found()
        case PermissionError():
            refusal = standard_refusal(403)
        case UnusableEntry():
            sentence = UNUSABLE_ENTRIES[error.code]
            refusal = standard_refusal(422, fields=[FieldError("body", error.field, sentence)])
        case KeyUsedForAnotherRequest(happened=False):
            refusal = Refusal(409, "first-request-unconfirmed", *FIRST_UNCONFIRMED)
        case KeyUsedForAnotherRequest():
            refusal = Refusal(
                422,
                "idempotency-key-reused",
                _("This key stands for another request"),
                _("What was sent first under it has been done. Please send this under a new key."),
            )
        case RuleBroken():
            title, sentence = rule_words(error)
            status, params = STATUS_OF_RULE[type(error)], dict[str, object](error.params)
            refusal = Refusal(status, error.code, title, sentence, params=params)
        case EngineUnavailable() | WorkflowGone():
            refusal = Refusal(
                503,
                "unconfirmed",
                _("No confirmation yet"),
                _("It may have been done. Please send it again in a minute, under the same key."),
                headers=LATER,
            )
        case _ if is_outage(error):
            logger.warning("the database cannot be reached: %s", type(error).__qualname__)
            refusal = standard_refusal(503, headers=LATER)
        case _:
            return None
    return refusal


def is_outage(error: Exception) -> bool:
    """Tell whether the database could not be reached, or broke off."""
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if error.orig and isinstance(error.orig.__cause__, asyncpg.InternalClientError):
            return True  # the server has said good-bye, and has not hung up yet
        return error.connection_invalidated or state.startswith(UNREACHABLE)
    # While a connection is opened, the driver's own errors come as they are.
    return isinstance(
        error, PoolTimeoutError | OSError | asyncpg.PostgresError | asyncpg.InterfaceError
    )
