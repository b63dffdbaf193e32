"""What a move to another version would change for one path, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from service.versions.change_words import sentences_of, titles_of
from service.versions.moving import Versions, planned
from service.versions.value_words import listed
from service.web.i18n import Translator, _
from service.web.rule_words import rule_words
from workflows.domain.case_moving import MovePath
from workflows.domain.case_state import CaseState, PathState
from workflows.domain.errors import RuleBroken
from workflows.domain.move_preview import MovePreview, preview_of
from workflows.domain.pathway_changes import changes_of_step
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class StepNote:
    """What would be different at one step."""

    name: str
    sentences: list[str]


@dataclass(frozen=True)
class PreviewWords:
    """What a move would change. ``obstacle`` says why it cannot be made; then nothing would."""

    earlier: int
    later: int
    notes: list[StepNote] = field(default_factory=list)
    stays: str = ""
    obstacle: str = ""


def preview_in_words(
    t: Translator,
    principal: Principal,
    state: CaseState,
    path: PathState,
    versions: Versions,
    version: int,
    birth_dates: Iterable[date],
    now: datetime,
) -> PreviewWords:
    """Say what moving this path to that version would change."""
    titles = titles_of(t, *(versions[number] for number in sorted(versions)))
    move = planned(principal, path, versions, version, birth_dates, now)
    try:
        found = preview_of(state, move, now)
    except RuleBroken as broken:
        return PreviewWords(path.version, version, obstacle=obstacle_in_words(t, broken, titles))
    stays = listed(t, (titles[key] for key in found.stays))
    return PreviewWords(
        path.version,
        version,
        notes=list(_notes(t, path, move, found, versions, titles)),
        stays=t(_("These stay as they began: %(steps)s"), steps=stays) if stays else "",
    )


def obstacle_in_words(t: Translator, broken: RuleBroken, titles: dict[str, str]) -> str:
    """Say what stands against a move, naming the step."""
    title, sentence = rule_words(broken)
    step = broken.params.get("step")
    named = f"{titles.get(step, step)}: " if step else ""
    return f"{named}{t(title)}. {t(sentence, **broken.params)}"


def _notes(
    t: Translator,
    path: PathState,
    move: MovePath,
    found: MovePreview,
    versions: Versions,
    titles: dict[str, str],
) -> Iterable[StepNote]:
    before, after = versions[path.version], versions[move.to.version]
    for key in (step.key for step in move.to.steps):
        said = [t(_("The step is new on this path."))] if key in found.comes else []
        if key in found.follows:
            changes = changes_of_step(before.step(key), after.step(key))
            said = [words for one in changes for words in sentences_of(t, one, titles)]
        if key in found.becomes_due:
            said.append(t(_("It is due at once.")))
        if key in found.waits_again:
            said.append(t(_("It is not due any more, and waits again.")))
        if said:
            yield StepNote(titles[key], said)
    for key in found.goes:
        yield StepNote(titles[key], [t(_("The step is no longer on this path."))])
