"""Random acts of random people on the real workflows, while months and years pass.

After each of them what the engine has written is what the rules alone come to, what they refuse
it refuses by the same rule, and what must always hold does.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.calendar import AgencyCalendar
from service.engine.engine import Engine
from service.worker import Ports, build_worker
from tests.counts import ACTS_IN_A_LIFE, LIVES_ON_THE_ENGINE
from tests.domain.drawn import TERMS, random_path
from tests.domain.entitlements import FATHER
from tests.domain.households import PATH, SECOND_PATH, draft_case
from tests.engine.fate import Fate
from tests.engine.life import Life
from tests.engine.notebook import Notebook
from tests.engine.skipped_time import server_that_skips_time
from workflows.domain.case_state import CaseState
from workflows.messages import BasisQuestion, StepPlace

TASK_QUEUE = "lives"
LAST_ACTS = 5
"""So many acts while no time passes any more: with the case that closes the server's stands."""

OF_THE_FATHER = random_path(SECOND_PATH, most_steps=2, terms=TERMS).map(
    lambda path: path.model_copy(update={"member_id": FATHER})
)
CASES = st.builds(draft_case, random_path(PATH, most_steps=4, terms=TERMS), OF_THE_FATHER)


class EveryBasis:
    """Implements the port ``activities.ports.Bases``: everything may be passed on."""

    async def find_steps_without_basis(self, question: BasisQuestion) -> list[StepPlace]:  # noqa: ARG002 - the port's
        """Return none."""
        return []


def test_the_engine_does_what_the_rules_say_and_refuses_what_they_refuse(
    record_property: Callable[[str, object], None],
) -> None:
    tried: Counter[str] = Counter()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:

        @settings(
            max_examples=LIVES_ON_THE_ENGINE,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
        )
        @given(draft=CASES, data=st.data())
        def live(draft: CaseState, data: st.DataObject) -> None:
            runner.run(_live(draft, data, tried))

        live()

    acts = tried["done"] + tried["refused"]
    report = f"{acts} acts, {tried['refused']} of them refused; {tried['reminders']} reminders"
    record_property("acts on the engine", report)
    print(report)  # noqa: T201 - the count is what the test is asked for
    assert acts >= LIVES_ON_THE_ENGINE * ACTS_IN_A_LIFE


async def _live(draft: CaseState, data: st.DataObject, tried: Counter[str]) -> None:
    """Live one life on a server of its own."""
    notebook = Notebook()
    ports = Ports(notebook, AgencyCalendar({}), EveryBasis())
    async with server_that_skips_time() as time, build_worker(time.client, ports, TASK_QUEUE):
        life = Life(draft, time, Engine(time.client, TASK_QUEUE), notebook)
        fate = Fate(data, life)
        await life.begin()
        for _ in range(ACTS_IN_A_LIFE - LAST_ACTS):
            await life.let_pass(fate.time())
            await life.try_to(fate.wish())
        for _ in range(LAST_ACTS):
            await life.try_to(fate.last_wish())
        tried.update(life.tried, reminders=life.holding.reminders)
