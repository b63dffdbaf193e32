"""An appointment for the reader's calendar (iCalendar, RFC 5545). It names nobody."""

from icalendar import Calendar, Event

from activities.ports import AppointmentMade
from service.web.i18n import Translator, _

PRODUCT = "-//Nahtlos//Handovers between agencies//DE"


def calendar_file(t: Translator, appointment: AppointmentMade, link: str) -> bytes:
    """Return the file. A later appointment for the same request takes the place of this one."""
    event = Event.new(
        uid=f"appointment-{appointment.referral_id}",
        summary=t(_("Appointment: %(agency)s"), agency=appointment.agency),
        start=appointment.at,
        stamp=appointment.made_at,
        sequence=appointment.seq,
        location=appointment.agency,
        url=link,
        description=_description(t, appointment, link),
    )
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", subcomponents=[event])
    content: bytes = calendar.to_ical()
    return content


def _description(t: Translator, appointment: AppointmentMade, link: str) -> str:
    if appointment.interpreter is None:
        return link
    language = t.locale.languages[appointment.interpreter]
    return f"{t(_('Interpreter: %(language)s'), language=language)}\n{link}"
