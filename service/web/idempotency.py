"""The ``Idempotency-Key`` of a request: the same key has one effect, however often it comes."""

from typing import Annotated

from fastapi import Depends, Header, Response
from uuid_utils.compat import uuid7

from workflows.domain.referral_state import ActDone

LONGEST_KEY = 200
REPLAYED = "Idempotency-Replayed"


async def _key(
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=LONGEST_KEY,
            pattern=r"^[\x21-\x7e]+( +[\x21-\x7e]+)*$",
            description=(
                "Printable ASCII that you choose, new for every act: send it again with the same "
                "request and nothing happens twice, for as long as the case is kept. With another "
                "request it is refused (`idempotency-key-reused`). Without it, a repeat counts as "
                "a new act."
            ),
            examples=["0192f1c4-8b1e-7c3a-9d52-3f6a7e1b2c4d"],
        ),
    ] = None,
) -> str:
    return idempotency_key or str(uuid7())


Key = Annotated[str, Depends(_key)]
"""The key that the program chose, or a fresh one."""


def tell_repeated(response: Response, done: ActDone) -> None:
    """Say in the answer's headers that the act had been done before."""
    if done.repeated:
        response.headers[REPLAYED] = "true"
