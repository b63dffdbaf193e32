"""A note as a form holds it."""

from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.text import LONGEST_PARAGRAPHS


def note_of(t: Translator, form: Form, field: str) -> str | None:
    """Return what was written, None for nothing; one that is too long is refused on the form."""
    note = form.value(field).strip()
    if len(note) > LONGEST_PARAGRAPHS:
        sentence = _("The note is too long; %(most)s characters fit.")
        form.refuse(field, t(sentence, most=LONGEST_PARAGRAPHS))
    return note or None
