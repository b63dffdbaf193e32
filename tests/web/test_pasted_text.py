"""What people paste from elsewhere does not cost them what they typed."""

import pytest
from starlette.datastructures import FormData

from service.web.forms import Form
from service.web.text import readable


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("soft\x0bbreak", "soft\nbreak"),
        ("page\x0cbreak", "page\nbreak"),
        ("null\x00byte", "nullbyte"),
        ("half a \ud83d pair", "half a  pair"),
        ("Ḥaddād\tÖztürk\n王 👪", "Ḥaddād\tÖztürk\n王 👪"),
    ],
)
def test_invisible_letters_are_left_out_and_breaks_stay(pasted: str, meant: str) -> None:
    assert readable(pasted) == meant
    assert Form.sent(FormData([("note", pasted)])).value("note") == meant


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("000000012", 12), ("", None), ("²", None), ("-1", None), ("9" * 5000, None)],
)
def test_a_number_is_one_that_our_pages_could_have_sent(typed: str, number: int | None) -> None:
    assert Form.filled(seq=typed).number("seq") == number


@pytest.mark.parametrize("key", ["", "k" * 201, "two words", "ü"])
def test_a_form_without_a_usable_key_gets_a_fresh_one(key: str) -> None:
    form = Form.filled(idempotency_key=key)

    assert form.key != form.key
    assert Form.filled(idempotency_key="kept").key == "kept"
