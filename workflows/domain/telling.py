"""Who is told of what: of an act the side that did not do it, of a moment who speaks for the party
whose clock runs, and those above it."""

from collections.abc import Iterable

from workflows.domain.actions import Action, Side
from workflows.domain.clocks import Party, RunningClock
from workflows.domain.deadlines import Recall
from workflows.domain.notices import Audience, Delivery, Notice, NoticeKind
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import BusinessStatus

TOLD_OF_ACT: dict[Action, tuple[NoticeKind, Audience]] = {
    Action.NUDGE: (NoticeKind.NUDGE, Audience.RECEIVER),
    Action.REJECT: (NoticeKind.REJECTED, Audience.SENDER),
    Action.REDIRECT: (NoticeKind.REJECTED, Audience.SENDER),
    Action.FAIL: (NoticeKind.FAILED, Audience.SENDER),
    Action.ASK: (NoticeKind.QUESTION, Audience.SENDER),
    Action.ANSWER: (NoticeKind.ANSWER, Audience.RECEIVER),
    Action.APPOINT: (NoticeKind.APPOINTMENT, Audience.SENDER),
    Action.NO_SHOW: (NoticeKind.NO_SHOW, Audience.SENDER),
    Action.COMPLETE: (NoticeKind.COMPLETED, Audience.SENDER),
    Action.DISPUTE: (NoticeKind.DISPUTED, Audience.RECEIVER),
    Action.CANCEL: (NoticeKind.CANCELLED, Audience.RECEIVER),
}


WORTH_A_MAIL_OF_ITS_OWN = frozenset({NoticeKind.APPOINTMENT, NoticeKind.CONFERENCE})
"""Dates are made with them."""


def told_of_request(state: ReferralState, clock: RunningClock) -> tuple[Notice, ...]:
    """Tell the receiver that it is asked."""
    if not state.on_board:
        return ()
    return (_notice(NoticeKind.REQUEST, Audience.RECEIVER, clock.seq, in_hours=clock.in_hours),)


def told_of_act(
    before: ReferralState, after: ReferralState, action: Action, side: Side | None
) -> tuple[Notice, ...]:
    """Tell the other side of an act, and whoever takes part in a case conference.

    Nobody is told what they did themselves.
    """
    return (*_told_other_side(before, after, action, side), *_told_of_conference(before, after))


def _told_of_conference(before: ReferralState, after: ReferralState) -> tuple[Notice, ...]:
    """Tell everybody in the chain that a case conference has opened, or what came of it."""
    if before.conference == after.conference or after.clock is None:
        return ()
    is_open = after.open_conference is not None
    kind = NoticeKind.CONFERENCE if is_open else NoticeKind.CONFERENCE_ENDED
    in_hours = after.clock.in_hours
    return (_notice(kind, Audience.CONFERENCE, after.clock.seq, in_hours=in_hours),)


def _told_other_side(
    before: ReferralState, after: ReferralState, action: Action, side: Side | None
) -> tuple[Notice, ...]:
    told = _kind_and_audience(after, action)
    if told is None or not before.on_board:
        return ()
    kind, audience = told
    if _is_on(audience, side):
        return ()
    clock = after.clock or before.clock
    in_hours = clock is not None and clock.in_hours
    clock_seq = after.clock.seq if after.clock else None
    return (_notice(kind, audience, clock_seq, in_hours=in_hours),)


def told_of_moments(
    state: ReferralState, clock: RunningClock, recalls: Iterable[Recall]
) -> tuple[Notice, ...]:
    """Tell those whom these moments of a clock concern."""
    return tuple(
        _notice(kind, audience, clock.seq, in_hours=clock.in_hours)
        for recall in recalls
        for kind, audience in _told_at(state, clock.party, recall)
    )


def told_of_step(clock: RunningClock, recalls: Iterable[Recall]) -> tuple[Notice, ...]:
    """Tell the office of a step that it has yet to send on, or of what runs out, then others."""
    return tuple(
        _notice(kind, audience, clock.seq, in_hours=clock.in_hours)
        for recall in recalls
        for kind, audience in _TOLD_OF_STEP[recall]
    )


def told_of_offer(clock: RunningClock) -> tuple[Notice, ...]:
    """Tell the other office that a case is offered to it."""
    return (_notice(NoticeKind.OFFER, Audience.OFFERED_OFFICE, clock.seq, in_hours=False),)


