"""The person of a row, and who looks after the case."""

from functools import cache

from babel import Locale

from service.cases.languages import LANGUAGES
from service.cases.schemas import EARLIEST_BIRTH, NewMember
from service.takeover.lists.choices import find, quoted, similar
from service.takeover.lists.entries import Entries
from service.takeover.lists.surroundings import Account, Surroundings
from service.takeover.lists.values import as_day, plain
from workflows.domain.household import ADULT_AT

MOST_LANGUAGES = 10


def member_of(entries: Entries, here: Surroundings) -> NewMember | None:
    """Return the person of the row; None, with the faults noted, if something is wrong."""
    given_name, family_name = entries.needed("given_name"), entries.needed("family_name")
    born = entries.any_day("birth_date", of_birth=True)
    if born is None:
        entries.wrong("birth_date", "missing")
    elif born > here.today:
        entries.wrong("birth_date", "in-the-future", value=as_day(born))
    elif born < EARLIEST_BIRTH:
        earliest = as_day(EARLIEST_BIRTH)
        entries.wrong("birth_date", "too-long-ago", value=as_day(born), earliest=earliest)
    languages = _languages(entries, here)
    if born is None or entries.is_wrong("given_name", "family_name", "birth_date", "languages"):
        return None
    had_birthday = (here.today.month, here.today.day) >= (born.month, born.day)
    age = here.today.year - born.year - (not had_birthday)
    return NewMember(
        given_name=given_name,
        family_name=family_name,
        birth_date=born,
        languages=languages,
        role="adult" if age >= ADULT_AT else "child",
    )


def case_manager_of(entries: Entries, here: Surroundings) -> Account | None:
    """Return who looks after the case; None, with the fault noted, if nobody can be found."""
    own = [one for one in here.accounts if here.office is None or one.office == here.office]
    names = [one.name for one in own]
    typed = entries.text("case_manager") or here.own_account or ""
    if entries.is_wrong("case_manager"):
        return None
    if not typed:
        choices = quoted(names, here.language)
        entries.wrong("case_manager", "case-manager-missing", choices=choices)
        return None
    by_name = {one.display_name: one for one in here.accounts} | {
        one.name: one for one in here.accounts
    }
    found = find(typed, by_name)
    if found in own:
        return found
    code = "case-manager-elsewhere" if found else "unknown-case-manager"
    choices = similar(typed, names, here.language)
    entries.wrong("case_manager", code, value=typed, choices=choices)
    return None


def _languages(entries: Entries, here: Surroundings) -> tuple[str, ...]:
    typed = entries.text("languages")
    for separator in ";/|+&":
        typed = typed.replace(separator, ",")
    typed = typed.replace(" und ", ",").replace(" and ", ",")
    codes: list[str] = []
    for name in (part.strip() for part in typed.split(",")):
        if not name:
            continue
        code = _language_names().get(plain(name))
        if code is None:
            own = Locale(here.language).languages
            choices = similar(name, [own[one] for one in LANGUAGES], here.language)
            entries.wrong("languages", "unknown-language", value=name, choices=choices)
            return ()
        codes.append(code)
    return tuple(dict.fromkeys(codes))[:MOST_LANGUAGES]


@cache
def _language_names() -> dict[str, str]:
    """Return codes by German name, English name and code, as Unicode's CLDR has them."""
    names: dict[str, str] = {}
    for language in ("en", "de"):
        for code, name in Locale(language).languages.items():
            if "_" not in code:
                names.setdefault(plain(name), code)
                names.setdefault(plain(code), code)
    return names
