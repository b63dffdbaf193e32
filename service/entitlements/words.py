"""Entitlements in words."""

from service.entitlements.views import EntitlementView
from service.web.dates import day_in_numbers
from service.web.i18n import Translator, _
from workflows.domain.entitlements import EntitlementArea

AREAS: dict[str, str] = {
    EntitlementArea.RESIDENCE: _("Residence"),
    EntitlementArea.SUBSISTENCE: _("Subsistence"),
    EntitlementArea.INSURANCE: _("Health insurance and care"),
    EntitlementArea.WORK: _("Work"),
    EntitlementArea.LEARNING: _("Courses"),
    EntitlementArea.IDENTITY: _("Identity papers"),
}
"""What entitlements are about, in the order in which pages list them."""


def span_words(t: Translator, one: EntitlementView) -> list[str]:
    """Say from when to when it holds: the day on paper and the real end apart."""
    said = [t(_("since %(day)s"), day=day_in_numbers(t, one.starts_on))]
    if one.printed_until and one.printed_until != one.last_day:
        said.append(t(_("on paper until %(day)s"), day=day_in_numbers(t, one.printed_until)))
    said.append(_end(t, one))
    return said


def _end(t: Translator, one: EntitlementView) -> str:
    if one.last_day:
        return t(_("valid until %(day)s"), day=day_in_numbers(t, one.last_day))
    if one.until_decided:
        return t(_("valid until it is decided"))
    return t(_("no end known"))
