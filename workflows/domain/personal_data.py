"""The data about a person that may be passed on, by name."""

from enum import StrEnum


class PersonalData(StrEnum):
    """Personal data that a step may pass on to its agency."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    LANGUAGES = "languages"
    HOUSEHOLD = "household"
    NOTE = "note"
