"""The form of a new case: blocks that can be repeated, and what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from service.cases.consent_form import consent_of, start_values
from service.cases.schemas import MOST_PATHS, NewCase, NewConsent, NewMember, NewPath
from service.needs.catalogue import INTERPRETING
from service.web.forms import Form
from service.web.i18n import Translator, _
from workflows.domain.pathway import Pathway

MOST_MEMBERS = 20
MOST_CONSENTS = 20
WHOLE_HOUSEHOLD = "all"

MEMBER_SENTENCES = {
    "given_name": _("Person %(number)s: please enter the given name."),
    "family_name": _("Person %(number)s: please enter the family name."),
    "birth_date": _("Person %(number)s: please enter the date of birth."),
    "languages": _("Person %(number)s: please choose a language of the list."),
    "role": _("Person %(number)s: please choose adult or child."),
}


@dataclass(frozen=True)
class Blocks:
    """How many members and consents the form has room for."""

    members: int = 1
    consents: int = 0


def start_form(municipality: str) -> Form:
    """Return the form for one person, with nothing typed."""
    return Form.filled(municipality=municipality, **{"member-0-role": "adult"})


def blocks_of(form: Form) -> Blocks:
    """Return how many blocks were shown."""
    return Blocks(
        members=_count(form.value("members"), 1, MOST_MEMBERS),
        consents=_count(form.value("consents"), 0, MOST_CONSENTS),
    )


def one_more(form: Form, wanted: str, today: date) -> tuple[Blocks, dict[str, str]]:
    """Return the blocks with one more of the wanted kind, and what that one begins with."""
    blocks = blocks_of(form)
    if wanted == "member" and blocks.members < MOST_MEMBERS:
        name, role = f"member-{blocks.members}-family_name", f"member-{blocks.members}-role"
        values = {name: form.value("member-0-family_name"), role: "adult"}
        return Blocks(blocks.members + 1, blocks.consents), values
    if wanted == "consent" and blocks.consents < MOST_CONSENTS:
        values = start_values(f"consent-{blocks.consents}", today)
        return Blocks(blocks.members, blocks.consents + 1), values
    return blocks, {}


def case_of(t: Translator, form: Form, pathways: list[Pathway]) -> NewCase | None:
    """Read the case; None, with the errors on the form, if something is missing.

    Blocks in which nobody wrote anything are left out.
    """
    used = used_blocks(form)
    members = [member_of(t, form, index, MEMBER_SENTENCES) for index in used]
    paths = _paths(t, form, pathways, used)
    consents = [
        consent_of(t, form, f"consent-{index}") for index in range(blocks_of(form).consents)
    ]
    if not form.ok:
        return None
    try:
        return NewCase(
            municipality=form.value("municipality"),
            household=tuple(member for member in members if member),
            paths=tuple(paths),
            consents=tuple(_moved(consent, used) for consent in consents if consent),
        )
    except ValidationError:
        form.refuse("municipality", t(_("Please choose a municipality.")))
        return None


def name_of(t: Translator, form: Form, index: int) -> str:
    """Return how the form calls a member: by the given name, or by number."""
    typed = form.value(f"member-{index}-given_name").strip()
    return typed or t(_("Person %(number)s"), number=index + 1)


def used_blocks(form: Form) -> list[int]:
    """Return the numbers of the blocks in which a person is entered; always the first one's."""
    return [index for index in range(blocks_of(form).members) if _is_used(form, index)]


def _is_used(form: Form, index: int) -> bool:
    typed = (form.value(f"member-{index}-{name}").strip() for name in ("given_name", "birth_date"))
    return index == 0 or any(typed)


def member_of(
    t: Translator, form: Form, index: int, sentences: Mapping[str, str]
) -> NewMember | None:
    """Read a person; None, with these sentences as errors on the form, if something is missing."""
    prefix = f"member-{index}"
    languages = [form.value(f"{prefix}-language"), form.value(f"{prefix}-language2")]
    typed = {
        "given_name": form.value(f"{prefix}-given_name").strip(),
        "family_name": form.value(f"{prefix}-family_name").strip(),
        "birth_date": form.value(f"{prefix}-birth_date"),
        "languages": tuple(dict.fromkeys(code for code in languages if code)),
        "role": form.value(f"{prefix}-role"),
        "interpreter": INTERPRETING in form.values(f"need-{index}"),
    }
    try:
        return NewMember.model_validate(typed)
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][0])
            field = "language" if name == "languages" else name
            form.refuse(f"{prefix}-{field}", t(sentences[name], number=index + 1))
        return None


def _paths(t: Translator, form: Form, pathways: list[Pathway], used: list[int]) -> list[NewPath]:
    paths: list[NewPath] = []
    for pathway in pathways:
        for chosen in dict.fromkeys(form.values(f"path-{pathway.key}")):
            if chosen == WHOLE_HOUSEHOLD:
                paths.append(NewPath(pathway=pathway.key))
            elif chosen in {str(number) for number in used}:
                paths.append(NewPath(pathway=pathway.key, member=used.index(int(chosen))))
            else:
                form.refuse(f"path-{pathway.key}", t(_("Please enter this person first.")))
    if not paths:
        form.refuse("need-0", t(_("Please tick what the family needs, for at least one person.")))
    if len(paths) > MOST_PATHS:
        sentence = _("Please begin with at most %(most)s paths; more can be started on the case.")
        form.refuse("paths", t(sentence, most=MOST_PATHS))
    return paths


def _moved(consent: NewConsent, used: list[int]) -> NewConsent:
    """Number the consent's member as the household does, without the empty blocks."""
    return consent.model_copy(
        update={"member": used.index(consent.member) if consent.member in used else len(used)}
    )


def _count(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isdecimal() else least
