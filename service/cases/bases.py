"""Whether the data of a step may be passed on at all: by statute, or by consent."""

from datetime import date
from uuid import UUID

from service.agencies.repository import agencies_that_fit
from service.cases.repository import Cases
from service.cases.views import CaseView, ConsentView, PathView, StepView
from service.database import Database
from workflows.domain.basis import Consent
from workflows.domain.principal import Principal
from workflows.domain.transfer import has_a_basis, whose_consent
from workflows.domain.working_days import local_day
from workflows.messages import BasisQuestion, StepPlace


class PostgresBases:
    """Implements the port ``activities.ports.Bases``."""

    def __init__(self, database: Database) -> None:
        """Take the database that holds cases and directory."""
        self._database = database

    async def find_steps_without_basis(self, question: BasisQuestion) -> list[StepPlace]:
        """Return those of the steps that could be sent to no agency that fits."""
        engine, today = Principal.system(), local_day(question.at)
        without = []
        async with self._database.transaction() as connection:
            case = await Cases(connection).find(engine, question.at, question.case_id)
            if case is None:
                return []
            for place in question.places:
                path, step = _find(case, place)
                agencies = await agencies_that_fit(
                    connection, engine, step.legal_area, case.municipality
                )
                if not _has_a_basis(case, path, step, [one.id for one in agencies], today):
                    without.append(place)
        return without


def consent_of(view: ConsentView) -> Consent:
    """Return the consent as the rules know it."""
    return Consent(
        id=view.id,
        member=view.member_id,
        agency=view.agency.id if view.agency else None,
        legal_area=view.legal_area,
        fields=frozenset(view.fields),
        given_on=view.given_on,
        valid_until=view.valid_until,
        withdrawn_on=view.withdrawn_on,
    )


def _has_a_basis(
    case: CaseView, path: PathView, step: StepView, agencies: list[UUID], today: date
) -> bool:
    birth_dates = {member.id: member.birth_date for member in case.present}
    return has_a_basis(
        step.definition,
        agencies,
        [consent_of(view) for view in case.consents],
        whose_consent(path.member.id if path.member else None, birth_dates, today),
        today,
    )


def _find(case: CaseView, place: StepPlace) -> tuple[PathView, StepView]:
    path = next(one for one in case.paths if one.id == place.path_id)
    return path, next(one for one in path.steps if one.key == place.step)
