"""The translation catalogues are complete, and the check would notice if not."""

from pathlib import Path

import pytest

from service.web.catalogues import check, extract, main
from service.web.i18n import load_translators
from service.web.places import CHECKOUT

GERMAN = Path("templates/translations/de/LC_MESSAGES/nahtlos.po")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one page and one module, translated."""
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/pages/a.html").write_text(
        '{{ _("Hello %(name)s", name="x") }}{{ ngettext("%(num)s day", "%(num)s days", 2) }}'
    )
    (tmp_path / "service").mkdir()
    (tmp_path / "service/a.py").write_text('t(_("Goodbye"))\nt.plural("one", "many", 2)\n')
    extract(tmp_path)
    translate(tmp_path, 'msgid "Goodbye"\nmsgstr ""', 'msgid "Goodbye"\nmsgstr "Tschüss"')
    translate(tmp_path, 'name)s"\nmsgstr ""', 'name)s"\nmsgstr "Hallo %(name)s"')
    translate(
        tmp_path,
        's days"\nmsgstr[0] ""\nmsgstr[1] ""',
        's days"\nmsgstr[0] "%(num)s Tag"\nmsgstr[1] "%(num)s Tage"',
    )
    translate(
        tmp_path,
        '"many"\nmsgstr[0] ""\nmsgstr[1] ""',
        '"many"\nmsgstr[0] "eins"\nmsgstr[1] "viele"',
    )
    assert check(tmp_path) == []
    return tmp_path


def translate(checkout: Path, old: str, new: str) -> None:
    """Change the German catalogue."""
    text = (checkout / GERMAN).read_text()
    assert old in text
    (checkout / GERMAN).write_text(text.replace(old, new))


def test_our_own_catalogues_are_complete() -> None:
    assert check(CHECKOUT) == []


def test_a_new_message_is_missing_until_it_is_extracted_and_translated(checkout: Path) -> None:
    (checkout / "service/b.py").write_text('_("New")')
    assert "de: 'New' is missing" in check(checkout)
    extract(checkout)
    assert check(checkout) == ["de: 'New' is not translated"]


def test_an_unused_message_is_noticed_and_leaves_at_the_next_extraction(checkout: Path) -> None:
    (checkout / "service/a.py").write_text('t.plural("one", "many", 2)\n')
    assert "de: 'Goodbye' is used nowhere" in check(checkout)
    extract(checkout)
    assert check(checkout) == []


def test_half_a_plural_is_not_enough(checkout: Path) -> None:
    translate(checkout, 'msgstr[1] "%(num)s Tage"', 'msgstr[1] ""')
    assert check(checkout) == ["de: '%(num)s day' is not translated"]


def test_another_placeholder_is_noticed(checkout: Path) -> None:
    translate(checkout, "Hallo %(name)s", "Hallo %(nome)s")
    assert check(checkout) == ["de: 'Hello %(name)s' has other placeholders in its translation"]


def test_a_fuzzy_message_is_noticed(checkout: Path) -> None:
    translate(checkout, 'msgid "Goodbye"', '#, fuzzy\nmsgid "Goodbye"')
    assert check(checkout) == ["de: 'Goodbye' is marked as fuzzy"]


def test_an_obsolete_message_is_noticed(checkout: Path) -> None:
    with (checkout / GERMAN).open("a") as file:
        file.write('\n#~ msgid "Old"\n#~ msgstr "Alt"\n')
    assert check(checkout) == ["de: 'Old' is obsolete"]


def test_extracting_twice_changes_nothing(checkout: Path) -> None:
    before = (checkout / GERMAN).read_text()
    extract(checkout)
    assert (checkout / GERMAN).read_text() == before


def test_texts_are_read_straight_from_the_catalogues(checkout: Path) -> None:
    t = load_translators(checkout / "templates/translations")
    assert t["de"]("Hello %(name)s", name="Amt") == "Hallo Amt"
    assert t["de"].plural("%(num)s day", "%(num)s days", 1) == "1 Tag"
    assert t["en"].plural("%(num)s day", "%(num)s days", 2) == "2 days"
    assert t["en"]("Hello %(name)s", name="Amt") == "Hello Amt"


def test_the_command_says_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert main([]) == 2
    assert "extract or check" in capsys.readouterr().err
