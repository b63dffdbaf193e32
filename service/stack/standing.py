"""What a started stack turns out to be: a demo, one that waits for its first administrator, ..."""

from dataclasses import dataclass

from service.stack.stack import Stack


@dataclass(frozen=True)
class Standing:
    """``set_up_code``: made for this start, None once there is an administrator."""

    is_demo: bool
    set_up_code: str | None


async def find_standing(stack: Stack) -> Standing:
    """Look into the database; a code that an earlier start has printed is replaced."""
    # They bring half of the service with them, which the supervisor does without until now.
    from service.clock import SystemClock  # noqa: PLC0415
    from service.database import Database  # noqa: PLC0415
    from service.installation.demo import is_demo  # noqa: PLC0415
    from service.installation.set_up import new_set_up_code  # noqa: PLC0415

    database = Database(stack.settings()["database_url"])
    try:
        code = await new_set_up_code(database, SystemClock().now())
        async with database.transaction() as connection:
            return Standing(is_demo=await is_demo(connection), set_up_code=code)
    finally:
        await database.dispose()
