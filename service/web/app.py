"""The application."""

from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig

from service.rehearsal.stage import Stage
from service.web.api_document import describe_problems
from service.web.body_limit import BodyLimit
from service.web.cookies import is_https
from service.web.error_boundary import ErrorBoundary
from service.web.error_handlers import install_error_handlers
from service.web.headers import SecurityHeaders
from service.web.i18n import load_translators
from service.web.metrics import install_metrics
from service.web.places import NODE_MODULES, OWN_STATIC, TEMPLATES, TRANSLATIONS
from service.web.protection import protect
from service.web.refused_acts import install_refused_acts
from service.web.routes import API, PAGES
from service.web.static import StaticFolders
from service.web.templates import Pages
from service.web.visitors import VisitorMiddleware, WebContainer

UNTRACED = TelemetryConfig(
    {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
)
"""What FastAPI tells of its own accord contains queries and what exceptions say."""


def create_app(container: WebContainer, telemetry: TelemetryConfig = UNTRACED) -> FastAPI:
    """Return the web application: pages, API and static files.

    Routes find the container at ``request.app.state.container``, the renderer at ``.pages`` and
    the stage of rehearsals at ``.stage``.
    Raises FrontEndMissingError when the front-end packages are not installed.
    """
    translators = load_translators(TRANSLATIONS)
    static = StaticFolders(OWN_STATIC, NODE_MODULES)
    app = FastAPI(
        title="Nahtlos",
        summary="Handovers between public agencies",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry=telemetry,
    )
    app.state.container = container
    app.state.translators = translators
    app.state.pages = Pages(TEMPLATES, translators, static)
    app.state.stage = Stage()

    # The first to be added is the innermost.
    app.add_middleware(BodyLimit)
    app.add_middleware(VisitorMiddleware, translators=translators)
    app.add_middleware(ErrorBoundary)
    app.add_middleware(SecurityHeaders, https=is_https(container.settings))
    install_metrics(app)
    install_error_handlers(app)
    install_refused_acts(app)
    describe_problems(app)

    for router in PAGES:
        app.include_router(router, dependencies=[Depends(protect)], include_in_schema=False)
    for router in API:
        app.include_router(router, prefix="/api/v1")
    static.mount(app)
    return app
