"""A refusal is a rule by its name, with what the sentence for the person needs, and no more."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, CLARA, OFFICE_A, OTHER_AGENCY
from tests.domain.referrals import MONDAY, NOW, after, carry_out, in_status, sent
from workflows.domain.actions import Action
from workflows.domain.appointments import Appointment
from workflows.domain.clocks import Party
from workflows.domain.errors import RULES, RuleBroken
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status

APPOINTED = after(in_status(Status.ACCEPTED), Action.APPOINT)
BOUNCED_TWICE = after(sent(bounced=(OTHER_AGENCY,)), Action.REDIRECT)


@pytest.mark.parametrize(
    ("state", "action", "actor", "changes", "code", "params"),
    [
        (sent(), Action.ARRIVE, CLARA, {}, "illegal-move", {"status": "requested"}),
        (sent(), Action.RELEASE, CLARA, {}, "illegal-move", {"status": "requested"}),
        (sent(), Action.ACCEPT, ANNA, {}, "not-involved", {}),
        (sent(), Action.REJECT, CLARA, {"reason": None}, "reason-missing", {}),
        (sent(), Action.ASK, CLARA, {"note_id": None}, "note-missing", {}),
        (sent(), Action.REDIRECT, CLARA, {"agency": OFFICE_A}, "competent-agency-missing", {}),
        (sent(on_board=False), Action.ACCEPT, ANNA, {"source": None}, "source-missing", {}),
        (in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, {"party": None}, "party-missing", {}),
        (
            in_status(Status.IN_PROGRESS),
            Action.HOLD,
            CLARA,
            {"party": Party.SENDER, "note_id": None},
            "note-missing",
            {},
        ),
        (
            in_status(Status.IN_PROGRESS),
            Action.HOLD,
            CLARA,
            {"until": None},
            "day-unfit",
            {"latest": "2027-06-01"},
        ),
        (
            in_status(Status.ACCEPTED),
            Action.APPOINT,
            CLARA,
            {"appointment": Appointment(at=MONDAY)},
            "appointment-unfit",
            {},
        ),
        (APPOINTED, Action.NO_SHOW, CLARA, {}, "appointment-ahead", {}),
        (BOUNCED_TWICE, Action.CONFER, ANNA, {"agency": None}, "conference-result-missing", {}),
        (BOUNCED_TWICE, Action.CONFER, ANNA, {"agency": OFFICE_A}, "competent-agency-missing", {}),
    ],
)
def test_a_refusal_names_the_act_and_what_stands_against_it(
    state: ReferralState,
    action: Action,
    actor: Principal,
    changes: dict[str, object],
    code: str,
    params: dict[str, str],
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        carry_out(state, action, actor, NOW + timedelta(minutes=1), **changes)
    assert (refusal.value.code, refusal.value.params) == (code, {"action": action, **params})
    assert str(refusal.value) == f"{code} {refusal.value.params}"


def test_every_rule_is_found_by_its_code() -> None:
    assert {code: rule.code for code, rule in RULES.items()} == {code: code for code in RULES}
    assert [str(rule()) for rule in RULES.values()] == list(RULES)
