"""No handover without a basis: whether a step's data may go to an agency."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from uuid import UUID

from workflows.domain.basis import Basis, Consent
from workflows.domain.errors import BasisMissing, NoteNotCovered
from workflows.domain.household import is_adult
from workflows.domain.pathway import LegalBasis, StepDefinition
from workflows.domain.personal_data import PersonalData


def fields_to_pass_on(step: StepDefinition, *, with_note: bool) -> tuple[PersonalData, ...]:
    """Return what the receiver will see: the step's fields, and the note if one was written."""
    fields = dict.fromkeys(step.fields)
    return tuple(fields | ({PersonalData.NOTE: None} if with_note else {}))


def whose_consent(
    member: UUID | None, birth_dates: Mapping[UUID, date], on: date
) -> frozenset[UUID]:
    """Say whose consent a transfer needs: that of the person whom the path is for.

    For a whole household (``member`` None) every adult's (§ 2 BGB), who consent for the children
    (§§ 1626, 1629 BGB); without any adult, everybody's.
    """
    if member is not None:
        return frozenset({member})
    adults = {one for one, born in birth_dates.items() if is_adult(born, on)}
    return frozenset(adults or birth_dates)


STATUTES_FOR_A_FILE = (LegalBasis(paragraph="§ 69 Abs. 1 Nr. 1 SGB X"),)
"""What can permit handing a whole case on to the office that goes on with it."""


def check_basis_of_file(
    basis: Basis,
    consents: Iterable[Consent],
    needed: AbstractSet[UUID],
    office: UUID,
    legal_area: str,
    on: date,
) -> None:
    """Raise BasisMissing unless statute or consents cover handing the whole file to the office."""
    if basis.statute is not None:
        rules = [rule for rule in STATUTES_FOR_A_FILE if rule.in_force(on)]
        if basis.statute not in {rule.paragraph for rule in rules}:
            raise BasisMissing(step="")
        return
    everything = {str(field) for field in PersonalData}
    covering = [one for one in consents if one.covers(office, legal_area, everything, on)]
    is_named = basis.consent in {consent.id for consent in covering}
    if not is_named or not needed <= {consent.member for consent in covering}:
        raise BasisMissing(step="")


def has_a_basis(
    step: StepDefinition,
    agencies: Iterable[UUID],
    consents: Sequence[Consent],
    needed: AbstractSet[UUID],
    on: date,
) -> bool:
    """Tell whether the step could be sent to any of these agencies on that day."""
    if any(statute.in_force(on) for statute in step.statutes):
        return True
    fields = set(step.fields)
    return any(
        needed
        <= {one.member for one in consents if one.covers(agency, step.legal_area, fields, on)}
        for agency in agencies
    )


def check_basis(
    step: StepDefinition,
    fields: Sequence[PersonalData],
    basis: Basis,
    consents: Iterable[Consent],
    needed: AbstractSet[UUID],
    agency: UUID,
    on: date,
) -> None:
    """Raise BasisMissing unless statute or consents cover passing these fields on that day.

    ``consents`` are the case's, ``needed`` says whose there have to be; the one that the basis
    names is among them. A statute permits what the step needs, the case manager's note among it;
    a consent covers what it names and nothing else: NoteNotCovered if just the note is too much.
    """
    if basis.statute is not None:
        if not step.permitted_by(basis.statute, on):
            raise BasisMissing(step=step.key)
        return
    covering = [
        one for one in consents if one.covers(agency, step.legal_area, set(step.fields), on)
    ]
    is_named = basis.consent in {consent.id for consent in covering}
    if not is_named or not needed <= {consent.member for consent in covering}:
        raise BasisMissing(step=step.key)
    if not needed <= {consent.member for consent in covering if consent.fields >= set(fields)}:
        raise NoteNotCovered(step=step.key)
