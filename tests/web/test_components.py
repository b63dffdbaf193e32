"""The parts that pages are made of."""

from datetime import UTC, datetime

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment

from service.pathways.drawing.drawing import draw
from service.pathways.drawing.stops import Stop
from service.web.forms import Form
from service.web.i18n import load_translators
from service.web.places import TEMPLATES, TRANSLATIONS
from service.web.templates import environment

IMPORTS = """
{% import "pages/_components/forms.html" as forms with context %}
{% import "pages/_components/display.html" as ui %}
{% import "pages/_components/map.html" as drawn %}
"""
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment(TEMPLATES, load_translators(TRANSLATIONS)["de"])


def render(env: Environment, source: str, **context: object) -> str:
    """Return what the source gives, with white space evened out."""
    loader = ChoiceLoader(
        [DictLoader({"test.html": IMPORTS + source}), env.loader or DictLoader({})]
    )
    template = env.overlay(loader=loader).get_template("test.html")
    return " ".join(template.render(csrf_token="the-token", now=NOW, **context).split())


FIELDS = [
    '{{ forms.text_field(form, "x", "Label", hint="Hint") }}',
    '{{ forms.date_field(form, "x", "Label", hint="Hint") }}',
    '{{ forms.textarea(form, "x", "Label", hint="Hint") }}',
    '{{ forms.select(form, "x", "Label", [("<b>", "B"), ("c", "C")], hint="Hint") }}',
    '{{ forms.radios(form, "x", "Label", [("<b>", "B", "About B"), ("c", "C")], hint="Hint") }}',
    '{{ forms.checkboxes(form, "x", "Label", [("<b>", "B"), ("c", "C")], hint="Hint") }}',
]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_keeps_what_was_typed_and_ties_its_error_to_it(
    env: Environment, field: str
) -> None:
    form = Form.filled(x="<b>")
    plain = render(env, field, form=form)
    assert "&lt;b&gt;" in plain
    assert "<b>" not in plain
    assert 'aria-describedby="hint-x"' in plain
    assert "error" not in plain
    form.refuse("x", "Falsch.")
    form.refuse("x", "Noch einmal falsch.")
    refused = render(env, field, form=form)
    assert 'aria-describedby="hint-x error-x"' in refused
    assert 'id="error-x"' in refused
    assert "Falsch." in refused
    assert "Noch einmal" not in refused
    assert "&lt;b&gt;" in refused


def test_the_chosen_options_stay_chosen(env: Environment) -> None:
    form = Form.filled(x=["a", "c"])
    options = '[("a", "A"), ("b", "B"), ("c", "C")]'
    boxes = render(env, f'{{{{ forms.checkboxes(form, "x", "L", {options}) }}}}', form=form)
    assert boxes.count(" checked") == 2
    select = render(env, f'{{{{ forms.select(form, "x", "L", {options}) }}}}', form=form)
    assert '<option value="c" selected>' in select
    assert select.count("selected") == 1


def test_optional_fields_say_so(env: Environment) -> None:
    form = Form.filled()
    source = '{{ forms.text_field(form, "x", "L", required=%s) }}'
    assert "optional" in render(env, source % "false", form=form)
    needed = render(env, source % "true", form=form)
    assert "optional" not in needed
    assert " required" in needed


def test_every_form_carries_its_tokens(env: Environment) -> None:
    for source in (
        '{% call forms.post_form("/a", {"seq": 3}) %}inside{% endcall %}',
        '{{ forms.act("/a", "Nachfassen", fields={"seq": 3}) }}',
    ):
        html = render(env, source)
        assert 'method="post" action="/a"' in html
        assert 'name="csrf_token" value="the-token"' in html
        assert 'name="idempotency_key" value="0' in html
        assert 'name="seq" value="3"' in html
    again = render(env, '{{ forms.act("/a", "B") }}')
    assert again != render(env, '{{ forms.act("/a", "B") }}')


