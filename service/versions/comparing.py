"""Two versions of a pathway side by side: what is different, step by step, in words."""

from dataclasses import dataclass

from service.versions.change_words import sentences_of, titles_of
from service.web.i18n import Translator
from workflows.domain.pathway import Pathway
from workflows.domain.pathway_changes import (
    Change,
    Changed,
    StepAdded,
    StepRemoved,
    changes_between,
)


@dataclass(frozen=True)
class Difference:
    """What is different at one step. ``name`` is empty where it is the pathway as a whole.

    ``kind``: ``added``, ``removed`` or ``changed``.
    """

    name: str
    kind: str
    sentences: list[str]


def differences(t: Translator, earlier: Pathway, later: Pathway) -> list[Difference]:
    """Say what a later version changes."""
    titles = titles_of(t, earlier, later)
    found: dict[str, Difference] = {}
    for change in changes_between(earlier, later):
        key = key_of(change) or ""
        here = found.setdefault(key, Difference(titles.get(key, ""), kind_of(change), []))
        here.sentences.extend(sentences_of(t, change, titles))
    return list(found.values())


def key_of(change: Change) -> str | None:
    """Return the key of the step that a change is about; None: the pathway as a whole."""
    return change.step if isinstance(change, Changed) else change.step.key


def kind_of(change: Change) -> str:
    """Say whether a step was added or removed, or something of it changed."""
    match change:
        case StepAdded():
            return "added"
        case StepRemoved():
            return "removed"
        case _:
            return "changed"
