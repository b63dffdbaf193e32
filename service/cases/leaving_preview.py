"""What will happen when somebody leaves the household, before they do."""

from dataclasses import dataclass
from uuid import UUID

from service.cases.views import CaseView, MemberView
from service.web.i18n import Translator
from service.web.rule_words import rule_words
from workflows.domain.case_state import CaseState
from workflows.domain.errors import RuleBroken
from workflows.domain.household_moves import check_may_leave, ends_with
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class EndingPath:
    """A path of the member's own, with the names of the steps that are left out."""

    name: str
    steps: list[str]


@dataclass(frozen=True)
class LeavingPreview:
    """What ends, and what goes on: paths for all by name, entitlements that come to rest counted.

    ``obstacle``: title and sentence of what stands against it; then nothing happens.
    """

    ends: list[EndingPath]
    goes_on: list[str]
    entitlements: int
    obstacle: tuple[str, str] | None


def preview_of_leaving(
    t: Translator, principal: Principal, case: CaseView, state: CaseState, member: MemberView
) -> LeavingPreview:
    """Say what the leaving of this member means for the case."""
    ending = ends_with(state, member.id)
    return LeavingPreview(
        ends=[
            EndingPath(
                path.pathway.title.in_language(t.language),
                [
                    step.definition.title.in_language(t.language)
                    for step in path.steps
                    if (path.id, step.key) in {(path_id, one.key) for path_id, one in ending}
                ],
            )
            for path in case.paths
            if path.id in {path_id for path_id, _step in ending}
        ],
        goes_on=[
            path.pathway.title.in_language(t.language) for path in case.paths if path.member is None
        ],
        entitlements=sum(
            held.entitlement.member_id == member.id and not held.let_go
            for held in state.entitlements
        ),
        obstacle=_obstacle(t, principal, state, member.id, [one.id for one in case.household]),
    )


def _obstacle(
    t: Translator,
    principal: Principal,
    state: CaseState,
    member_id: UUID,
    household: list[UUID],
) -> tuple[str, str] | None:
    try:
        check_may_leave(state, principal, member_id, tuple(household))
    except RuleBroken as broken:
        title, sentence = rule_words(broken)
        return t(title), t(sentence, **broken.params)
    return None