def test_the_summary_leads_to_every_error(env: Environment) -> None:
    form = Form.filled()
    assert render(env, "{{ forms.error_summary(form) }}", form=form) == ""
    form.refuse("a", "A fehlt.")
    form.refuse("b", "B fehlt.")
    html = render(env, "{{ forms.error_summary(form) }}", form=form)
    assert 'role="alert"' in html
    assert "Bitte prüfen Sie 2 Eingaben" in html
    assert '<a class="kern-link kern-link--no-visited-state" href="#field-b">B fehlt.</a>' in html


def test_a_deadline_is_shown_as_date_and_meaning(env: Environment) -> None:
    due = datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC)
    html = render(env, "{{ ui.deadline(due | due(now)) }}", due=due)
    assert "nl-due--later" in html
    assert "bis Do, 3.12." in html
    assert "noch 2 Arbeitstage" in html


def test_the_drawing_shows_state_baton_gap_and_join(env: Environment) -> None:
    stops = [
        Stop("a", (), 1, "Meldewesen", "<Melden>", "done", about="erledigt"),
        Stop("b", ("a",), 2, "Geld", "Geld", "referred", baton="Am Zug: Amt", gap="9 Tage"),
        Stop("c", ("a", "b"), 3, "Schule", "Schule", "waiting", opening="wenn alle"),
        Stop("d", ("a", "b"), 3, "Schule", "Hort", "waived", needs_all=False),
    ]
    html = render(env, '{{ drawn.map(drawing, "<Weg>") }}', drawing=draw(stops, "de"))
    assert 'role="img"' in html
    assert 'aria-label="&lt;Weg&gt;"' in html
    assert "&lt;Melden&gt;" in html
    assert "nl-halt--done nl-line--1" in html
    assert 'class="nl-rail nl-rail--done nl-line--1"' in html
    assert 'class="nl-rail nl-rail--ahead nl-line--2"' in html
    assert 'class="nl-rail nl-rail--waiting nl-line--3"' in html
    assert html.count("nl-map__flag") == html.count("nl-map__broken") == 1
    assert html.count("nl-map__gate") == 1
    for words in ("erledigt", "Am Zug: Amt", "9 Tage", "wenn alle"):
        assert words in html
    assert "style=" not in html


def test_the_other_parts_render(env: Environment) -> None:
    events = [{"at": NOW, "title": "Angenommen", "note": "<i>", "who": "Amt"}]
    source = """
      {% call ui.heading("H", "Lead", "Pre") %}act{% endcall %}
      {{ ui.heading("H2") }}
      {% call ui.section("S", count=2, sorted_by="Nach Frist.", id="s") %}body{% endcall %}
      {{ ui.turn("Das Amt ist am Zug.", due=(now | due(now)), detail="D") }}
      {{ ui.description_list([("K", "V")]) }}
      {{ ui.timeline(events) }}
      {% call ui.card("C", "/c", "about", due=(now | due(now)), urgent=true) %}act{% endcall %}
      {{ ui.card("C2") }}
      {{ ui.empty("Leer", "Hier käme etwas.", "/new", "Neu") }}
      {{ ui.button_link("/b", "B", icon="add") }}
      {{ ui.more("/m?after=1") }}{{ ui.more(none) }}
      {{ ui.alert("warning", "T", "B") }}
      {{ "done" | word("step_status") }} {{ now | date }} {{ now | datetime }} {{ now | day }}
    """
    html = render(env, source, events=events)
    assert "&lt;i&gt;" in html
    assert html.count("Weitere anzeigen") == 1
    assert "1.12.2026, 10:00 Uhr" in html
    assert "Dienstag, 1. Dezember" in html


def test_text_mails_are_not_escaped(env: Environment) -> None:
    loader = DictLoader({"a.txt": "{{ name }}", "a.html": "{{ name }}"})
    overlay = env.overlay(loader=loader)
    assert overlay.get_template("a.txt").render(name="A & B") == "A & B"
    assert overlay.get_template("a.html").render(name="A & B") == "A &amp; B"
