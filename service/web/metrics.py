"""Metrics for Prometheus. Labels are route templates and codes: no ids, no names."""

import time

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.bootstrap import Container
from service.figures import Figures
from service.web.api_document import API_PREFIX
from service.web.parts import Parts
from service.web.refused_acts import is_outage
from service.web.visitors import is_api

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

router = APIRouter()


def install_metrics(app: FastAPI) -> None:
    """Measure every request of the application."""
    registry = CollectorRegistry()
    app.state.metrics = registry
    app.add_middleware(RequestDurations, registry=registry)


@router.get("/metrics")
async def metrics(request: Request, parts: Parts) -> Response:
    """Say how long requests took, and what is open now. Without the database: only the first."""
    registry: CollectorRegistry = request.app.state.metrics
    try:
        figures = await _figures(parts)
    except Exception as error:
        if not is_outage(error):
            raise
        figures = b""
    return Response(generate_latest(registry) + figures, media_type=CONTENT_TYPE_LATEST)


async def _figures(parts: Container) -> bytes:
    """Return the gauges, counted at this moment."""
    registry = CollectorRegistry()
    referrals = Gauge(
        "nahtlos_open_referrals",
        "Referrals that have not ended.",
        ["status", "party"],
        registry=registry,
    )
    gaps = Gauge("nahtlos_open_gaps", "Open gaps.", ["kind"], registry=registry)
    mails = Gauge("nahtlos_mails_waiting", "Mails that are not sent yet.", registry=registry)
    oldest = Gauge(
        "nahtlos_mail_oldest_age_seconds",
        "How long the oldest of them has waited; 0 if none does.",
        registry=registry,
    )
    async with parts.database.transaction() as connection:
        figures = Figures(connection)
        for (status, party), count in (await figures.open_referrals()).items():
            referrals.labels(status, party).set(count)
        for kind, count in (await figures.open_gaps()).items():
            gaps.labels(kind).set(count)
        waiting = await figures.waiting_mails()
    mails.set(waiting.number)
    if waiting.since:
        oldest.set((parts.clock.now() - waiting.since).total_seconds())
    return generate_latest(registry)


class RequestDurations:
    """Measures from the first byte in to the last byte out."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        """Take the application, and where to count."""
        self._app = app
        self._durations = Histogram(
            "nahtlos_http_request_duration_seconds",
            "How long requests took.",
            ["route", "method", "status"],
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and measure it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            duration = time.perf_counter() - started
            self._durations.labels(_template(scope), method, status).observe(duration)


def _template(scope: Scope) -> str:
    """Return the route as it was declared, ``/referrals/{referral_id}``: never what was asked."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return OTHER
    # Routes of the API are declared without what stands before all of them.
    return f"{API_PREFIX}{path}" if is_api(scope) and not path.startswith(API_PREFIX) else path
