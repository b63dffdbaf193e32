"""A second version of the cast's pathway: what the tests publish while paths run on the first."""

from typing import Any

from tests.world import STATUTE, pathway
from workflows.domain.pathway import Pathway

INSURANCE: dict[str, Any] = {
    "key": "insurance",
    "title": {"de": "Krankenkasse wählen", "en": "Choose a health insurer"},
    "legal_area": "health-insurance",
    "after": ["job-centre"],
    "fields": ["name"],
    "statutes": [{"paragraph": STATUTE}],
}


def newer(version: int = 2, *, without: str = "", key: str = "benefit-change") -> Pathway:
    """Return a version in which the job centre answers sooner, and a health insurer is chosen.

    The school comes after the job centre now; ``without`` names a step that is no longer there.
    """
    definition = pathway(key).model_dump(mode="json")
    job_centre, residence, school = definition["steps"]
    job_centre["terms"]["respond"] = "2 working days"
    job_centre["title"] = {"de": "Neue Station job-centre", "en": "New step job-centre"}
    job_centre["documents"] = [{"de": "Meldebescheinigung", "en": "Proof of registration"}]
    residence["title"] = {"de": "Neue Station residence", "en": "New step residence"}
    residence["release"] = "effect"
    school["after"] = ["job-centre"]
    steps = [job_centre, residence, INSURANCE, school]
    kept = [step for step in steps if step["key"] != without]
    return Pathway.model_validate(definition | {"version": version, "steps": kept})
