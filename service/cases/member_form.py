"""The forms about who joins a household and who leaves it."""

from datetime import date

from pydantic import TypeAdapter, ValidationError

from service.cases.case_form import member_of
from service.cases.schemas import JoiningMember, LeavingMember, PastDay
from service.needs.catalogue import INTERPRETING
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.note_field import note_of
from workflows.domain.reasons import LeavingReason

PERSON = 0
"""The person's fields are those of the first person of a new case."""

PERSON_SENTENCES = {
    "given_name": _("Please enter the given name."),
    "family_name": _("Please enter the family name."),
    "birth_date": _("Please enter the date of birth."),
    "languages": _("Please choose a language of the list."),
    "role": _("Please choose adult or child."),
}
_PAST_DAY: TypeAdapter[date] = TypeAdapter(PastDay)
A_DAY_THAT_HAS_COME = _("Please enter a day that has come already.")

FIELD_OF_ENTRY = {
    "birth_date": f"member-{PERSON}-birth_date",
    "joined_on": "joined_on",
    "left_on": "left_on",
}
"""Where on the form an entry belongs that the act refuses."""


def start_joining(family_name: str, today: date) -> Form:
    """Return the form for somebody of this family who joins today."""
    return Form.filled(
        **{
            f"member-{PERSON}-family_name": family_name,
            f"member-{PERSON}-role": "child",
            "joined_on": today.isoformat(),
        }
    )


def joining_of(t: Translator, form: Form) -> JoiningMember | None:
    """Read who joins; None, with the errors on the form, if something is missing."""
    member = member_of(t, form, PERSON, PERSON_SENTENCES)
    if INTERPRETING in form.values(f"need-{PERSON}") and not _speaks(form):
        sentence = _("Please choose the language to interpret from.")
        form.refuse(f"member-{PERSON}-language", t(sentence))
    joined_on = _day(t, form, "joined_on")
    if member is None or not form.ok:
        return None
    return JoiningMember(**dict(member), joined_on=joined_on)


def start_leaving(today: date) -> Form:
    """Return the form for somebody who leaves today."""
    return Form.filled(left_on=today.isoformat())


def leaving_of(t: Translator, form: Form) -> LeavingMember | None:
    """Read since when somebody is gone, and why; None, with the errors on the form, without."""
    left_on = _day(t, form, "left_on")
    if form.value("reason") not in set(LeavingReason):
        form.refuse("reason", t(_("Please choose a reason.")))
    note = note_of(t, form, "note")
    if left_on is None or not form.ok:
        return None
    return LeavingMember(left_on=left_on, reason=LeavingReason(form.value("reason")), note=note)


def _speaks(form: Form) -> bool:
    return bool(form.value(f"member-{PERSON}-language"))


def _day(t: Translator, form: Form, name: str) -> date | None:
    try:
        return _PAST_DAY.validate_python(form.value(name))
    except ValidationError:
        form.refuse(name, t(A_DAY_THAT_HAS_COME))
        return None
