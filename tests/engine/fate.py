"""What is drawn for a life on the engine: how much time passes, and who tries what."""

from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from tests.cast import (
    ANNA,
    BEN,
    CLARA,
    DIETER,
    EVERYBODY,
    KARIM,
    OFFICE_A,
    OTHER_AGENCY,
    RECEIVER,
    SABINE,
    STEFAN,
)
from tests.domain.drawn import TERMS, random_path
from tests.domain.entitlements import FATHER, MOTHER
from tests.domain.households import new_id, on_version, to_refer, to_remove, to_waive
from tests.domain.referrals import well_formed
from tests.engine.life import Life
from tests.engine.twin import Wish
from workflows.domain import case_moments, referral_moments
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.case_acts import Assign, Close, Reopen
from workflows.domain.case_moving import MovePath
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.household_acts import AddMember
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day

Drawn = TypeVar("Drawn")

FAMILY = (FATHER, MOTHER)
INVOLVED = (ANNA, STEFAN, CLARA, KARIM, SABINE, DIETER)
MOSTLY_ANNA = (*[ANNA] * 7, STEFAN, BEN, CLARA)
SECONDS = st.one_of(st.just(0), st.integers(1, 3600), st.integers(3600, 30 * 24 * 3600))

OTHER_DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "reason": st.none() | st.sampled_from(Reason),
        "note_id": st.none(),
        "source": st.none(),
        "assignee": st.none(),
        "party": st.none() | st.sampled_from(Party),
        "agency": st.none() | st.sampled_from([RECEIVER, OTHER_AGENCY, OFFICE_A]),
        "next_step": st.none() | st.sampled_from(LegalStep),
        "appointment": st.none(),
        "days": st.integers(-1, 400),
        "expected_seq": st.integers(0, 20),
    },
)
"""What goes with an act, or does not, other than what fits; ``days`` from today on."""


class Fate:
    """Draws for one life what comes next."""

    def __init__(self, data: st.DataObject, life: Life) -> None:
        self._data = data
        self._life = life

    def time(self) -> timedelta:
        """Draw how long nobody does anything: some time, or until something happens."""
        twin = self._life.twin
        moments = [case_moments.next_moment(twin.case)]
        moments += [referral_moments.next_moment(one) for one in twin.referrals.values()]
        ahead = [moment - self._life.time.now() for moment in moments if moment is not None]
        until_then = max(min(ahead, default=timedelta()), timedelta())
        return self._draw(st.just(until_then) | st.builds(timedelta, seconds=SECONDS))

    def wish(self) -> Wish:
        """Draw what somebody tries."""
        wishes = [self._on_the_case]
        if self._life.twin.referrals:
            wishes += [self._whatever, *[self._that_is_allowed] * 5]
        return self._pick(*wishes)()

    def last_wish(self) -> Wish:
        """Draw what somebody tries when the case may be closed, and opened again."""
        actor = self._pick(ANNA, ANNA, STEFAN, BEN)
        close = Close(actor=actor, outcome=CaseOutcome.GOAL_REACHED)
        return self._pick(close, Reopen(actor=actor), self._on_the_case())

    def _that_is_allowed(self) -> Wish:
        possible = [
            (action, referral_id, actor)
            for referral_id, referral in self._life.twin.referrals.items()
            for actor in INVOLVED
            for action in allowed_actions(referral, actor, self._life.time.now())
        ]
        if not possible:
            return self._on_the_case()
        chosen = self._pick(*sorted({action for action, *_ in possible}))
        _, referral_id, actor = self._pick(*[way for way in possible if way[0] is chosen])
        return referral_id, self._act(chosen, actor)

    def _whatever(self) -> Wish:
        referral_id = self._pick(*self._life.twin.referrals)
        return referral_id, self._act(self._pick(*Action), self._pick(*EVERYBODY))

    def _act(self, action: Action, actor: Principal) -> ReferralAct:
        now = self._life.time.now()
        act = well_formed(action, actor, now)
        if not self._pick(False, False, False, True):
            return act
        details: dict[str, Any] = self._draw(OTHER_DETAILS)
        if days := details.pop("days", None):
            details["until"] = local_day(now) + timedelta(days=days)
        return act.model_copy(update=details)

    def _on_the_case(self) -> Wish:
        path_id, key = self._step()
        actor = self._pick(*MOSTLY_ANNA)
        match self._pick(*["refer"] * 8, "waive", "assign", "move", "join", "leave"):
            case "join":
                return AddMember(
                    actor=actor, member_id=new_id(), household=FAMILY, joined_on=self._today()
                )
            case "leave":
                leaver = self._pick(*FAMILY, *self._life.twin.case.joined)
                return to_remove(leaver, *FAMILY, actor=actor, left_on=self._today())
            case "move":
                return self._move(path_id, actor)
            case "waive":
                reason = self._pick(Reason.NO_LONGER_NEEDED, Reason.AGREED)
                return to_waive(key, path_id=path_id, actor=actor, reason=reason)
            case "assign":
                return Assign(actor=actor, case_manager=ANNA.user_id)
            case _:
                agency = self._pick(*[RECEIVER] * 4, OTHER_AGENCY, OTHER_AGENCY, OFFICE_A)
                on_board = self._pick(True, False)
                return to_refer(
                    key, path_id=path_id, actor=actor, to_agency=agency, on_board=on_board
                )

    def _today(self) -> date:
        return local_day(self._life.time.now())

    def _move(self, path_id: UUID, actor: Principal) -> MovePath:
        """Draw another version of the path, mostly a newer one."""
        [path] = [one for one in self._life.twin.case.paths if one.path_id == path_id]
        version = path.version + self._pick(0, 1, 1, 2)
        steps = self._draw(random_path(path_id, most_steps=4, terms=TERMS)).steps
        to = on_version(version, *steps, path_id=path_id)
        return MovePath(actor=actor, path_id=path_id, to=to)

    def _step(self) -> tuple[UUID, str]:
        steps = [(path.path_id, step) for path in self._life.twin.case.paths for step in path.steps]
        due = [(path_id, step.key) for path_id, step in steps if step.status is StepStatus.DUE]
        every = [(path_id, step.key) for path_id, step in steps]
        return self._pick(*due * 4, *every)

    def _pick(self, *choices: Drawn) -> Drawn:
        return self._draw(st.sampled_from(choices))

    def _draw(self, strategy: st.SearchStrategy[Drawn]) -> Drawn:
        return self._data.draw(strategy)
