"""What is wrong with a file is said in the language of who wrote it."""

import pytest

from service.pathways.checking import check_pathway, named_after
from service.pathways.faults import MOST_FAULTS, Fault, FaultyPathways
from service.pathways.order_words import sentence_about_order
from service.pathways.sentences import Sentence, one_of, plural
from service.web.i18n import load_translators
from service.web.places import TRANSLATIONS
from tests.pathways.broken import BROKEN, Broken
from tests.pathways.definitions import GOOD
from workflows.domain.order import OrderFault, WrongOrder

TRANSLATORS = load_translators(TRANSLATIONS)
DE, EN = TRANSLATORS["de"], TRANSLATORS["en"]


def faults_of(content: bytes) -> list[Fault]:
    with pytest.raises(FaultyPathways) as faulty:
        check_pathway(content, "small.yaml", named_after("small"))
    return faulty.value.faults


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_every_fault_is_said_in_german_and_in_english(broken: Broken) -> None:
    for fault in faults_of(broken.content):
        english, german = fault.sentence.said(EN), fault.sentence.said(DE)
        assert english == str(fault.sentence)
        assert german != english
        assert "%(" not in german
        assert fault.field_said(EN) == fault.field


def test_entries_of_lists_are_numbered_in_the_language() -> None:
    [fault] = faults_of(GOOD.replace("after: [first]", "after: [heaven]").encode())
    assert fault.field_said(DE) == "steps > second > after > Nr. 1"
    assert fault.said(DE).startswith("steps > second > after > Nr. 1: es gibt keine Station „heav")


@pytest.mark.parametrize(
    ("more", "english", "german"),
    [
        (1, "one more fault from here on; mend", "ab hier noch ein Fehler; beheben"),
        (2, "2 more faults from here on; mend", "ab hier noch 2 Fehler; beheben"),
    ],
)
def test_what_is_left_is_counted(more: int, english: str, german: str) -> None:
    wrong = "".join(f"wrong-{number}: 1\n" for number in range(MOST_FAULTS + more))
    last = faults_of((wrong + GOOD).encode())[-1]
    assert str(last.sentence).startswith(english)
    assert last.sentence.said(DE).startswith(german)


def test_one_letter_is_not_letters() -> None:
    sentence = plural(
        "is too short; write at least 1 letter", "is too short; write at least %(num)s letters", 1
    )
    assert str(sentence) == "is too short; write at least 1 letter"
    assert sentence.said(DE) == "ist zu kurz; schreiben Sie mindestens ein Zeichen"


def test_choices_are_joined_by_the_words_of_the_language() -> None:
    choices = Sentence("must be one of: %(choices)s", {"choices": one_of(["a", "b", "c"])})
    assert str(choices) == "must be one of: 'a', 'b' or 'c'"
    assert choices.said(DE) == "muss eines von diesen sein: 'a', 'b' oder 'c'"
    assert one_of(["a"]) == "'a'"


def test_a_sentence_stays_in_one_line() -> None:
    sentence = Sentence("there is no step '%(key)s'; did you mean '%(meant)s'?")
    said = Sentence(sentence.message, {"key": "a\nb\x07", "meant": "c"})
    assert str(said) == "there is no step 'a b\\x07'; did you mean 'c'?"
    assert said.said(DE) == "es gibt keine Station „a b\\x07“; meinen Sie „c“?"


@pytest.mark.parametrize("code", WrongOrder)
def test_whatever_is_wrong_with_the_order_is_said_in_both_languages(code: WrongOrder) -> None:
    params = {"key": "k", "meant": "m", "steps": "s", "absent": "a"}
    sentence = sentence_about_order(OrderFault(0, ("after",), code, params))
    english, german = sentence.said(EN), sentence.said(DE)
    assert english != german
    assert "%" not in english + german
