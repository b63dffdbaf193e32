"""No handover without a basis: whether a step's data may go to an agency."""

from datetime import date
from uuid import UUID

from workflows.domain.basis import Basis, Consent
from workflows.domain.errors import BasisMissing
from workflows.domain.pathway import StepDefinition


def check_basis(
    step: StepDefinition, basis: Basis, consent: Consent | None, agency: UUID, on: date
) -> None:
    """Raise BasisMissing unless the statute or the consent covers the transfer on that day.

    ``consent`` is the one that the basis names, if the case has it.
    """
    if basis.statute is not None:
        permitted = step.permitted_by(basis.statute, on)
    else:
        fields = {str(field) for field in step.fields}
        permitted = consent is not None and consent.covers(agency, step.legal_area, fields, on)
    if not permitted:
        raise BasisMissing(step=step.key)
