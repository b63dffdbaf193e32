"""Pathways: versioned definitions of which agency follows which, and what it needs."""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflows.domain.household import HouseholdFact, HouseholdRole
from workflows.domain.joins import After, Key
from workflows.domain.order import PlacedStep, faults_of_order
from workflows.domain.personal_data import PersonalData
from workflows.domain.referral_state import Release
from workflows.domain.terms import Terms

Text = Annotated[str, Field(min_length=1, max_length=500)]
Rules = Annotated[tuple["LegalBasis", ...], Field(max_length=20)]


class Texts(BaseModel):
    """One text in the languages of the interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    de: Annotated[Text, Field(examples=["Aufnahme in der Schule"])]
    en: Annotated[Text, Field(examples=["Admission to the school"])]

    def in_language(self, language: str) -> str:
        """Return the German or the English text."""
        return self.en if language == "en" else self.de


class LegalBasis(BaseModel):
    """A rule of law that the step rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    paragraph: Annotated[
        str, Field(min_length=3, max_length=120, examples=["§ 34 Abs. 6 SchulG NRW"])
    ]
    """The paragraph as a letter would name it."""
    valid_from: date | None = None
    """First day on which it is in force; null where that is not known."""
    valid_to: date | None = None
    """Last day on which it is in force; null while no end is known."""
    checked: bool = False
    """Whether a lawyer at the agency has ticked it off; pages say so until then."""

    def in_force(self, on: date) -> bool:
        """Tell whether the rule is valid on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


class StepDefinition(BaseModel):
    """One station: what one legal area contributes to the path."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: Key
    """Its name for programs, unique in the pathway."""
    title: Texts
    """Its name for people."""
    legal_area: Annotated[Key, Field(examples=["residence"])]
    """The field of law; any of its agencies can be asked."""
    household_role: HouseholdRole | None = None
    """Whom of the household it is about; null: everybody."""
    after: Annotated[After, Field(default_factory=After)]
    """Which steps come first: a list, of which all count, or 'any:' and a list."""
    when: Annotated[tuple[HouseholdFact, ...], Field(max_length=3)] = ()
    """Facts that all have to hold for the household on the day on which the path starts.

    Where one does not, the step is no part of the path, and what comes after it passes it over.
    """
    optional: bool = False
    """Whether it may be left out without a reason, as long as no agency has said no."""
    documents: Annotated[tuple[Texts, ...], Field(max_length=30)] = ()
    """What to bring."""
    fields: Annotated[tuple[PersonalData, ...], Field(max_length=10)] = (PersonalData.NAME,)
    """Which data the agency sees."""
    statutes: Rules = ()
    """Statutes that permit the transfer of the fields; where none does, consent is needed."""
    legal_basis: Rules = ()
    """What the step itself rests on (claim, duty, period)."""
    terms: Terms = Terms()
    """Within which times it is referred, answered and done, and when it is recalled."""
    release: Release = Release.ARRIVAL
    """What releases the sender: arrival at the agency, or the effect."""

    def permitted_by(self, statute: str, on: date) -> bool:
        """Tell whether this statute permits the transfer on that day."""
        return any(rule.paragraph == statute and rule.in_force(on) for rule in self.statutes)

    def is_for(self, facts: AbstractSet[HouseholdFact]) -> bool:
        """Tell whether it is part of the path of a household for which these facts hold."""
        return facts >= set(self.when)


class Pathway(BaseModel):
    """A whole definition. A path runs on the version that it started with."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: Annotated[Key, Field(examples=["school-entry"])]
    """Its name for programs, and that of its file."""
    version: Annotated[int, Field(ge=1, examples=[1])]
    """One more for every change: a published version stays as it is."""
    title: Texts
    """Its name for people."""
    summary: Texts
    """What it leads to, in a sentence or two."""
    steps: Annotated[tuple[StepDefinition, ...], Field(min_length=1, max_length=40)]
    """Its stations, in the order in which they are shown."""

    @model_validator(mode="after")
    def _check_order(self) -> "Pathway":
        placed = [PlacedStep(step.key, step.after, frozenset(step.when)) for step in self.steps]
        if faults := list(faults_of_order(placed)):
            raise ValueError(" / ".join(str(fault) for fault in faults))
        return self

    def step(self, key: str) -> StepDefinition:
        """Return the step with that key; KeyError if there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)
