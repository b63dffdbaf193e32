"""Metrics for Prometheus. Labels are route templates and codes: no ids, no names.

What happens inside the engine (failed activities, failed workflow tasks, how long the ledger
takes) is counted where it happens: each worker serves that itself, see ``service.telemetry``.
"""

import asyncio
from datetime import datetime, timedelta

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from service.bootstrap import Container
from service.figures import Figures
from service.web.parts import Parts
from service.web.refused_acts import is_outage
from service.web.request_record import RequestRecord

KEPT_FOR = timedelta(seconds=5)
"""However many ask, the database is asked no more often than this."""

router = APIRouter()


def install_metrics(app: FastAPI) -> None:
    """Measure every request of the application."""
    registry = CollectorRegistry()
    app.state.metrics = registry
    app.state.figures = KeptFigures()
    app.add_middleware(RequestRecord, registry=registry)


@router.get("/metrics")
async def metrics(request: Request, parts: Parts) -> Response:
    """Say how long requests took, and what is open now. Without the database: only the first."""
    registry: CollectorRegistry = request.app.state.metrics
    kept: KeptFigures = request.app.state.figures
    try:
        figures = await kept.at_most_seconds_old(parts)
    except Exception as error:
        if not is_outage(error):
            raise
        figures = b""
    return Response(generate_latest(registry) + figures, media_type=CONTENT_TYPE_LATEST)


class KeptFigures:
    """The gauges, counted anew when the last count is too old."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lock = asyncio.Lock()
        self._counted_at: datetime | None = None
        self._figures = b""

    async def at_most_seconds_old(self, parts: Container) -> bytes:
        """Return the gauges as Prometheus reads them."""
        async with self._lock:
            now = parts.clock.now()
            if self._counted_at is None or not timedelta() <= now - self._counted_at < KEPT_FOR:
                self._figures = await _count(parts, now)
                self._counted_at = now
            return self._figures


async def _count(parts: Container, now: datetime) -> bytes:
    registry = CollectorRegistry()

    def gauge(name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"nahtlos_{name}", says, labels, registry=registry)

    def age(since: datetime | None) -> float:
        return max((now - since).total_seconds(), 0.0) if since else 0.0

    async with parts.database.transaction() as connection:
        figures = Figures(connection, now)
        open_referrals = gauge(
            "open_referrals",
            "Referrals that have not ended, by status and by the party whose clock runs.",
            *("status", "party"),
        )
        for (status, party), count in (await figures.open_referrals()).items():
            open_referrals.labels(status, party).set(count)
        overdue = gauge(
            "overdue_referrals", "Open referrals whose answering time has passed.", "party"
        )
        for party, count in (await figures.overdue_referrals()).items():
            overdue.labels(party).set(count)
        gaps = gauge("open_gaps", "Open gaps.", "kind")
        for kind, count in (await figures.open_gaps()).items():
            gaps.labels(kind).set(count)

        mails = await figures.mails()
        gauge("mails_waiting", "Mails that are not sent yet.").set(mails.waiting)
        gauge(
            "mail_oldest_age_seconds", "How long the oldest of them has waited; 0 if none does."
        ).set(age(mails.since))
        gauge(
            "mails_refused", "Those of them that the mail server has not taken at least once."
        ).set(mails.refused)
        gauge(
            "mails_never_sent",
            "Mails that the mail server did not take until their reason was gone.",
        ).set(mails.never_sent)

        drafts = await figures.drafts()
        gauge("drafts_waiting", "Cases that are written down but not opened yet.").set(
            drafts.waiting
        )
        gauge(
            "draft_oldest_age_seconds", "How long the oldest of them has waited; 0 if none does."
        ).set(age(drafts.since))
        gauge(
            "ledger_lag_seconds",
            "How long the ledger has owed an entry: the age of the oldest deadline that passed "
            "without an event, or of the oldest draft; 0 if it owes none.",
        ).set(max(age(await figures.oldest_unnoticed_deadline()), age(drafts.since)))
    return generate_latest(registry)
