"""From the view of a referral to what programs get."""

from service.agencies.answers import AgencyLink
from service.cases.answers import ClockAnswer, PersonLink
from service.referrals.answers import (
    ApplicationAnswer,
    AppointmentAnswer,
    BasisAnswer,
    ConferenceAnswer,
    EventAnswer,
    LinkAnswer,
    OpenGapAnswer,
    ReferralAnswer,
    SpanAnswer,
    SubjectAnswer,
)
from service.referrals.views import EventView, ReferralView
from workflows.domain.actions import Side
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.referral_state import ReferralOutcome
from workflows.domain.statuses import Status

AFTER_IT_CAME_BACK = ("refer-again", "waive")


def show_referral(view: ReferralView) -> ReferralAnswer:
    """Return the referral as programs of that side see it."""
    is_sender = view.side is Side.SENDER
    application = _show_application(view)
    return ReferralAnswer(
        id=view.id,
        case_id=view.case_id if is_sender else None,
        path_id=view.path_id if is_sender else None,
        pathway=view.pathway.key,
        step=view.definition.key,
        from_agency=AgencyLink.model_validate(view.from_agency),
        to_agency=AgencyLink.model_validate(view.to_agency),
        municipality=view.municipality,
        status=Status(view.status),
        business_status=view.business_status,
        opened_at=view.opened_at,
        referred_at=view.referred_at,
        closed_at=view.closed_at,
        clock=view.clock and ClockAnswer.model_validate(view.clock),
        seq=view.seq,
        responsible=view.responsible and AgencyLink.model_validate(view.responsible),
        claimed_by=_show_claim(view),
        case_manager=view.case_manager,
        predecessor_id=view.predecessor_id,
        successor_id=view.successor_id,
        basis=BasisAnswer(consent=view.basis_consent_id, statute=view.basis_statute),
        filed_at=application and application.filed_at,
        application=application,
        interpreter=view.interpreter,
        appointment=view.appointment and AppointmentAnswer.model_validate(view.appointment),
        competent_agency=view.competent_agency and AgencyLink.model_validate(view.competent_agency),
        bounces=view.bounces,
        chain=[LinkAnswer.model_validate(link) for link in view.chain],
        conference=view.conference and ConferenceAnswer.model_validate(view.conference),
        outcome=view.outcome and ReferralOutcome(view.outcome),
        fields=view.fields,
        subjects=[SubjectAnswer.model_validate(subject) for subject in view.subjects],
        household_size=view.household_size,
        note=view.note,
        clocks=[SpanAnswer.model_validate(span) for span in view.spans],
        events=[_show_event(event) for event in view.events],
        gaps=[OpenGapAnswer.model_validate(gap) for gap in view.gaps],
        allowed_actions=[*_going_on(view), *view.allowed],
    )


def _show_application(view: ReferralView) -> ApplicationAnswer | None:
    if (
        view.application_benefit is None
        or view.application_office_id is None
        or view.application_filed_on is None
    ):
        return None
    return ApplicationAnswer(
        benefit=view.application_benefit,
        office=view.application_office_id,
        filed_at=view.application_filed_on,
    )


def _show_claim(view: ReferralView) -> PersonLink | None:
    if view.claimed_by_id is None or view.claimed_by is None:
        return None
    return PersonLink(id=view.claimed_by_id, name=view.claimed_by)


def _show_event(event: EventView) -> EventAnswer:
    return EventAnswer(
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        agency=event.house,
        action=event.action,
        status=Status(event.status),
        reason=event.reason,
        note=event.note,
        channel=event.channel,
        spoken_to=event.spoken_to,
        undoes=event.undoes,
        imported=event.imported,
    )


def _going_on(view: ReferralView) -> tuple[str, ...]:
    is_back = view.status in BACK_WITH_SENDER and view.closed_at is None
    return AFTER_IT_CAME_BACK if is_back and view.side is Side.SENDER else ()
