"""What an open case costs in which nothing happens: disk and memory."""

from sqlalchemy import text

from service.stack.layout import DataDirectory
from tests.bench.figures import Figure
from tests.bench.running_cases import start_workflows, take_over_cases, until_idle
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage

KB = 1000


async def measure(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return kilobytes for each of the cases, each with a referral that waits for its answer."""
    many = sizes.idle_cases
    now = stage.container.clock.now()
    before = await _use(stage)
    case_ids = await take_over_cases(stage, many, now, "benefit-change")
    await start_workflows(stage, case_ids)
    await until_idle(stage)
    after = await _use(stage)
    return [
        Figure(
            f"{what}, for each of {many} idle open cases", ((after[what] - used) / many / KB,), "kB"
        )
        for what, used in before.items()
    ]


async def _use(stage: Stage) -> dict[str, float]:
    """Return bytes by what they are used for."""
    async with stage.container.database.transaction() as connection:
        database = await connection.scalar(text("select pg_database_size(current_database())"))
    engine = DataDirectory(stage.directory).engine
    files = (engine, engine.with_name(f"{engine.name}-wal"))
    return {
        "engine's disk": sum(file.stat().st_size for file in files if file.exists()),
        "database's disk": float(database or 0),
        "worker's memory": stage.memory("worker"),
        "engine's memory": stage.servers.child("temporal").memory_info().rss,
    }
