"""Entitlements for the tests of the domain: kinds as they ship, days counted from a Monday."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from service.entitlements.law import kinds, legal_rules
from tests.cast import ANNA
from tests.domain.households import new_id
from tests.domain.referrals import MONDAY
from workflows.domain.entitlement_acts import RecordEntitlement
from workflows.domain.entitlements import Entitlement
from workflows.domain.legal_rules import LegalRule, ended_by_law
from workflows.domain.working_days import local_day

TODAY = local_day(MONDAY)
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
    return kinds()[kind].entitlement(
        entitlement_id or new_id(),
        member,
        in_days(since),
        None if printed is None else in_days(printed),
        None if effective is None else in_days(effective),
    )


def to_record(
    wanted: Entitlement, rules: Sequence[LegalRule] | None = None, **changes: object
) -> RecordEntitlement:
    """Return the wish to note it, with what the law says of it."""
    ends = ended_by_law(wanted, legal_rules() if rules is None else rules)
    wish = RecordEntitlement(actor=ANNA, entitlement=wanted, ends=ends)
    return wish.model_copy(update=changes)
