"""Who is not competent says who is; the chain remembers how often that happened."""

from uuid import UUID

import pytest

from tests.cast import CLARA, OFFICE_A, OTHER_AGENCY, RECEIVER
from tests.domain.households import Household, path, station
from tests.domain.referrals import carry_out, sent
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.errors import CompetentAgencyMissing
from workflows.domain.statuses import BusinessStatus, Status


def test_a_redirected_request_is_back_with_the_sender_and_names_the_competent_agency() -> None:
    state, _ = carry_out(sent(), Action.REDIRECT, CLARA, agency=OTHER_AGENCY)
    assert (state.status, state.business_status) == (Status.REJECTED, BusinessStatus.REDIRECTED)
    assert (state.competent_agency, state.bounced) == (OTHER_AGENCY, (RECEIVER,))
    assert state.clock is not None
    assert state.clock.party is Party.SENDER


@pytest.mark.parametrize("agency", [None, OFFICE_A, RECEIVER])
def test_neither_side_is_somebody_else(agency: UUID | None) -> None:
    with pytest.raises(CompetentAgencyMissing):
        carry_out(sent(), Action.REDIRECT, CLARA, agency=agency)


def test_the_chain_keeps_its_first_request_and_remembers_its_bounces() -> None:
    household = Household(path(station("register")))
    first = household.refer("register")
    household.act("register", Action.REDIRECT)
    second = household.refer("register")
    household.act("register", Action.REDIRECT)
    third = household.refer("register")
    assert first.chain_id == second.chain_id == third.chain_id == first.referral_id
    assert [first.bounced, second.bounced] == [(), (RECEIVER,)]
    assert third.bounced == (RECEIVER, RECEIVER)
    assert third.referred_at == first.referred_at


def test_a_refusal_for_another_reason_is_no_bounce() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    assert household.refer("register").bounced == ()


def test_a_redirection_that_is_taken_back_is_no_bounce() -> None:
    redirected, _ = carry_out(sent(), Action.REDIRECT, CLARA)
    state, _ = carry_out(redirected, Action.UNDO, CLARA)
    assert (state.bounced, state.competent_agency) == ((), None)
