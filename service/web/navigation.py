"""The main navigation: what is there for whom."""

from dataclasses import dataclass

from service.web.i18n import _
from workflows.domain.principal import Role


@dataclass(frozen=True)
class Entry:
    """One entry. ``label`` is a message id."""

    label: str
    path: str
    roles: frozenset[Role]

    def is_current(self, path: str) -> bool:
        """Tell whether a page at ``path`` belongs to this entry."""
        return path == self.path or path.startswith(f"{self.path}/")


ENTRIES = (
    Entry(
        _("My day"),
        "/my-day",
        frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR, Role.COORDINATOR}),
    ),
    Entry(_("Inbox"), "/inbox", frozenset({Role.AGENCY_MEMBER, Role.SUPERVISOR})),
    Entry(_("Stalled"), "/stalled", frozenset({Role.SUPERVISOR, Role.COORDINATOR})),
    Entry(_("New case"), "/cases/new", frozenset({Role.CASE_MANAGER})),
)


def entries_for(role: Role) -> list[Entry]:
    """Return the entries that a person of this role sees."""
    return [entry for entry in ENTRIES if role in entry.roles]
