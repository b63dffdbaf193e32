"""Appointments, and clients who do not come to them."""

from datetime import datetime, timedelta

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.calendar import utc
from tests.domain.referrals import NOW, SECOND, carry_out, in_status
from workflows.domain.actions import Action
from workflows.domain.appointments import Appointment
from workflows.domain.clocks import Party
from workflows.domain.errors import AppointmentAhead, AppointmentUnfit, IllegalMove
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import Term, Terms

FRIDAY = utc("2027-03-19 09:00")


@pytest.fixture
def appointed() -> ReferralState:
    """Accept a request and name an appointment in three weeks."""
    state, _ = carry_out(
        in_status(Status.ACCEPTED), Action.APPOINT, CLARA, appointment=Appointment(at=FRIDAY)
    )
    return state


def test_the_receivers_clock_runs_through_the_wait_for_an_appointment(
    appointed: ReferralState,
) -> None:
    assert (appointed.status, appointed.business_status) == (
        Status.ACCEPTED,
        BusinessStatus.APPOINTMENT,
    )
    assert appointed.clock is not None
    assert (appointed.clock.party, appointed.clock.since) == (Party.RECEIVER, NOW)
    assert appointed.clock.due_at == utc("2027-03-23 22:59:59"), "two working days after it"


def test_nobody_is_reminded_before_the_appointment(appointed: ReferralState) -> None:
    assert appointed.clock is not None
    assert appointed.clock.moments[0].at > FRIDAY


def test_a_step_with_appointments_gives_the_receiver_time_to_name_one() -> None:
    terms = Terms(appoint=Term(working_days=3), arrive=Term(working_days=30))
    accepted = in_status(Status.ACCEPTED, terms=terms)
    assert accepted.clock is not None
    assert accepted.clock.due_at == utc("2027-03-04 22:59:59")


def test_an_appointment_can_be_moved(appointed: ReferralState) -> None:
    later = Appointment(at=FRIDAY + timedelta(days=7), interpreter="ar")
    state, _ = carry_out(appointed, Action.APPOINT, CLARA, appointment=later)
    assert state.appointment == later


@pytest.mark.parametrize(
    "appointment",
    [None, Appointment(at=NOW), Appointment(at=NOW + timedelta(days=366))],
    ids=["none", "now", "in more than a year"],
)
def test_an_appointment_lies_ahead_and_within_a_year(appointment: Appointment | None) -> None:
    with pytest.raises(AppointmentUnfit):
        carry_out(in_status(Status.ACCEPTED), Action.APPOINT, CLARA, appointment=appointment)


@pytest.mark.parametrize("at", [NOW + SECOND, NOW + timedelta(days=365)])
def test_an_appointment_may_be_soon_or_late(at: datetime) -> None:
    state, _ = carry_out(
        in_status(Status.ACCEPTED), Action.APPOINT, CLARA, appointment=Appointment(at=at)
    )
    assert state.appointment == Appointment(at=at)


def test_after_a_no_show_the_clock_is_the_clients(appointed: ReferralState) -> None:
    at = FRIDAY + timedelta(hours=1)
    state, event = carry_out(appointed, Action.NO_SHOW, CLARA, at)
    assert (state.status, state.business_status) == (Status.ACCEPTED, BusinessStatus.NO_SHOW)
    assert state.appointment is None
    assert state.clock is not None
    assert (state.clock.party, state.clock.due_at) == (Party.CLIENT, utc("2027-03-30 21:59:59"))
    assert event.ended is not None
    assert event.ended.party is Party.RECEIVER


def test_nobody_nudges_the_agency_while_the_client_is_waited_for(
    appointed: ReferralState,
) -> None:
    missed, _ = carry_out(appointed, Action.NO_SHOW, CLARA, FRIDAY)
    assert Action.NUDGE in allowed_actions(appointed, ANNA, FRIDAY)
    assert Action.NUDGE not in allowed_actions(missed, ANNA, FRIDAY)
    with pytest.raises(IllegalMove):
        carry_out(missed, Action.NUDGE, ANNA, FRIDAY)


def test_a_new_appointment_gives_the_clock_back_to_the_receiver(appointed: ReferralState) -> None:
    missed, _ = carry_out(appointed, Action.NO_SHOW, CLARA, FRIDAY)
    state, _ = carry_out(missed, Action.APPOINT, CLARA, FRIDAY)
    assert state.clock is not None
    assert (state.clock.party, state.business_status) == (
        Party.RECEIVER,
        BusinessStatus.APPOINTMENT,
    )


def test_nobody_has_missed_what_is_still_to_come(appointed: ReferralState) -> None:
    assert Action.NO_SHOW not in allowed_actions(appointed, CLARA, FRIDAY - SECOND)
    with pytest.raises(AppointmentAhead):
        carry_out(appointed, Action.NO_SHOW, CLARA, FRIDAY - SECOND)


def test_whoever_comes_at_last_has_arrived(appointed: ReferralState) -> None:
    missed, _ = carry_out(appointed, Action.NO_SHOW, CLARA, FRIDAY)
    arrived, _ = carry_out(missed, Action.ARRIVE, CLARA, FRIDAY + timedelta(days=1))
    assert (arrived.status, arrived.business_status) == (Status.IN_PROGRESS, None)