def told_of_offers_moments(clock: RunningClock, recalls: Iterable[Recall]) -> tuple[Notice, ...]:
    """Tell whoever has to answer an offer, and those above both."""
    return tuple(
        _notice(kind, audience, clock.seq, in_hours=clock.in_hours)
        for recall in recalls
        for kind, audience in _TOLD_OF_OFFER[recall]
    )


def told_of_answer(*, accepted: bool) -> tuple[Notice, ...]:
    """Tell whoever offered the case what the other office says."""
    kind = NoticeKind.OFFER_ACCEPTED if accepted else NoticeKind.OFFER_DECLINED
    return (_notice(kind, Audience.OFFERER, None, in_hours=False),)


_TOLD_OF_OFFER: dict[Recall, tuple[tuple[NoticeKind, Audience], ...]] = {
    Recall.REMINDER: ((NoticeKind.REMINDER, Audience.OFFERED_OFFICE),),
    Recall.OVERDUE: ((NoticeKind.OVERDUE, Audience.OFFERED_OFFICE),),
    Recall.SUPERVISOR: (
        (NoticeKind.GAP, Audience.OFFERED_OFFICE),
        (NoticeKind.GAP, Audience.SENDERS_SUPERVISORS),
    ),
    Recall.EVERYONE: (
        (NoticeKind.ESCALATION, Audience.OFFERED_OFFICE),
        (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
        (NoticeKind.ESCALATION, Audience.COORDINATORS),
    ),
}
_TOLD_OF_STEP: dict[Recall, tuple[tuple[NoticeKind, Audience], ...]] = {
    Recall.REMINDER: ((NoticeKind.REMINDER, Audience.SENDER),),
    Recall.OVERDUE: ((NoticeKind.OVERDUE, Audience.SENDER),),
    Recall.SUPERVISOR: ((NoticeKind.GAP, Audience.SENDERS_SUPERVISORS),),
    Recall.EVERYONE: (
        (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
        (NoticeKind.ESCALATION, Audience.COORDINATORS),
    ),
}


def _told_at(
    state: ReferralState, party: Party, recall: Recall
) -> list[tuple[NoticeKind, Audience]]:
    match recall:
        case Recall.REMINDER:
            return [(NoticeKind.REMINDER, _speaker(state, party))]
        case Recall.OVERDUE:
            return [(NoticeKind.OVERDUE, _speaker(state, party))]
        case Recall.SUPERVISOR:
            return [(NoticeKind.GAP, _supervisors(state, party))]
        case Recall.EVERYONE:
            above = (Audience.SENDERS_SUPERVISORS, Audience.COORDINATORS)
            theirs = (Audience.RECEIVERS_SUPERVISORS,) if state.on_board else ()
            return [(NoticeKind.ESCALATION, audience) for audience in (*above, *theirs)]


def _speaker(state: ReferralState, party: Party) -> Audience:
    """Say who is written to for a party.

    The office accompanies the client; whoever waits for a third party asks it; and for an agency
    that is not on board the office calls.
    """
    is_receivers = party in {Party.RECEIVER, Party.THIRD_PARTY}
    return Audience.RECEIVER if is_receivers and state.on_board else Audience.SENDER


def _supervisors(state: ReferralState, party: Party) -> Audience:
    if _speaker(state, party) is Audience.RECEIVER:
        return Audience.RECEIVERS_SUPERVISORS
    return Audience.SENDERS_SUPERVISORS


def _kind_and_audience(state: ReferralState, action: Action) -> tuple[NoticeKind, Audience] | None:
    if action is Action.COMPLETE and state.clock is None:
        return None
    if action is Action.HOLD and state.business_status is BusinessStatus.QUESTION:
        return TOLD_OF_ACT[Action.ASK]
    return TOLD_OF_ACT.get(action)


def _is_on(audience: Audience, side: Side | None) -> bool:
    return (audience is Audience.SENDER) == (side is Side.SENDER)


def _notice(
    kind: NoticeKind, audience: Audience, clock_seq: int | None, *, in_hours: bool
) -> Notice:
    return Notice(
        kind=kind, audience=audience, clock_seq=clock_seq, delivery=_delivery(kind, in_hours)
    )


def _delivery(kind: NoticeKind, in_hours: bool) -> Delivery:  # noqa: FBT001 - one of two rules
    if kind is NoticeKind.NUDGE or in_hours:
        return Delivery.AT_ONCE
    return Delivery.ALONE if kind in WORTH_A_MAIL_OF_ITS_OWN else Delivery.DIGEST
