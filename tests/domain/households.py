"""Cases for the tests of the domain: a household, its referrals, and the mail between them."""

from datetime import datetime
from itertools import count
from typing import Literal
from uuid import UUID

from tests.cast import ANNA, CLARA, OFFICE_A, RECEIVER
from tests.domain.referrals import MONDAY, OF_THE_SENDER, carry_out
from workflows.domain.actions import Action
from workflows.domain.basis import Basis
from workflows.domain.case import close_case, open_case, send_step, waive_step
from workflows.domain.case_acts import (
    AnswerOffer,
    Close,
    NewSender,
    OfferCase,
    Refer,
    ReferralMoved,
    Reopen,
    Settle,
    Waive,
    WithdrawOffer,
)
from workflows.domain.case_moments import next_moment, pass_moment
from workflows.domain.case_moving import MovePath, move_path
from workflows.domain.case_news import late_settlement, referral_moved, settlements_made
from workflows.domain.case_record import Outcome
from workflows.domain.case_reopening import reopen_case
from workflows.domain.case_state import CaseEvent, CaseState, PathState, StepState
from workflows.domain.case_steps import respond_request
from workflows.domain.case_transfer import (
    answer_offer,
    answer_request,
    new_senders,
    offer_case,
    withdraw_offer,
)
from workflows.domain.deadlines import deadline_for
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut, RecordEntitlement
from workflows.domain.entitlement_moves import (
    change_entitlement,
    let_run_out,
    record_entitlement,
)
from workflows.domain.entitlements import Held
from workflows.domain.household_acts import AddMember, RemoveMember
from workflows.domain.household_moves import add_member, remove_member
from workflows.domain.joins import After
from workflows.domain.office_clocks import clocks_to_start
from workflows.domain.path_starting import StartPath, start_path
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, LeavingReason, Reason
from workflows.domain.referral import change_sender, settle
from workflows.domain.referral_state import ReferralState, Release
from workflows.domain.terms import Terms
from workflows.domain.working_days import local_day

PATH = UUID("01920000-0000-7000-b000-000000000001")
SECOND_PATH = UUID("01920000-0000-7000-b000-000000000002")
CASE = UUID("01920000-0000-7000-b000-000000000003")
STATUTE = Basis(statute="§ 67b SGB X")
MANY_EVENTS = 1000
"""No household lives through so many while time just passes."""

_numbers = count(1)


def new_id() -> UUID:
    """Return an id that no other referral has."""
    return UUID(f"01920000-0000-7000-c000-{next(_numbers):012d}")


def station(
    key: str,
    *after: str,
    join: Literal["all", "any"] = "all",
    release: Release = Release.ARRIVAL,
    terms: Terms | None = None,
    optional: bool = False,
) -> StepState:
    """Return a step that comes after others."""
    return StepState(
        key=key,
        legal_area="basic-income",
        after=After(join=join, steps=after),
        terms=terms or Terms(),
        release=release,
        optional=optional,
    )


def path(*steps: StepState, path_id: UUID = PATH) -> PathState:
    """Return a path of these steps."""
    return PathState(path_id=path_id, pathway="arrival", version=1, member_id=None, steps=steps)


def on_version(version: int, *steps: StepState, path_id: UUID = PATH) -> PathState:
    """Return a path as it would begin on a version with these steps."""
    defined = (step.model_copy(update={"version": version}) for step in steps)
    return path(*defined, path_id=path_id).model_copy(update={"version": version})


def draft_case(*paths: PathState) -> CaseState:
    """Write down a case of Anna's."""
    return CaseState(
        case_id=CASE,
        office=OFFICE_A,
        case_manager=ANNA.user_id,
        opened_by=ANNA,
        opened_at=MONDAY,
        paths=paths,
    )


def to_refer(key: str, **changes: object) -> Refer:
    """Return the wish to send a step to the receiving agency."""
    wish = Refer(
        actor=ANNA,
        referral_id=new_id(),
        path_id=PATH,
        step=key,
        to_agency=RECEIVER,
        on_board=True,
        basis=STATUTE,
        fields=("name",),
    )
    return wish.model_copy(update=changes)


