"""Where a referral stands, in sentences: whose turn it is, until when, who is responsible."""

from dataclasses import dataclass
from datetime import datetime

from service.referrals.views import ReferralView
from service.web.dates import DeadlineWords, day_and_time, deadline_words
from service.web.i18n import Translator, _
from workflows.domain.actions import Side
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.referral_state import Release
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import Term

YOUR_TURN: dict[str, str] = {
    Status.REQUESTED: _("It is your turn: please accept the request, or reject it with a reason."),
    Status.RECEIVED: _("It is your turn: please accept the request, or reject it with a reason."),
    Status.ACCEPTED: _("It is your turn: confirm the arrival once the family has been with you."),
    Status.IN_PROGRESS: _(
        "It is your turn: confirm the effect once the benefit runs or the place is taken."
    ),
}
CALL_THEM: dict[str, str] = {
    Status.REQUESTED: _("Please call %(agency)s and write down here what they say."),
    Status.RECEIVED: _("Please call %(agency)s and write down here what they say."),
    Status.ACCEPTED: _("Please ask %(agency)s whether the family has arrived."),
    Status.IN_PROGRESS: _("Please ask %(agency)s whether it has taken effect."),
}
THEIR_TURN: dict[str, str] = {
    Status.REQUESTED: _("Their turn: %(agency)s has to answer the request."),
    Status.RECEIVED: _("Their turn: %(agency)s has received the request and has to answer."),
    Status.ACCEPTED: _("Their turn: %(agency)s has accepted and waits for the family."),
    Status.IN_PROGRESS: _("Their turn: %(agency)s is working on it."),
}
BACK_WITH_YOU = _("It is your turn: the request came back. Ask again, or leave the step out.")
BACK_WITH_THEM = _("Their turn: the request is back with %(agency)s.")
SPECIAL_TO_SENDER: dict[str, str] = {
    BusinessStatus.QUESTION: _("It is your turn: %(agency)s asks you something. Please answer."),
    BusinessStatus.WAITING_CLIENT: _(
        "On hold: %(agency)s waits for the family. Please help them with what is missing."
    ),
    BusinessStatus.WAITING_THIRD_PARTY: _("On hold: %(agency)s waits for somebody else."),
    BusinessStatus.APPOINTMENT: _("Their turn: %(agency)s expects the family on %(when)s."),
    BusinessStatus.NO_SHOW: _(
        "The family did not come to %(agency)s. Please find out why, and help them to a new date."
    ),
    BusinessStatus.DISPUTED: _(
        "Their turn: %(agency)s knows that it has not happened as reported, and works on it."
    ),
}
SPECIAL_TO_RECEIVER: dict[str, str] = {
    BusinessStatus.QUESTION: _("Their turn: %(agency)s has to answer your question."),
    BusinessStatus.WAITING_CLIENT: _("On hold: you wait for the family."),
    BusinessStatus.WAITING_THIRD_PARTY: _("On hold: you wait for somebody else."),
    BusinessStatus.APPOINTMENT: _(
        "You expect the family on %(when)s. Afterwards please say whether they came."
    ),
    BusinessStatus.NO_SHOW: _(
        "The family did not come. Please offer a new appointment as soon as they get in touch."
    ),
    BusinessStatus.DISPUTED: _(
        "It is your turn: %(agency)s says that it has not happened as you reported."
    ),
}
CONFERENCE_OPEN = _(
    "It is your turn: twice an agency was not competent. Please call everybody to a case "
    "conference, and record what came of it."
)
CONFERENCE_OPEN_FOR_AGENCY = _(
    "Their turn: %(agency)s calls everybody who was asked to a case conference."
)
DID_IT_HAPPEN = _("%(agency)s reports that it is done. Has it really happened?")
THEY_CAN_OBJECT = _("Done. The other side can still object.")
ENDED: dict[str, str] = {
    Status.COMPLETED: _("Completed. Nobody has to do anything here any more."),
    Status.CANCELLED: _("Taken back. Nobody has to do anything here any more."),
    Status.REJECTED: _("Rejected, and gone on from here."),
    Status.FAILED: _("Came to nothing, and gone on from here."),
    Status.ENTERED_IN_ERROR: _("Taken back at once. Nobody has to do anything here."),
}


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: one sentence, the deadline, and who is responsible meanwhile."""

    sentence: str
    due: DeadlineWords | None
    detail: str

    def in_a_row(self, t: Translator) -> str:
        """Return all of it as sentences, for a confirmation."""
        due = t(_("Due %(deadline)s."), deadline=self.due) if self.due else ""
        return " ".join(part for part in (self.sentence, due, self.detail) if part)


def turn_of(t: Translator, view: ReferralView, now: datetime) -> Turn:
    """Say where the referral stands, to the side that looks at it."""
    if view.clock is None:
        return Turn(t(ENDED[view.status]), None, "")
    due = deadline_words(t, view.clock.due_at, now)
    return Turn(_sentence(t, view), due, _responsibility(t, view))


def _sentence(t: Translator, view: ReferralView) -> str:
    is_sender = view.side is Side.SENDER
    sender, receiver = view.from_agency.name, view.to_agency.name
    special = SPECIAL_TO_SENDER if is_sender else SPECIAL_TO_RECEIVER
    if view.conference and view.conference.closed_at is None and view.clock:
        return t(CONFERENCE_OPEN if is_sender else CONFERENCE_OPEN_FOR_AGENCY, agency=sender)
    if view.business_status in special:
        when = day_and_time(t, view.appointment.at) if view.appointment else ""
        other = receiver if is_sender else sender
        return t(special[view.business_status], agency=other, when=when)
    if view.status == Status.COMPLETED:
        return t(DID_IT_HAPPEN, agency=receiver) if is_sender else t(THEY_CAN_OBJECT)
    if view.status in BACK_WITH_SENDER:
        return t(BACK_WITH_YOU) if is_sender else t(BACK_WITH_THEM, agency=sender)
    if not is_sender:
        return t(YOUR_TURN[view.status])
    whose = THEIR_TURN if view.to_agency.on_board else CALL_THEM
    return t(whose[view.status], agency=receiver)


def _responsibility(t: Translator, view: ReferralView) -> str:
    """Say who is responsible: the rule of the case, which hears of an act a moment later."""
    on_arrival = view.definition.release is Release.ARRIVAL
    if view.status == Status.COMPLETED:
        return ""
    if view.standing == Status.IN_PROGRESS and on_arrival:
        return t(_("Responsible: %(agency)s."), agency=view.to_agency.name)
    if view.status in BACK_WITH_SENDER:
        return t(_("Responsible: %(agency)s."), agency=view.from_agency.name)
    until = (
        _("Until the family has arrived there, %(agency)s stays responsible.")
        if on_arrival
        else _("Until it has taken effect, %(agency)s stays responsible.")
    )
    return t(until, agency=view.from_agency.name)


def within(t: Translator, term: Term) -> str:
    """Return a term as people say it: ``innerhalb von 5 Arbeitstagen``."""
    if term.working_days is not None:
        return t.plural(
            "within %(num)s working day", "within %(num)s working days", term.working_days
        )
    hours = round(term.duration.total_seconds() / 3600) if term.duration else 0
    return t.plural("within %(num)s hour", "within %(num)s hours", max(hours, 1))
