"""Where a station stands, in the words of a list."""

from enum import StrEnum

from service.takeover.lists.choices import find


class Standing(StrEnum):
    """Where the station stands that a case has come to."""

    DUE = "due"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    COMPLETED = "completed"


WORDS: dict[Standing, dict[str, tuple[str, ...]]] = {
    Standing.DUE: {
        "de": ("offen", "fällig", "noch nicht angefragt", "nicht angefragt"),
        "en": ("due", "open", "not requested"),
    },
    Standing.REQUESTED: {
        "de": ("angefragt", "Anfrage läuft", "wartet auf Antwort", "gestellt"),
        "en": ("requested", "waiting"),
    },
    Standing.ACCEPTED: {
        "de": ("angenommen", "zugesagt", "Termin steht"),
        "en": ("accepted",),
    },
    Standing.ARRIVED: {
        "de": ("angekommen", "in Arbeit", "in Bearbeitung", "läuft"),
        "en": ("arrived", "in progress"),
    },
    Standing.COMPLETED: {
        "de": ("erledigt", "abgeschlossen", "fertig"),
        "en": ("completed", "done"),
    },
}
"""The first word of each language is the one that is proposed."""

DAY_OF: dict[Standing, str] = {
    Standing.REQUESTED: "requested",
    Standing.ACCEPTED: "accepted",
    Standing.ARRIVED: "arrived",
    Standing.COMPLETED: "completed",
}
"""The column with the day on which a station came to stand there, in this order."""


def standing_of(word: str) -> Standing | None:
    """Return what the word means, in either language, or None."""
    known = {
        name: standing
        for standing, languages in WORDS.items()
        for names in languages.values()
        for name in names
    }
    return find(word, known)


def proposed(language: str) -> list[str]:
    """Return the words to write, in order."""
    return [words[language][0] for words in WORDS.values()]
