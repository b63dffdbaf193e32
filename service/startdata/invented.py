"""The made-up households of the demo, as the door takes them. The same day, the same world."""

from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import NewAgency
from service.pathways.files import read_pathways, shipped_files
from service.startdata.families import make_family
from service.startdata.households import SOURCE
from service.startdata.lives import PathLife
from service.startdata.moments import Moment
from service.startdata.reading import Person, read_agencies, read_cast, read_municipalities
from service.startdata.referring import Receiver, Sender
from service.startdata.residence import noted_of
from service.startdata.stories import Story
from service.startdata.turns import turns_of
from service.startdata.walks import Act
from service.takeover.models import TakenOverCase
from workflows.domain.pathway import Pathway
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Role

CONSENT_HOLDS = timedelta(days=365)
TOLD_AS_DAYS = {"on", "filed_on", "until"}
EARLY = 0.1
"""Cases are opened first thing in the morning."""


class Invention:
    """Makes up households as they stand on one day (in Berlin)."""

    def __init__(self, today: date) -> None:
        """Take the day."""
        self._today = today

    def household(self, name: str, story: Story) -> TakenOverCase:
        """Return one household; its name decides about everything that is left to chance."""
        dice = Random(name)  # noqa: S311 - no secret
        members = make_family(story.speaks, story.adults, story.children, self._today, dice)
        opened = Moment(0, dice.uniform(0, EARLY))
        paths = [(story.path, story), *([(story.also, None)] if story.also else [])]
        lives = [
            PathLife(
                pathway=self._pathways[key],
                position=position,
                story=told,
                sender=self._sender(story),
                receivers=self._receivers[self._ags[story.place]],
                elsewhere=self._elsewhere(self._ags[story.place]),
                dice=dice,
            )
            for position, (key, told) in enumerate(paths)
        ]
        for life in lives:
            life.live(opened)
        stands_since = lives[0].stands_since
        turns = turns_of(story, self._sender(story), stands_since, dice)
        stands_since = turns[-1][0] if turns else stands_since
        lived = [timed for life in lives for timed in life.acts]
        noted = noted_of(name, story, opened, self._today)
        acts = sorted([*noted, *lived, *turns], key=lambda timed: timed[0])
        now_day = stands_since.day + story.days
        first_day = opened.on(self._today, now_day)
        consents = self._consents(story, lives, first_day)
        places = {place: index for index, (place, _) in reversed(list(enumerate(consents)))}
        return TakenOverCase.model_validate(
            {
                "source": SOURCE,
                "external_id": name,
                "municipality": self._ags[story.place],
                "office": self._sender(story).office,
                "case_manager": story.manager,
                "opened_at": opened.at(self._today, now_day),
                "household": [member.model_dump() for member in members],
                "paths": [
                    {"pathway": life.pathway.key, "member": _member(life.pathway.key, story)}
                    for life in lives
                ],
                "consents": [consent for _, consent in consents],
                "acts": [
                    self._dated(moment, act, now_day, places)
                    for moment, act in acts
                    if moment.day < now_day
                ],
            }
        )

    def _dated(
        self, moment: Moment, act: Act, now_day: int, places: dict[tuple[int, str], int]
    ) -> dict[str, Any]:
        """Return the act with days instead of moments, and its consent by position."""
        dated = self._told(act | {"at": moment}, now_day)
        if "consent" in act:
            dated["consent"] = places[act["consent"]]
        return dated

    def _told(self, act: dict[str, Any], now_day: int) -> dict[str, Any]:
        """Return the act, and what goes with it, with days and instants instead of moments."""
        told = dict(act)
        for key, value in act.items():
            if isinstance(value, Moment):
                tell = value.on if key in TOLD_AS_DAYS else value.at
                told[key] = tell(self._today, now_day)
            elif isinstance(value, dict):
                told[key] = self._told(value, now_day)
        return told

    def _consents(
        self, story: Story, lives: list[PathLife], given_at: date
    ) -> list[tuple[tuple[int, str], dict[str, Any]]]:
        """Return what was consented to on the first day, by path and step."""
        return [
            (
                (life.position, step.key),
                {
                    "member": member,
                    "legal_area": step.legal_area,
                    "fields": [*step.fields, *_note_besides(step.fields)],
                    "purpose": step.title.de,
                    "given_at": given_at,
                    "valid_until": given_at + CONSENT_HOLDS,
                },
            )
            for life in lives
            for step in life.pathway.steps
            if not step.statutes
            for member in _who_consents(life.pathway.key, story)
        ]

    def _sender(self, story: Story) -> Sender:
        offices = [one for one in self._agencies if one.legal_area == INTEGRATION_MANAGEMENT]
        [office] = [one.key for one in offices if self._ags[story.place] in one.municipalities]
        [other] = [one.key for one in offices if one.key != office]
        [supervisor] = [
            person.user
            for person in self._people
            if person.house == office and person.role is Role.SUPERVISOR
        ]
        return Sender(office, other, story.manager, supervisor)

    @cached_property
    def _pathways(self) -> dict[str, Pathway]:
        return {pathway.key: pathway for pathway in read_pathways(shipped_files())}

    @cached_property
    def _people(self) -> list[Person]:
        return read_cast().people

    @cached_property
    def _agencies(self) -> list[NewAgency]:
        return read_agencies(self._today)

    @cached_property
    def _ags(self) -> dict[str, str]:
        return {row.name: row.ags for row in read_municipalities()}

    @cached_property
    def _receivers(self) -> dict[str, dict[str, Receiver]]:
        """Who takes what, by municipality and legal area."""
        found: dict[str, dict[str, Receiver]] = {}
        for agency in self._agencies:
            for ags in agency.municipalities:
                here = found.setdefault(ags, {})
                here.setdefault(agency.legal_area, self._receiver(agency))
        return found

    def _elsewhere(self, ags: str) -> dict[str, Receiver]:
        """Who takes what in another place, by legal area; those on board before others."""
        found: dict[str, Receiver] = {}
        for agency in sorted(self._agencies, key=lambda one: not one.on_board):
            if ags not in agency.municipalities:
                found.setdefault(agency.legal_area, self._receiver(agency))
        return found

    def _receiver(self, agency: NewAgency) -> Receiver:
        clerks = tuple(
            person.user
            for person in self._people
            if person.house == agency.key and person.role is Role.AGENCY_MEMBER
        )
        return Receiver(agency.key, agency.on_board, clerks)


def _member(pathway: str, story: Story) -> int | None:
    """Return whom the path is for: school is for the oldest child, everything else for all."""
    return story.adults if pathway == "school-entry" else None


def _who_consents(pathway: str, story: Story) -> list[int]:
    member = _member(pathway, story)
    return list(range(story.adults)) if member is None else [member]


def _note_besides(fields: tuple[PersonalData, ...]) -> list[PersonalData]:
    return [] if PersonalData.NOTE in fields else [PersonalData.NOTE]
