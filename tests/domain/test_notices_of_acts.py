"""Which act tells whom."""

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.referrals import HOUR, OF_THE_SENDER, carry_out, in_status, sent
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.notices import Audience, Delivery, Notice, NoticeKind
from workflows.domain.principal import Principal
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import Term, Terms

IN_HOURS = Terms(
    respond=Term(duration=4 * HOUR),
    refer=Term(duration=4 * HOUR),
    arrive=Term(duration=4 * HOUR),
)


def test_a_nudge_writes_to_the_receiver_at_once_about_the_running_clock() -> None:
    accepted = in_status(Status.ACCEPTED)
    _, event = carry_out(accepted, Action.NUDGE, ANNA)
    assert accepted.clock is not None
    nudge = Notice(
        kind=NoticeKind.NUDGE,
        audience=Audience.RECEIVER,
        clock_seq=accepted.clock.seq,
        delivery=Delivery.AT_ONCE,
    )
    assert event.notices == (nudge,)


@pytest.mark.parametrize(
    ("before", "action", "kind", "audience"),
    [
        (Status.REQUESTED, Action.REJECT, NoticeKind.REJECTED, Audience.SENDER),
        (Status.REQUESTED, Action.REDIRECT, NoticeKind.REJECTED, Audience.SENDER),
        (Status.REQUESTED, Action.ASK, NoticeKind.QUESTION, Audience.SENDER),
        (Status.REQUESTED, Action.CANCEL, NoticeKind.CANCELLED, Audience.RECEIVER),
        (Status.ACCEPTED, Action.FAIL, NoticeKind.FAILED, Audience.SENDER),
        (Status.ACCEPTED, Action.NO_SHOW, NoticeKind.NO_SHOW, Audience.SENDER),
        (Status.IN_PROGRESS, Action.FAIL, NoticeKind.FAILED, Audience.SENDER),
        (Status.IN_PROGRESS, Action.COMPLETE, NoticeKind.COMPLETED, Audience.SENDER),
        (Status.COMPLETED, Action.DISPUTE, NoticeKind.DISPUTED, Audience.RECEIVER),
    ],
)
def test_the_other_side_hears_of_an_act_with_the_next_mornings_mail(
    before: Status, action: Action, kind: NoticeKind, audience: Audience
) -> None:
    actor = ANNA if action in OF_THE_SENDER else CLARA
    state, event = carry_out(in_status(before), action, actor)
    clock_seq = state.clock.seq if state.clock else None
    assert event.notices == (Notice(kind=kind, audience=audience, clock_seq=clock_seq),)


def test_an_appointment_is_mailed_by_itself_with_its_calendar_file() -> None:
    _, event = carry_out(in_status(Status.ACCEPTED), Action.APPOINT, CLARA)
    [notice] = event.notices
    assert (notice.kind, notice.audience) == (NoticeKind.APPOINTMENT, Audience.SENDER)
    assert notice.delivery is Delivery.ALONE


def test_an_answer_reaches_the_receiver() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    _, event = carry_out(asked, Action.ANSWER, ANNA)
    [notice] = event.notices
    assert (notice.kind, notice.audience) == (NoticeKind.ANSWER, Audience.RECEIVER)


def test_a_hold_that_waits_for_the_sender_is_a_question_to_it() -> None:
    held, event = carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=Party.SENDER)
    assert held.business_status is BusinessStatus.QUESTION
    assert [notice.kind for notice in event.notices] == [NoticeKind.QUESTION]


@pytest.mark.parametrize("action", [Action.REJECT, Action.ASK])
def test_where_hours_count_the_other_side_hears_at_once(action: Action) -> None:
    terms = IN_HOURS.model_copy(update={"answer": Term(duration=HOUR)})
    _, event = carry_out(sent(terms=terms), action, CLARA)
    assert {notice.delivery for notice in event.notices} == {Delivery.AT_ONCE}


def test_a_request_in_hours_that_is_taken_back_is_told_at_once() -> None:
    _, event = carry_out(sent(terms=IN_HOURS), Action.CANCEL, ANNA)
    assert [notice.delivery for notice in event.notices] == [Delivery.AT_ONCE]


def test_what_leaves_days_is_told_in_the_morning_though_hours_counted_before() -> None:
    terms = IN_HOURS.model_copy(update={"refer": Term(working_days=3)})
    _, event = carry_out(sent(terms=terms), Action.REJECT, CLARA)
    assert [notice.delivery for notice in event.notices] == [Delivery.DIGEST]


@pytest.mark.parametrize("party", [Party.CLIENT, Party.THIRD_PARTY])
def test_a_hold_that_waits_for_somebody_else_writes_to_nobody(party: Party) -> None:
    _, event = carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=party)
    assert event.notices == ()


@pytest.mark.parametrize(("action", "actor"), [(Action.CLAIM, CLARA), (Action.MOVE_DEADLINE, ANNA)])
def test_an_open_question_is_not_asked_again(action: Action, actor: Principal) -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    assert carry_out(asked, action, actor)[1].notices == ()


@pytest.mark.parametrize("action", [Action.RECEIVE, Action.CLAIM, Action.ACCEPT])
def test_what_goes_well_writes_to_nobody(action: Action) -> None:
    assert carry_out(sent(), action, CLARA)[1].notices == ()


@pytest.mark.parametrize(
    ("before", "action"),
    [
        (Status.REQUESTED, Action.REJECT),
        (Status.REQUESTED, Action.CANCEL),
        (Status.ACCEPTED, Action.APPOINT),
        (Status.IN_PROGRESS, Action.COMPLETE),
        (Status.COMPLETED, Action.DISPUTE),
    ],
)
def test_nobody_is_written_to_about_an_agency_whose_answers_they_record_themselves(
    before: Status, action: Action
) -> None:
    _, event = carry_out(in_status(before, on_board=False), action, ANNA)
    assert event.notices == ()
