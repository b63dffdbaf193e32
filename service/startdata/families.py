"""Invented families: names in their own language and script, ages that fit each other."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from faker import Faker

from service.cases.schemas import NewMember


@dataclass(frozen=True)
class _Origin:
    """Where names come from (a locale of Faker), and what is spoken at home and besides."""

    locale: str
    languages: tuple[str, ...]
    besides: tuple[str, ...] = ()


ORIGINS = {
    "ar": _Origin("ar_PS", ("ar",), ("en", "ku")),
    "bg": _Origin("bg_BG", ("bg",), ("tr",)),
    "en": _Origin("en_NG", ("en",)),
    "es": _Origin("es_CO", ("es",), ("en",)),
    "fa": _Origin("fa_IR", ("fa",), ("ps", "en")),
    "fr": _Origin("fr_DZ", ("fr", "ar")),
    "ka": _Origin("ka_GE", ("ka",), ("ru",)),
    "ku": _Origin("tr_TR", ("ku", "tr")),
    "ro": _Origin("ro_RO", ("ro",)),
    "ru": _Origin("ru_RU", ("ru",), ("de",)),
    "sw": _Origin("en_KE", ("sw", "en")),
    "tr": _Origin("tr_TR", ("tr",), ("de",)),
    "uk": _Origin("uk_UA", ("uk",), ("ru",)),
}

DAYS_OF_A_YEAR = 365.25
CYRILLIC_A = "\N{CYRILLIC SMALL LETTER A}"
SCHOOL_AGE = (7, 15)
HISTORIC = frozenset({"Бандера", "Шухевич", "Петлюра", "Сталин", "Ленин", "Atatürk", "İnönü"})
"""Family names in Faker's lists that make people think of somebody."""

SPEAK_ANOTHER = 0.4
"""Share of the adults who speak another language besides."""


@cache
def _names(locale: str) -> Faker:
    return Faker(locale)


def make_family(
    speaks: str, adults: int, children: int, today: date, dice: Random
) -> list[NewMember]:
    """Return the members, adults first; the oldest child is of school age."""
    origin = ORIGINS[speaks]
    names = _names(origin.locale)
    names.seed_instance(dice.random())
    family_name = _plain(names, "last_name")
    first_is_female = dice.choice((True, False))
    age = dice.randint(27, 46)
    ages = [age, age + dice.randint(-3, 6)][:adults]
    oldest_child = min(SCHOOL_AGE[1], age - 19)
    if children:
        pupil = dice.randint(SCHOOL_AGE[0], oldest_child)
        siblings = dice.sample(range(1, pupil), children - 1)
        ages += [pupil, *sorted(siblings, reverse=True)]
    taken: set[str] = set()
    members = []
    for position, years in enumerate(ages):
        is_adult = position < adults
        is_female = dice.choice((True, False))
        if is_adult:
            is_female = first_is_female is (position == 0)
        given_name = _plain(names, f"first_name_{'female' if is_female else 'male'}", taken)
        taken.add(given_name)
        members.append(
            NewMember(
                given_name=given_name,
                family_name=_gendered(family_name, speaks, is_female=is_female),
                birth_date=_birth_date(today, years, dice),
                languages=_languages(origin, dice, is_adult=is_adult),
                role="adult" if is_adult else "child",
            )
        )
    return members


def _plain(names: Faker, kind: str, taken: set[str] | None = None) -> str:
    """Return a name of letters only: some of Faker's carry a title or a bracket."""
    while True:
        name: str = getattr(names, kind)()
        if name not in (taken or ()) and name not in HISTORIC and not set(name) & set(" ().,"):
            return name


def _gendered(family_name: str, speaks: str, *, is_female: bool) -> str:
    """Return the name as the person bears it: a Russian or Bulgarian woman's ends in -a."""
    stem = family_name.removesuffix(CYRILLIC_A)
    if speaks not in {"ru", "bg"} or not stem.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return family_name
    return f"{stem}{CYRILLIC_A}" if is_female else stem


def _birth_date(today: date, years: int, dice: Random) -> date:
    return today - timedelta(days=int(years * DAYS_OF_A_YEAR) + dice.randint(10, 350))


def _languages(origin: _Origin, dice: Random, *, is_adult: bool) -> tuple[str, ...]:
    if is_adult and origin.besides and dice.random() < SPEAK_ANOTHER:
        return (*origin.languages, dice.choice(origin.besides))
    return origin.languages
