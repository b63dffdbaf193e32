"""Terms as pathway files write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests.counts import PROPERTY
from workflows.domain.terms import Term, TermName, Terms

TERMS = st.one_of(
    st.builds(Term, working_days=st.integers(1, 260)),
    st.builds(Term, duration=st.timedeltas(timedelta(microseconds=1), timedelta(days=365))),
)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("1 working day", Term(working_days=1)),
        ("5 working days", Term(working_days=5)),
        (" 260 working days ", Term(working_days=260)),
        ("PT4H", Term(duration=timedelta(hours=4))),
        ("P1DT12H", Term(duration=timedelta(days=1, hours=12))),
        ("P2W", Term(duration=timedelta(weeks=2))),
    ],
)
def test_a_term_is_read(text: str, term: Term) -> None:
    assert Term.model_validate(text) == term


@pytest.mark.parametrize("text", ["1 working day", "5 working days", "PT4H", "P1DT12H"])
def test_a_term_is_written_as_it_was_read(text: str) -> None:
    assert str(Term.model_validate(text)) == text


@given(TERMS)
@PROPERTY
def test_reading_undoes_writing(term: Term) -> None:
    assert Term.model_validate(str(term)) == term
    assert Term.model_validate_json(term.model_dump_json()) == term


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "5 days off",
        "five working days",
        "-1 working days",
        "1.5 working days",
        "1000 working days",
        "5 Werktage",
        "tomorrow",
        "-PT4H",
        "PT0S",
        "PT",
        "0 working days",
        "3 days",
        "12:30:00",
    ],
)
def test_a_text_that_is_no_term_is_refused_with_a_sentence(text: str) -> None:
    sentence = f"'{text}' is no term: write '5 working days' or an ISO duration like 'PT4H'"
    with pytest.raises(ValidationError) as refusal:
        Term.model_validate(text)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("text", ["261 working days", "P366D"])
def test_a_term_beyond_a_year_or_of_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=r"should be (greater|less) than or equal"):
        Term.model_validate(text)


@pytest.mark.parametrize(
    "both_or_none", [{}, {"working_days": 5, "duration": "PT4H"}, {"working_days": None}]
)
def test_a_term_is_one_of_both(both_or_none: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="either working days or a duration"):
        Term.model_validate(both_or_none)


@pytest.mark.parametrize("value", [None, 5, ["5 working days"]])
def test_what_is_no_text_is_no_term(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Term).validate_python(value)


def test_the_terms_of_a_step_are_found_by_their_names() -> None:
    terms = Terms.model_validate(
        {
            name: f"{number} working day{'s' if number > 1 else ''}"
            for number, name in enumerate(TermName, start=1)
        }
    )
    assert [terms.named(name) for name in TermName] == [
        Term(working_days=number) for number in range(1, len(TermName) + 1)
    ]


def test_a_step_may_do_without_an_appointment_and_without_being_confirmed() -> None:
    terms = Terms(confirm=None)
    assert terms.named(TermName.APPOINT) is None
    assert terms.named(TermName.CONFIRM) is None


def test_a_term_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Terms.model_validate({"respnd": "2 working days"})
