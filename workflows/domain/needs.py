"""What a family may need, and which paths answer that: from ticked needs to proposed paths."""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.household import HouseholdFact
from workflows.domain.joins import Key
from workflows.domain.pathway import Texts

Facts = AbstractSet[HouseholdFact]


class Whom(StrEnum):
    """Whom a need is ticked for."""

    HOUSEHOLD = "household"
    PERSON = "person"


class Need(BaseModel):
    """Something that a family may need. Whoever has it goes each of its pathways."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: Annotated[Key, Field(examples=["work"])]
    """Its name for programs."""
    title: Texts
    """Its name for people."""
    about: Texts
    """When to tick it, in a sentence."""
    whom: Whom
    """Whether it is ticked once for the household, or for each person."""
    only: Annotated[tuple[HouseholdFact, ...], Field(max_length=3)] = ()
    """Facts of which one has to hold for the person alone; none: anybody can have it."""
    pathways: Annotated[tuple[Key, ...], Field(max_length=10)] = ()
    """What answers it; none for what goes along with every request."""

    def is_for(self, person: Facts) -> bool:
        """Tell whether somebody for whom these facts hold can have it."""
        return self.whom is Whom.PERSON and (not self.only or not person.isdisjoint(self.only))


@dataclass(frozen=True)
class Ticked:
    """A need of a member (index in the household), or of the whole household (None)."""

    need: str
    member: int | None


@dataclass(frozen=True)
class ProposedPath:
    """A pathway to run, for whom (as in ``Ticked``), and the keys of the needs that it answers."""

    pathway: str
    member: int | None
    needs: tuple[str, ...]


def propose_paths(
    needs: Sequence[Need], ticked: Collection[Ticked], household: Sequence[Facts]
) -> list[ProposedPath]:
    """Return the paths that answer what is ticked, in the order of the needs, each path once.

    ``household``: for each member the facts that hold for that person alone. What is ticked for
    somebody who cannot have it proposes nothing.
    """
    answered: dict[tuple[str, int | None], list[str]] = {}
    for need in needs:
        for member in _who_can_have(need, household):
            if Ticked(need.key, member) in ticked:
                for pathway in need.pathways:
                    answered.setdefault((pathway, member), []).append(need.key)
    return [
        ProposedPath(pathway, member, tuple(keys)) for (pathway, member), keys in answered.items()
    ]


def _who_can_have(need: Need, household: Sequence[Facts]) -> Iterable[int | None]:
    if need.whom is Whom.HOUSEHOLD:
        return [None]
    return [member for member, facts in enumerate(household) if need.is_for(facts)]
