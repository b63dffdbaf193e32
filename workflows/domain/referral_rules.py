"""What stands against an act on a referral, and what a person may do with it now."""

from datetime import date, datetime, timedelta

from workflows.domain.actions import Action, Side
from workflows.domain.acts import ReferralAct
from workflows.domain.clocks import Party
from workflows.domain.errors import (
    AlreadyClaimed,
    AppointmentAhead,
    AppointmentUnfit,
    AssigneeMissing,
    CompetentAgencyMissing,
    ConferenceResultMissing,
    DayUnfit,
    IllegalMove,
    NoteMissing,
    NotInvolved,
    PartyMissing,
    ReasonMissing,
    SourceMissing,
    StaleView,
)
from workflows.domain.holds import MEANING
from workflows.domain.moves import MOVES, Move
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import BusinessStatus
from workflows.domain.undoing import check_undo, may_undo
from workflows.domain.working_days import local_day

LONGEST_HOLD = timedelta(days=92)
FURTHEST_DEADLINE = timedelta(days=365)


def check(state: ReferralState, act: ReferralAct, at: datetime) -> None:
    """Raise the rule that the act breaks, if it does."""
    if act.action is Action.UNDO:
        check_undo(state, act.actor, at)
        return
    move = MOVES[act.action]
    if not _may(state, move, act.actor):
        raise NotInvolved(action=act.action)
    if not _fits(state, move):
        raise IllegalMove(action=act.action, status=state.status)
    if act.expected_seq is not None and act.expected_seq < state.changed_seq:
        raise StaleView(action=act.action, status=state.status)
    if move.reasons and act.reason not in move.reasons:
        raise ReasonMissing(action=act.action)
    if speaks_for_receiver(state, move, act.actor) and act.source is None:
        raise SourceMissing(action=act.action)
    if move.needs_note and act.note_id is None:
        raise NoteMissing(action=act.action)
    _check_what_goes_with_it(state, act, at)
    if not _makes_sense(state, act.action, act.actor, at):
        raise IllegalMove(action=act.action, status=state.status)


def allowed_actions(state: ReferralState, actor: Principal, at: datetime) -> list[Action]:
    """List what this person may do now, in the order of the table. Pages show these and no more."""
    moves = [
        action
        for action, move in MOVES.items()
        if _fits(state, move)
        and _may(state, move, actor)
        and _makes_sense(state, action, actor, at)
    ]
    return [*moves, *([Action.UNDO] if may_undo(state, actor, at) else [])]


def side_of(state: ReferralState, actor: Principal) -> Side | None:
    """Return the side that the person stands on, or None."""
    if actor.agency_id == state.to_agency and actor.role in {Role.AGENCY_MEMBER, Role.SUPERVISOR}:
        return Side.RECEIVER
    if actor.agency_id == state.from_agency and actor.role in {Role.CASE_MANAGER, Role.SUPERVISOR}:
        return Side.SENDER
    return None


def speaks_for_receiver(state: ReferralState, move: Move, actor: Principal) -> bool:
    """Tell whether the sender records an answer for an agency that is not on board."""
    answer = move.side is Side.RECEIVER and not move.within_house and not move.by_both
    return answer and not state.on_board and side_of(state, actor) is Side.SENDER


def _may(state: ReferralState, move: Move, actor: Principal) -> bool:
    side = side_of(state, actor)
    is_theirs = side is move.side or (move.by_both and side is not None)
    return actor.role in move.roles and (is_theirs or speaks_for_receiver(state, move, actor))


def _fits(state: ReferralState, move: Move) -> bool:
    status = state.standing if move.while_held else state.status
    return state.closed_at is None and status in move.allowed_in


def _makes_sense(state: ReferralState, action: Action, actor: Principal, at: datetime) -> bool:
    """Tell what neither side nor status say: whether there is something to do it to."""
    is_question = state.business_status is BusinessStatus.QUESTION
    is_receivers_turn = state.clock is not None and state.clock.party is Party.RECEIVER
    has_something_to_do_it_to = {
        Action.CLAIM: state.claimed_by in {None, actor.user_id},
        Action.RELEASE: state.claimed_by is not None,
        Action.NUDGE: state.on_board and is_receivers_turn,
        Action.ANSWER: is_question,
        Action.RESUME: not is_question or side_of(state, actor) is Side.RECEIVER,
        Action.CONFER: state.open_conference is not None,
        Action.NO_SHOW: state.appointment is None or state.appointment.at <= at,
    }
    return has_something_to_do_it_to.get(action, True)


def _check_what_goes_with_it(state: ReferralState, act: ReferralAct, at: datetime) -> None:
    match act.action:
        case Action.CLAIM if state.claimed_by not in {None, act.actor.user_id}:
            raise AlreadyClaimed(by=str(state.claimed_by))
        case Action.ASSIGN if act.assignee is None:
            raise AssigneeMissing(action=act.action)
        case Action.REDIRECT if act.agency in {None, state.from_agency, state.to_agency}:
            raise CompetentAgencyMissing(action=act.action)
        case Action.CONFER if (act.agency is None) == (act.next_step is None):
            raise ConferenceResultMissing(action=act.action)
        case Action.CONFER if act.agency == state.from_agency:
            raise CompetentAgencyMissing(action=act.action)
        case Action.HOLD:
            _check_hold(act, local_day(at))
        case Action.MOVE_DEADLINE:
            _check_day(act, local_day(at), local_day(at) + FURTHEST_DEADLINE)
        case Action.APPOINT if act.appointment is None or not act.appointment.is_ahead(at):
            raise AppointmentUnfit(action=act.action)
        case Action.NO_SHOW if state.appointment and state.appointment.at > at:
            raise AppointmentAhead(action=act.action)


def _check_hold(act: ReferralAct, today: date) -> None:
    if act.party not in MEANING:
        raise PartyMissing(action=act.action)
    if act.party is Party.SENDER and act.note_id is None:
        raise NoteMissing(action=act.action)
    _check_day(act, today + timedelta(days=1), today + LONGEST_HOLD)


def _check_day(act: ReferralAct, first: date, last: date) -> None:
    if act.until is None or not first <= act.until <= last:
        raise DayUnfit(action=act.action, latest=last.isoformat())
