"""Entitlements for the tests of the domain: kinds and rules like those that ship; days are counted
from a Monday.
"""

from datetime import date, timedelta
from uuid import UUID

from tests.cast import ANNA
from tests.domain.households import new_id
from tests.domain.referrals import MONDAY
from workflows.domain.entitlement_acts import RecordEntitlement
from workflows.domain.entitlement_kinds import EntitlementKind
from workflows.domain.entitlements import Entitlement, EntitlementArea
from workflows.domain.legal_rules import END_OF_MONTH, LegalRule, Period, ended_by_law
from workflows.domain.pathway import Texts
from workflows.domain.working_days import local_day

TODAY = local_day(MONDAY)


def _kind(
    key: str,
    area: str,
    lead_days: int = 42,
    proposes: str | None = None,
    *,
    until_decided: bool = False,
) -> EntitlementKind:
    return EntitlementKind(
        key=key,
        title=Texts(de=key, en=key),
        area=EntitlementArea(area),
        paragraph="§ 1 SGB X",
        until_decided=until_decided,
        lead_days=lead_days,
        proposes=proposes,
    )


KINDS = {
    kind.key: kind
    for kind in (
        _kind("toleration", "residence"),
        _kind("recognition", "residence", proposes="benefit-change"),
        _kind("residence-title", "residence", 56, "provisional-residence"),
        _kind("provisional-residence", "residence", 28, until_decided=True),
        _kind("settlement-permit", "residence", 56),
        _kind("asylum-seekers-benefits", "subsistence", proposes="benefit-change"),
        _kind("basic-income", "subsistence"),
        _kind("asylum-seekers-health-care", "insurance", proposes="benefit-change"),
        _kind("integration-course-right", "learning", 84, "integration-course"),
        _kind("passport", "identity", 168),
    )
}


def _rule(trigger: str, ends: str, duration: str) -> LegalRule:
    return LegalRule(
        key=f"{ends}-end",
        title=Texts(de=ends, en=ends),
        paragraph="§ 1 SGB X",
        scope=("residence",),
        trigger=trigger,
        ends=ends,
        duration=Period.model_validate(duration),
    )


RULES = (
    _rule("recognition", "asylum-seekers-benefits", END_OF_MONTH),
    _rule("recognition", "asylum-seekers-health-care", END_OF_MONTH),
    _rule("integration-course-right", "integration-course-right", "1 year"),
)
FATHER = UUID("01920000-0000-7000-b000-00000000000f")
MOTHER = UUID("01920000-0000-7000-b000-00000000000a")


def in_days(days: int) -> date:
    """Return the day so many days after that Monday."""
    return TODAY + timedelta(days=days)


def entitlement(
    kind: str,
    *,
    since: int = -100,
    printed: int | None = None,
    effective: int | None = None,
    member: UUID = FATHER,
    entitlement_id: UUID | None = None,
) -> Entitlement:
    """Return an entitlement of a kind; its days are counted from that Monday, None is no day."""
    return KINDS[kind].entitlement(
        entitlement_id or new_id(),
        member,
        in_days(since),
        None if printed is None else in_days(printed),
        None if effective is None else in_days(effective),
    )


def to_record(wanted: Entitlement, **changes: object) -> RecordEntitlement:
    """Return the wish to note it, with what the law says of it."""
    ends = ended_by_law(wanted, RULES)
    wish = RecordEntitlement(actor=ANNA, entitlement=wanted, ends=ends)
    return wish.model_copy(update=changes)
