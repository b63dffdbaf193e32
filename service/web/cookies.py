"""Our cookies: all HttpOnly and SameSite=Lax, Secure wherever the pages come over https."""

from fastapi.responses import Response
from starlette.requests import HTTPConnection

from service.settings import Settings

LANGUAGE_COOKIE = "nahtlos_language"
FLASH_COOKIE = "nahtlos_flash"
ONE_YEAR = 365 * 24 * 3600


def is_https(settings: Settings) -> bool:
    """Tell whether people reach the pages over https."""
    return settings.public_url.lower().startswith("https://")


def session_cookie(settings: Settings) -> str:
    """Return the name of the session cookie.

    Over https the prefix ``__Host-`` (RFC 6265bis, 4.1.3.2) keeps other hosts from setting it.
    """
    return "__Host-nahtlos_session" if is_https(settings) else "nahtlos_session"


def session_secret(connection: HTTPConnection, settings: Settings) -> str | None:
    """Return what the browser shows as its session, if it shows anything."""
    return connection.cookies.get(session_cookie(settings)) or None


def set_cookie(
    response: Response, settings: Settings, name: str, value: str, max_age: int | None = None
) -> None:
    """Set a cookie for the whole site. ``max_age`` in seconds; None: until the browser closes."""
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_https(settings),
    )


def drop_cookie(response: Response, settings: Settings, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_https(settings))
