"""The editor's form, read as what it asks for."""

from service.editor.schemas import LONGEST_NOTE, NewPathway, NextVersion
from service.versions.schemas import HIGHEST_VERSION
from service.web.forms import Form
from service.web.i18n import Translator, _

OVER = "over"
"""The button that publishes gives along the newest version that its page has shown."""


def is_to_be_published(form: Form) -> bool:
    """Tell whether the text is to be published, and not only checked."""
    return bool(form.value(OVER))


def new_pathway_of(t: Translator, form: Form) -> NewPathway | None:
    """Read a new pathway; None, with the error on the form, where the note is missing."""
    note = _note_of(t, form)
    return NewPathway(text=form.value("text"), note=note) if form.ok else None


def next_version_of(t: Translator, form: Form) -> NextVersion | None:
    """Read a new version; None, with the error on the form, where the note is missing."""
    note = _note_of(t, form)
    if not form.ok:
        return None
    return NextVersion(
        text=form.value("text"),
        note=note,
        based_on=_number(form, OVER) or 1,
        proposal=_number(form, "proposal"),
    )


def _note_of(t: Translator, form: Form) -> str:
    note = form.value("note").replace("\r\n", "\n").strip()
    if not note:
        form.refuse("note", t(_("Please say why there is a new version.")))
    elif len(note) > LONGEST_NOTE:
        sentence = _("The note is too long; %(most)s characters fit.")
        form.refuse("note", t(sentence, most=LONGEST_NOTE))
    return note


def _number(form: Form, name: str) -> int | None:
    """Return a number that the page gave along; one that there is not, if it is damaged."""
    number = form.number(name)
    return min(number, HIGHEST_VERSION) if number else None
