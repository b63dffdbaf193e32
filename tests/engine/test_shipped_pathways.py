"""Every shipped pathway runs from start to end, as a family goes through it, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from service.agencies.repository import add_agency
from service.cases.acting import close_case, waive_step
from service.cases.case_turn import turn_of_case
from service.cases.lines import lines_of
from service.cases.opening import open_case
from service.cases.repository import Cases
from service.cases.schemas import (
    CloseCase,
    NewCase,
    NewConsent,
    NewMember,
    NewPath,
    NewReferral,
    WaiveStep,
)
from service.cases.views import CaseView, StepView
from service.engine.engine import Engine
from service.pathways.files import read_pathway, shipped_files
from service.referrals.sending import send_referral
from service.startdata.reading import read_agencies
from service.startdata.reference import load_municipalities
from service.web.i18n import load_translators
from service.web.places import TRANSLATIONS
from tests import cast
from tests.engine.skipped_time import SkippedTime, server_that_skips_time
from tests.engine.waiting import until_step
from tests.world import PADERBORN, World
from workflows.domain.actions import Action
from workflows.domain.basis import Basis
from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome
from workflows.domain.referral_state import Channel
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day

LANGUAGES = load_translators(TRANSLATIONS)
FINISHED = {StepStatus.DONE, StepStatus.WAIVED}
A_DAY = timedelta(days=1)
FAMILY = {"adult": date(1990, 5, 4), "pupil": date(2016, 3, 1), "small child": date(2024, 3, 1)}
ON_THE_WAY = (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE, Action.CONFIRM)


@pytest.mark.parametrize("file", shipped_files(), ids=lambda file: file.stem)
async def test_a_shipped_pathway_runs_from_start_to_end(
    world: World, file: Path, record_property: Callable[[str, object], None]
) -> None:
    # The cast's world has a pathway of one of these names.
    pathway = read_pathway(file).model_copy(update={"version": 100})
    async with server_that_skips_time() as time:
        engine = Engine(time.client, world.container.engine.task_queue)
        there = World(replace(world.container, client=time.client, engine=engine, clock=time))
        await load_municipalities(there.container)
        await there.publish(pathway)
        await enter_agencies(there)
        async with there.worker():
            way = Way(there, time, pathway)
            await way.open()
            while due := way.due():
                await way.finish(due[0])
            closing = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
            await close_case(there.container, cast.ANNA, way.case.id, closing, "close")

    assert {step.key for step in way.steps} == {step.key for step in pathway.steps}
    assert {StepStatus(step.status) for step in way.steps} <= FINISHED
    assert way.acts >= len(ON_THE_WAY) * sum(not step.optional for step in pathway.steps)
    assert way.said == {"de", "en"}
    record_property("acts", way.acts)


async def enter_agencies(world: World) -> None:
    """Enter those of the demo, none of them on board: Anna records what they say."""
    async with world.container.database.transaction() as connection:
        for agency in read_agencies(local_day(world.container.clock.now())):
            called = replace(agency, on_board=False, queue_address=None)
            await add_agency(connection, Principal.system(), called)


class Way:
    """A family's way along a pathway: Anna asks every agency and calls it until it is done."""

    def __init__(self, world: World, time: SkippedTime, pathway: Pathway) -> None:
        self.world, self.time, self.pathway = world, time, pathway
        self.acts = 0
        self.said: set[str] = set()
        self.case: CaseView

    @property
    def steps(self) -> list[StepView]:
        return self.case.paths[0].steps

    def due(self) -> list[StepView]:
        return [step for step in self.steps if step.status == StepStatus.DUE]

    async def open(self) -> None:
        """Open a case for a family for which every step is meant, with every consent."""
        today = local_day(self.time.now())
        household = tuple(
            NewMember(given_name=name.title(), family_name="Haddad", birth_date=born)
            for name, born in FAMILY.items()
        )
        consents = tuple(
            NewConsent(
                member=0,
                legal_area=area,
                fields=tuple(PersonalData),
                purpose="Begleitung",
                given_at=today,
                valid_until=today + timedelta(days=1000),
            )
            for area in {step.legal_area for step in self.pathway.steps if not step.statutes}
        )
        new = NewCase(
            municipality=PADERBORN,
            household=household,
            paths=(NewPath(pathway=self.pathway.key),),
            consents=consents,
        )
        case_id = await open_case(self.world.container, cast.ANNA, new, "open")
        first = next(step for step in self.pathway.steps if not step.after.steps)
        await until_step(self.world, case_id, first.key, StepStatus.DUE)
        await self._look(case_id)

    async def finish(self, step: StepView) -> None:
        """Leave out what is optional; ask an agency for everything else, and see it through."""
        definition = step.definition
        if definition.optional and self._is_spare(step.key):
            waiver = WaiveStep(path=self.case.paths[0].id)
            container = self.world.container
            await waive_step(container, cast.ANNA, self.case.id, step.key, waiver, str(uuid4()))
            await until_step(self.world, self.case.id, step.key, StepStatus.WAIVED)
        else:
            await self._see_through(definition)
        await self._until_the_next_is_due()

    def _is_spare(self, key: str) -> bool:
        """Tell whether nothing waits for it, or another one of several has been done."""
        done = {step.key for step in self.steps if step.status == StepStatus.DONE}
        joins = [step.after for step in self.pathway.steps if key in step.after.steps]
        return all(done & set(join.steps) for join in joins)

    async def _see_through(self, step: StepDefinition) -> None:
        basis = self._basis(step)
        agency = self._agency(step.legal_area)
        new = NewReferral(step=step.key, agency=agency, basis=basis, note="Bitte um Rückruf.")
        container = self.world.container
        referral = await send_referral(container, cast.ANNA, self.case.id, new, str(uuid4()))
        await until_step(self.world, self.case.id, step.key, StepStatus.REFERRED)
        for action in ON_THE_WAY:
            await self._look(self.case.id)
            await self.time.pass_by(A_DAY)
            await self.world.act(referral, action, cast.ANNA, source=self._told(action))
            self.acts += 1
        await until_step(self.world, self.case.id, step.key, StepStatus.DONE)

    def _told(self, action: Action) -> dict[str, object] | None:
        """Return how Anna learned it; what she confirms she knows herself."""
        if action is Action.CONFIRM:
            return None
        today = local_day(self.time.now())
        return {"channel": Channel.TELEPHONE, "on": today, "spoken_to": "Frau Muster"}

    def _basis(self, step: StepDefinition) -> Basis:
        if step.statutes:
            return Basis(statute=step.statutes[0].paragraph)
        given = next(one for one in self.case.consents if one.legal_area == step.legal_area)
        return Basis(consent=given.id)

    def _agency(self, legal_area: str) -> str:
        return next(
            agency.key
            for agency in read_agencies(local_day(self.time.now()))
            if agency.legal_area == legal_area and PADERBORN in agency.municipalities
        )

    async def _until_the_next_is_due(self) -> None:
        await self._look(self.case.id)
        finished = [step.key for step in self.steps if step.status in FINISHED]
        for step in self.steps:
            if step.status == StepStatus.WAITING and step.definition.after.met_by(finished):
                await until_step(self.world, self.case.id, step.key, StepStatus.DUE)
        await self._look(self.case.id)

    async def _look(self, case_id: UUID) -> None:
        """Look at the case as its page shows it, in each language."""
        async with self.world.container.database.transaction() as connection:
            found = await Cases(connection).find(cast.ANNA, self.time.now(), case_id)
        assert found is not None
        self.case = found
        for language, t in LANGUAGES.items():
            sentence = turn_of_case(t, found, cast.ANNA.user_id, self.time.now()).sentence
            [(_, stations)] = lines_of(t, found, cast.ANNA.user_id, self.time.now())
            names = [one.definition.title.in_language(language) for one in self.steps]
            assert [station.name for station in stations] == names
            whose = [station.name for station in stations if station.baton]
            assert not whose or any(name in sentence for name in whose)
            self.said.add(language)
