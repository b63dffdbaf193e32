"""Password hashing: argon2id with the parameters of RFC 9106, as argon2-cffi sets them."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError


async def hash_password(password: str) -> str:
    """Return the hash to store. Takes about 50 ms in a thread of its own."""
    return await asyncio.to_thread(PasswordHasher().hash, _as_bytes(password))


async def password_matches(password: str, password_hash: str) -> bool:
    """Tell whether the password belongs to the hash."""
    return await asyncio.to_thread(_verify, password, password_hash)


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other parameters than those of today."""
    return PasswordHasher().check_needs_rehash(password_hash)


def _verify(password: str, password_hash: str) -> bool:
    try:
        return PasswordHasher().verify(password_hash, _as_bytes(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _as_bytes(password: str) -> bytes:
    # A lone surrogate is no text, but typing one must not be more than a wrong password.
    return password.encode("utf-8", "surrogatepass")
