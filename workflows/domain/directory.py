"""Which agency a step may be sent to."""

from collections.abc import Container
from uuid import UUID

from workflows.domain.errors import AgencyUnfit


def check_fit(
    agency: UUID,
    its_legal_area: str,
    its_municipalities: Container[str],
    *,
    step: str,
    legal_area: str,
    municipality: str,
) -> None:
    """Raise AgencyUnfit unless the agency serves the step's legal area in the municipality."""
    if its_legal_area != legal_area or municipality not in its_municipalities:
        raise AgencyUnfit(agency=str(agency), step=step)
