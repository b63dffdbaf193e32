"""Rendering: one Jinja environment per language, with its texts and dates."""

from functools import partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from uuid_utils.compat import uuid7

from service.web.dates import day_and_time, day_in_numbers, day_in_words, deadline_words
from service.web.flash import forget_flash, take_flash
from service.web.i18n import LOCALES, Translator
from service.web.navigation import navigation_for
from service.web.paths import START
from service.web.static import StaticFolders
from service.web.visitors import visitor_of
from service.web.words import word


def environment(folder: Path, t: Translator) -> Environment:
    """Return the environment that speaks this language; for pages and mails alike.

    Globals: ``t``, ``language``, ``languages``, ``idempotency_key()``. Filters: ``date``,
    ``day``, ``datetime``, ``due(now)``, ``word(kind)``.
    """
    # HTML is escaped; mails are plain text and must not be.
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        # An upgrade changes the files below a process that still answers with the old code.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(t.translations, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        t=t,
        language=t.language,
        languages={code: locale.get_language_name() for code, locale in LOCALES.items()},
        idempotency_key=lambda: str(uuid7()),
        start=START,
    )
    env.filters.update(
        date=partial(day_in_numbers, t),
        day=partial(day_in_words, t),
        datetime=partial(day_and_time, t),
        due=partial(deadline_words, t),
        word=partial(word, t),
    )
    return env


class Pages:
    """Renders the pages."""

    def __init__(
        self, folder: Path, translators: dict[str, Translator], static: StaticFolders
    ) -> None:
        """Prepare an environment for every language."""
        self._environments = {
            language: environment(folder, t) for language, t in translators.items()
        }
        for env in self._environments.values():
            env.globals["static"] = static.address

    def render(
        self, request: Request, name: str, *, status: int = 200, **context: object
    ) -> HTMLResponse:
        """Answer with the template ``name`` (``pages/….html``) in the visitor's language.

        The template also gets ``request``, ``visitor``, ``now``, ``navigation`` and ``flash``.
        """
        visitor = visitor_of(request)
        flash = take_flash(request)
        html = (
            self._environments[visitor.t.language]
            .get_template(name)
            .render(
                request=request,
                visitor=visitor,
                csrf_token=visitor.csrf_token,
                now=visitor.now,
                navigation=(navigation_for(visitor.user, request.url.path) if visitor.user else []),
                flash=flash,
                **context,
            )
        )
        response = HTMLResponse(html, status)
        if flash:
            forget_flash(request, response)
        return response
