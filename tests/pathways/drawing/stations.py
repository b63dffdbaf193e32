"""Pathways to draw."""

from service.pathways.drawing.stops import Stop
from workflows.domain.pathway import Pathway


def stop(key: str, *after: str, needs_all: bool = True, **more: str) -> Stop:
    """Return a stop that comes after these."""
    name = more.pop("name", key)
    status = more.pop("status", "waiting")
    return Stop(
        key=key,
        after=after,
        line=1,
        area="Schule",
        name=name,
        status=status,
        needs_all=needs_all,
        **more,
    )


def twelve_steps() -> Pathway:
    """Return a pathway with everything in it: branches, joins of both kinds, long German words."""
    rows: tuple[tuple[str, str, str, object], ...] = (
        ("registration", "registration", "Anmeldung im Einwohnermeldeamt", []),
        ("benefits", "asylum-benefits", "Leistungen beim Sozialamt", ["registration"]),
        (
            "title",
            "residence",
            "Aufenthaltstitel oder Fiktionsbescheinigung",
            ["registration"],
        ),
        ("health", "health", "Schuleingangsuntersuchung", ["registration"]),
        ("talk", "psychosocial", "Entlastungsgespräch", ["registration"]),
        (
            "basic-income",
            "basic-income",
            "Grundsicherung beim Jobcenter",
            {"any": ["benefits", "title"]},
        ),
        ("school-place", "school-supervision", "Zuweisung eines Schulplatzes", ["health"]),
        ("insurance", "health-insurance", "Krankenkassenmitgliedschaft", ["basic-income"]),
        (
            "housing",
            "housing",
            "Gebühren der Unterkunft, Suche nach einer Wohnung",
            ["benefits", "basic-income"],
        ),
        ("school", "schooling", "Erster Schultag", ["school-place"]),
        (
            "course",
            "integration-courses",
            "Berechtigung zum Integrationskurs",
            {"any": ["title", "insurance"]},
        ),
        (
            "review",
            "integration-management",
            "Abschlussgespräch mit Verantwortungsübergabe",
            ["housing", "course", "school"],
        ),
    )
    return Pathway.model_validate(
        {
            "key": "everything",
            "version": 1,
            "title": {"de": "Alles", "en": "Everything"},
            "summary": {"de": "Alles, was vorkommt.", "en": "Everything there is."},
            "steps": [
                {
                    "key": key,
                    "legal_area": area,
                    "title": {"de": title, "en": title},
                    "after": after,
                }
                for key, area, title, after in rows
            ],
        }
    )
