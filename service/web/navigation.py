"""The main navigation: what is there for whom."""

from dataclasses import dataclass
from enum import StrEnum

from service.accounts.people import SignedInUser
from service.web.i18n import _
from workflows.domain.principal import Role


class House(StrEnum):
    """Which kind of house an entry is for."""

    ANY = "any"
    OFFICE = "office"
    AGENCY = "agency"


@dataclass(frozen=True)
class Entry:
    """One entry. ``label`` is a message id."""

    label: str
    path: str
    roles: frozenset[Role]
    house: House = House.ANY

    def is_for(self, user: SignedInUser) -> bool:
        """Tell whether the page has something for this person."""
        own = House.OFFICE if user.works_in_office else House.AGENCY
        return user.principal.role in self.roles and self.house in {House.ANY, own}

    def covers(self, path: str) -> bool:
        """Tell whether a page at ``path`` lies at this entry or below it."""
        return path == self.path or path.startswith(f"{self.path}/")


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it. ``current``: ``page``, ``true`` for a page below it, or empty.

    These are the values of ``aria-current``.
    """

    label: str
    path: str
    current: str


ENTRIES = (
    Entry(
        _("My day"),
        "/my-day",
        frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR, Role.COORDINATOR}),
    ),
    Entry(_("Cases"), "/cases", frozenset({Role.CASE_MANAGER, Role.SUPERVISOR}), House.OFFICE),
    Entry(_("Inbox"), "/inbox", frozenset({Role.AGENCY_MEMBER, Role.SUPERVISOR}), House.AGENCY),
    Entry(_("Stalled"), "/stalled", frozenset({Role.SUPERVISOR})),
    Entry(
        _("Offered cases"),
        "/offered-cases",
        frozenset({Role.CASE_MANAGER, Role.SUPERVISOR}),
        House.OFFICE,
    ),
    Entry(_("Takeover"), "/takeover", frozenset({Role.SUPERVISOR}), House.OFFICE),
    Entry(_("Pathways"), "/pathways", frozenset({Role.COORDINATOR})),
    Entry(
        _("Pathways"), "/pathways", frozenset({Role.CASE_MANAGER, Role.SUPERVISOR}), House.OFFICE
    ),
    Entry(
        _("Our agency"), "/our-agency", frozenset({Role.AGENCY_MEMBER, Role.SUPERVISOR}), House.ANY
    ),
    Entry(_("Rules of law"), "/rules", frozenset({Role.COORDINATOR})),
    Entry(_("New case"), "/cases/new", frozenset({Role.CASE_MANAGER}), House.OFFICE),
)


def navigation_for(user: SignedInUser, path: str) -> list[Link]:
    """Return what the person sees on the page at ``path``."""
    entries = [entry for entry in ENTRIES if entry.is_for(user)]
    nearest = max((entry.path for entry in entries if entry.covers(path)), key=len, default="")
    return [Link(entry.label, entry.path, _current(entry.path, nearest, path)) for entry in entries]


def _current(entry: str, nearest: str, path: str) -> str:
    if entry != nearest:
        return ""
    return "page" if entry == path else "true"
