"""Opaque secrets: what a browser or a program shows us, and what we keep of it."""

import hashlib
import secrets

BYTES = 32
"""256 bits of randomness: beyond guessing, so that a plain SHA-256 of it is safe to keep."""


def new_secret() -> str:
    """Return a fresh random secret, safe in cookies, headers and URLs."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> bytes:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
