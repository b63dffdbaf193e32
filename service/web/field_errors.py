"""What is wrong with a field, in words: pydantic's error types, translated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from service.web.i18n import _


@dataclass(frozen=True)
class FieldError:
    """One field that needs correcting.

    ``place`` is body, query, path or header; ``name`` a dotted path such as
    ``household.0.birth_date``; ``message`` a message id that ``params`` fills.
    """

    place: str
    name: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


MESSAGES: dict[str, str] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "json_invalid": _("This is not valid JSON."),
    "string_too_short": _("At least %(min_length)s characters, please."),
    "string_too_long": _("At most %(max_length)s characters, please."),
    "too_short": _("At least %(min_length)s entries, please."),
    "too_long": _("At most %(max_length)s entries, please."),
    "enum": _("One of these, please: %(expected)s."),
    "literal_error": _("One of these, please: %(expected)s."),
    "greater_than_equal": _("At least %(ge)s, please."),
    "less_than_equal": _("At most %(le)s, please."),
    "string_type": _("Text, please."),
    "string_unicode": _("This contains characters that are not text."),
    "unprintable": _("This contains characters that are not text."),
    "int_parsing": _("A whole number, please."),
    "int_type": _("A whole number, please."),
    "bool_parsing": _("True or false, please."),
    "list_type": _("A list, please."),
    "uuid_parsing": _("This is not an id."),
    "uuid_type": _("This is not an id."),
    "date_from_datetime_parsing": _("A date, please: YYYY-MM-DD."),
    "date_parsing": _("A date, please: YYYY-MM-DD."),
    "date_type": _("A date, please: YYYY-MM-DD."),
    "datetime_from_date_parsing": _("A time, please, as in RFC 3339."),
    "datetime_parsing": _("A time, please, as in RFC 3339."),
    "datetime_type": _("A time, please, as in RFC 3339."),
    "timezone_aware": _("A time with its time zone, please, as in RFC 3339."),
}
UNUSABLE = _("This value cannot be used.")
MOST_ERRORS = 50
"""A body with a million wrong fields does not get a million answers."""


def field_errors(errors: Sequence[Any]) -> list[FieldError]:
    """Turn pydantic's errors into ours. What was typed is never repeated."""
    return [_field_error(error) for error in errors[:MOST_ERRORS]]


def _field_error(error: dict[str, Any]) -> FieldError:
    place, *path = error["loc"] or ("body",)
    # Dictionary keys come from the sender; a lone surrogate among them cannot be sent back.
    name = ".".join(str(part) for part in path).encode("utf-8", "replace").decode()
    params = {key: value for key, value in error.get("ctx", {}).items() if key != "error"}
    return FieldError(str(place), name, MESSAGES.get(error["type"], UNUSABLE), params)