def to_waive(key: str, **changes: object) -> Waive:
    """Return the wish to leave a step out."""
    wish = Waive(actor=ANNA, path_id=PATH, step=key, reason=Reason.NO_LONGER_NEEDED)
    return wish.model_copy(update=changes)


def to_remove(member_id: UUID, *household: UUID, **changes: object) -> RemoveMember:
    """Return the wish to let somebody go."""
    wish = RemoveMember(
        actor=ANNA,
        member_id=member_id,
        household=household,
        left_on=local_day(MONDAY),
        reason=LeavingReason.OWN_HOUSEHOLD,
    )
    return wish.model_copy(update=changes)


class Household:
    """A case with all its referrals. Messages lie in ``post`` and ``settles`` until delivered."""

    def __init__(self, *paths: PathState) -> None:
        """Open a case with these paths."""
        self.now: datetime = MONDAY
        self.events: list[CaseEvent] = []
        self.referrals: dict[UUID, ReferralState] = {}
        self.post: list[ReferralMoved] = []
        self.settles: list[Settle] = []
        self.senders: list[NewSender] = []
        self.state = draft_case(*paths)
        self._take(open_case(self.state))

    def step(self, key: str, path_id: UUID = PATH) -> StepState:
        """Return a step as it stands."""
        found = self.state.find(path_id, key)
        if found is None:
            raise AssertionError(f"no step {key}")
        return found

    def referral(self, key: str, path_id: UUID = PATH) -> ReferralState:
        """Return the latest referral of a step."""
        referral_id = self.step(key, path_id).referral_id
        if referral_id is None:
            raise AssertionError(f"{key} was never referred")
        return self.referrals[referral_id]

    def refer(self, key: str, **changes: object) -> ReferralState:
        """Send a step to an agency."""
        wish = to_refer(key, **changes)
        step = self.step(key, wish.path_id)
        respond = deadline_for(respond_request(step, wish, self.now))
        outcome, (referral, _) = send_step(
            self.state, wish, f"refer-{wish.referral_id}", self.now, respond
        )
        self._take(outcome)
        self.referrals[referral.referral_id] = referral
        return referral

    def act(self, key: str, *actions: Action, path_id: UUID = PATH) -> None:
        """Let the agency (or, to cancel, Anna) act on the latest referral; the case hears of it."""
        for action in actions:
            self.act_on(self.referral(key, path_id).referral_id, action)
            self.deliver_all()

    def act_on(self, referral_id: UUID, action: Action, actor: Principal | None = None) -> None:
        """Act on a referral; what the case has to know of it goes into the post."""
        before = self.referrals[referral_id]
        usual = ANNA if action in OF_THE_SENDER or not before.on_board else CLARA
        after, _ = carry_out(before, action, actor or usual, self.now)
        self.referrals[referral_id] = after
        if after.moved_seq > before.moved_seq:
            self.post.append(ReferralMoved.of(after))

    def deliver(self, moved: ReferralMoved) -> None:
        """Bring the case one message."""
        if outcome := referral_moved(self.state, moved):
            self._take(outcome)
        elif unheard := late_settlement(self.state, moved):
            self.settles.append(unheard)

    def deliver_all(self) -> None:
        """Bring every message to where it belongs."""
        while self.post or self.settles or self.senders:
            while self.senders:
                self.change_sender(self.senders.pop(0))
            while self.post:
                self.deliver(self.post.pop(0))
            while self.settles:
                self.settle(self.settles.pop(0))

    def change_sender(self, message: NewSender) -> None:
        """Bring a referral the message that another office has the case."""
        if outcome := change_sender(self.referrals[message.referral_id], message, self.now):
            self.referrals[message.referral_id] = outcome[0]

    def settle(self, message: Settle) -> None:
        """Bring a referral the message that ends it."""
        if outcome := settle(self.referrals[message.referral_id], message, self.now):
            self.referrals[message.referral_id] = outcome[0]

    def let_time_pass(self, until: datetime) -> None:
        """Let the clocks of the case run up to that instant."""
        while (moment := next_moment(self.state)) and moment <= until:
            self.now = max(self.now, moment)
            outcome = pass_moment(self.state, self.now)
            if outcome is None or len(self.events) > MANY_EVENTS:
                raise AssertionError("a moment that has come does not pass")
            self._take(outcome)
        self.now = until

    def waive(self, key: str, **changes: object) -> None:
        """Leave a step out."""
        wish = to_waive(key, **changes)
        self._take(waive_step(self.state, wish, f"waive-{new_id()}", self.now))

    def start_path(self, start: StartPath) -> None:
        """Start another path."""
        self._take(start_path(self.state, start, f"start-{new_id()}", self.now))

    def held(self, entitlement_id: UUID) -> Held:
        """Return an entitlement as it stands."""
        by_id = {held.entitlement.id: held for held in self.state.entitlements}
        return by_id[entitlement_id]

    def record(self, act: RecordEntitlement) -> None:
        """Note an entitlement."""
        self._take(record_entitlement(self.state, act, f"record-{new_id()}", self.now))

    def change(self, act: ChangeEntitlement) -> None:
        """Note the days of an entitlement anew."""
        self._take(change_entitlement(self.state, act, f"change-{new_id()}", self.now))

    def let_run_out(self, act: LetRunOut) -> None:
        """Note why nothing follows an entitlement."""
        self._take(let_run_out(self.state, act, f"let-{new_id()}", self.now))

    def join(self, member_id: UUID) -> None:
        """Take somebody into the household."""
        wish = AddMember(
            actor=ANNA, member_id=member_id, household=(), joined_on=local_day(self.now)
        )
        self._take(add_member(self.state, wish, f"join-{new_id()}", self.now))

    def leave(self, member_id: UUID, *household: UUID, **changes: object) -> None:
        """Let somebody go; ``household`` is everybody who was there when the case was opened."""
        wish = to_remove(member_id, *household, left_on=local_day(self.now), **changes)
        self._take(remove_member(self.state, wish, f"leave-{new_id()}", self.now))

    def move(self, to: PathState, actor: Principal = ANNA) -> None:
        """Move a path to a newer version, on which it would begin like ``to``."""
        wish = MovePath(actor=actor, path_id=to.path_id, to=to)
        self._take(move_path(self.state, wish, f"move-{new_id()}", self.now))

    def offer(self, offer: OfferCase) -> None:
        """Offer the case to another office."""
        deadline = deadline_for(answer_request(offer, self.now))
        self._take(offer_case(self.state, offer, f"offer-{new_id()}", self.now, deadline))

    def answer(self, answer: AnswerOffer) -> None:
        """Let the other office answer."""
        self._take(answer_offer(self.state, answer, f"answer-{new_id()}", self.now))

    def withdraw(self, withdrawal: WithdrawOffer) -> None:
        """Take the offer back."""
        self._take(withdraw_offer(self.state, withdrawal, f"withdraw-{new_id()}", self.now))

    def close(self) -> None:
        """Close the case."""
        wish = Close(actor=ANNA, outcome=CaseOutcome.GOAL_REACHED)
        self._take(close_case(self.state, wish, f"close-{new_id()}", self.now))

    def reopen(self, actor: Principal = ANNA) -> None:
        """Open it again."""
        self._take(reopen_case(self.state, Reopen(actor=actor), f"reopen-{new_id()}", self.now))

    def _take(self, outcome: Outcome) -> None:
        state, event = outcome
        clocks = clocks_to_start(state, event.at)
        deadlines = [deadline_for(request) for request in clocks.requests]
        self.state = clocks.start(state, deadlines, event.at)
        self.events.append(event)
        self.settles += settlements_made(state, event.seq)
        self.senders += new_senders(state, event)
