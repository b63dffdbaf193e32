"""Who says no has to say why, with a reason of the right kind."""

import pytest

from tests.cast import CLARA
from tests.domain.referrals import NOW, carry_out, in_status, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import ReasonMissing
from workflows.domain.reasons import Reason
from workflows.domain.referral_rules import check
from workflows.domain.statuses import Status

OF_REJECTION = {
    "no-capacity",
    "documents-missing",
    "requirements-not-met",
    "request-unclear",
    "duplicate",
}
OF_FAILURE = {
    "no-capacity",
    "documents-missing",
    "requirements-not-met",
    "client-not-reached",
    "client-declined",
    "client-moved",
}


@pytest.mark.parametrize("reason", [None, "", "because", *sorted(set(Reason) - OF_REJECTION)])
def test_a_rejection_without_a_reason_for_it_is_refused(reason: str | None) -> None:
    with pytest.raises(ReasonMissing) as refusal:
        check(sent(), well_formed(Action.REJECT, CLARA, reason=reason), NOW)
    assert refusal.value.params == {"action": "reject"}


@pytest.mark.parametrize("reason", sorted(OF_REJECTION))
def test_a_rejection_with_a_reason_for_it_is_recorded(reason: str) -> None:
    _, event = carry_out(sent(), Action.REJECT, CLARA, reason=reason)
    assert event.reason == reason


@pytest.mark.parametrize("reason", [None, "because", *sorted(set(Reason) - OF_FAILURE)])
def test_a_failure_without_a_reason_for_it_is_refused(reason: str | None) -> None:
    with pytest.raises(ReasonMissing):
        check(in_status(Status.ACCEPTED), well_formed(Action.FAIL, CLARA, reason=reason), NOW)


@pytest.mark.parametrize("reason", sorted(OF_FAILURE))
def test_a_failure_with_a_reason_for_it_is_recorded(reason: str) -> None:
    _, event = carry_out(in_status(Status.IN_PROGRESS), Action.FAIL, CLARA, reason=reason)
    assert event.reason == reason
