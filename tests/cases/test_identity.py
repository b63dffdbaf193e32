"""The same person is recognised, and nobody is taken for somebody else."""

from datetime import date
from itertools import combinations

import pytest

from service.cases.identity import identity_key
from service.cases.known import KnownPerson, check_confirmed
from service.cases.member_words import age_words
from service.cases.schemas import NewMember
from service.web.forms import Form
from service.web.i18n import load_translators
from service.web.places import TRANSLATIONS

BORN = date(1990, 5, 4)
SAME = [
    ("Anna-Lena", "Łukaszewicz"),
    ("anna lena", "LUKASZEWICZ"),
    ("Łukaszewicz", "Anna Lena"),
    ("Lena", "Anna Łukaszewicz"),
    ("Änna–Lena", "Lukaszewicz"),  # noqa: RUF001 - a dash of another kind
    ("Anna\u200cLena", "Łuka\u00adszewicz\u200f"),
    (" Anna‑Lena ", "Łukaszewicz."),  # noqa: RUF001 - and another one
]
OTHERS = [
    ("Anna", "Łukaszewicz"),
    ("Annalena", "Łukaszewicz"),
    ("Anna-Lena", "Łukaszewska"),
    ("ليلى", "العبد الله"),
    ("Максим", "Ґалаґан"),
    ("👩‍👧", "王"),
    ("👨‍👧", "王"),
]


@pytest.mark.parametrize("names", SAME)
def test_case_accents_hyphens_and_the_order_of_names_do_not_count(names: tuple[str, str]) -> None:
    assert identity_key(*names, BORN) == identity_key(*SAME[0], BORN)


def test_other_names_and_other_days_are_other_people() -> None:
    keys = [identity_key(*names, BORN) for names in (SAME[0], *OTHERS)]
    assert all(one != other for one, other in combinations(keys, 2))
    assert identity_key(*SAME[0], date(1990, 4, 5)) not in keys


def test_a_name_of_any_length_makes_a_short_key_that_does_not_show_it() -> None:
    key = identity_key("ﷺ" * 200, "x" * 200, BORN)
    assert len(key) == 64
    assert "1990" not in identity_key("Mariam", "Haddad", BORN)


def test_what_was_confirmed_of_one_is_not_confirmed_of_another() -> None:
    de = load_translators(TRANSLATIONS)["de"]
    member = NewMember(given_name="Mariam", family_name="Haddad", birth_date=BORN)
    form = Form.filled(known="mark of Mariam")
    check_confirmed(de, form, [KnownPerson("mark of Mariam", member, [])])
    assert form.ok
    check_confirmed(de, form, [KnownPerson("mark of Sami", member, [])])
    assert "schon bekannt" in form.errors["known"]


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1990, 5, 4), "36 Jahre"),
        (date(2025, 12, 1), "1 Jahr"),
        (date(2025, 12, 2), "11 Monate"),
        (date(2026, 11, 1), "1 Monat"),
        (date(2026, 11, 2), "noch keinen Monat alt"),
        (date(2026, 12, 1), "noch keinen Monat alt"),
    ],
)
def test_an_age_is_said_in_years_and_that_of_a_baby_in_months(born: date, age: str) -> None:
    de = load_translators(TRANSLATIONS)["de"]
    assert age_words(de, born, date(2026, 12, 1)) == age
