"""What the editor shows: a text, what was found in it, and how things stand around it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.legal_areas import LEGAL_AREAS, name_of_legal_area
from service.agencies.repository import legal_areas_with_agencies
from service.database import Database
from service.editor.checking import aside, tidied
from service.editor.findings import Findings, examine
from service.editor.key_rules import is_free, keeps
from service.editor.repository import all_keys
from service.pathways.checking import KeyRule
from service.pathways.repository import Published, check_edits, versions_of
from service.versions.comparing import Difference, differences
from service.versions.repository import count_running
from service.web.i18n import Translator
from service.web.problems import not_found
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class Sheet:
    """What the editor shows of a text.

    ``newest`` is None for a new pathway. ``meanwhile``: what others have published since the
    version that the author began on, and ``they_changed`` what that changes. ``running``: paths
    that stay on their version. ``deserted``: legal areas without an agency, by name.
    """

    findings: Findings
    newest: Published | None = None
    meanwhile: list[Published] = field(default_factory=list)
    they_changed: list[Difference] = field(default_factory=list)
    running: int = 0
    deserted: list[str] = field(default_factory=list)

    @property
    def next_number(self) -> int:
        """The number that the text would be published under."""
        return self.newest.pathway.version + 1 if self.newest else 1

    @property
    def can_be_published(self) -> bool:
        """Tell whether the text has no fault, and says something new."""
        is_new = self.newest is None or bool(self.findings.changes)
        return self.findings.pathway is not None and is_new


async def sheet_of_new(database: Database, principal: Principal, t: Translator, text: str) -> Sheet:
    """Return the sheet of a pathway that there is not yet. Raises PermissionError."""
    check_edits(principal)
    async with database.transaction() as connection:
        taken = await all_keys(connection, principal)
        served = await legal_areas_with_agencies(connection, principal)
    findings = await _examined(t, text, is_free(taken), None)
    return Sheet(findings, deserted=_deserted(t, findings.pathway, served))


async def sheet_of_next(
    database: Database, principal: Principal, t: Translator, key: str, text: str, based_on: int
) -> Sheet:
    """Return the sheet of what is to be the next version. Raises PermissionError, refusal 404."""
    check_edits(principal)
    async with database.transaction() as connection:
        versions = await _since(connection, principal, key, based_on)
        running = await count_running(connection, principal, key)
        served = await legal_areas_with_agencies(connection, principal)
    newest, base = versions[0], versions[-1]
    meanwhile = versions[:-1]
    findings = await _examined(t, text, keeps(key), newest.pathway)
    return Sheet(
        findings,
        newest,
        meanwhile,
        differences(t, base.pathway, newest.pathway) if meanwhile else [],
        running,
        _deserted(t, findings.pathway, served),
    )


async def _since(
    connection: AsyncConnection, principal: Principal, key: str, version: int
) -> list[Published]:
    """Return this version and those after it, the newest first. Raises the refusal 404."""
    versions = await versions_of(connection, principal, key, since=version)
    if not versions or versions[-1].pathway.version != version:
        raise not_found()
    return versions


async def _examined(t: Translator, text: str, rule: KeyRule, newest: Pathway | None) -> Findings:
    return await aside(partial(examine, t, tidied(text), rule, newest))


def _deserted(t: Translator, pathway: Pathway | None, served: Iterable[str]) -> list[str]:
    if pathway is None:
        return []
    missing = {step.legal_area for step in pathway.steps} - set(served)
    return [name_of_legal_area(area, t.language) for area in LEGAL_AREAS if area in missing]
