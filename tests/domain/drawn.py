"""What hypothesis draws for the lives that are lived at random: terms and paths."""

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st

from tests.domain.entitlements import FATHER, KINDS, MOTHER, entitlement
from tests.domain.households import path, station
from workflows.domain.case_state import PathState, StepState
from workflows.domain.entitlements import Entitlement
from workflows.domain.referral_state import Release
from workflows.domain.terms import Term, Terms

TERM = st.one_of(
    st.builds(Term, working_days=st.integers(1, 20)),
    st.builds(Term, duration=st.timedeltas(timedelta(minutes=1), timedelta(days=30))),
)

TERMS = st.builds(
    Terms,
    **dict.fromkeys(("refer", "respond", "answer", "record", "come_back"), TERM),
    **dict.fromkeys(("arrive", "effect", "remind_before", "supervisor_after"), TERM),
    **dict.fromkeys(("appoint", "confirm"), st.none() | TERM),
)


DAYS = st.none() | st.integers(0, 400)
"""So long after its first day an entitlement ends, on paper or really."""


@st.composite
def random_entitlement(draw: st.DrawFn) -> Entitlement:
    """Draw an entitlement of one of two people; it began, or begins, around the first Monday."""
    since = draw(st.integers(-200, 200))
    printed = draw(DAYS)
    return entitlement(
        draw(st.sampled_from(sorted(KINDS))),
        since=since,
        printed=None if printed is None else since + printed,
        member=draw(st.sampled_from([FATHER, MOTHER])),
    )


@st.composite
def random_path(
    draw: st.DrawFn,
    path_id: UUID,
    most_steps: int = 6,
    terms: st.SearchStrategy[Terms] | None = None,
) -> PathState:
    """Draw a path: each step comes after any of those before it."""
    steps: list[StepState] = []
    for number in range(draw(st.integers(1, most_steps))):
        earlier = [step.key for step in steps]
        before = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        join = draw(st.sampled_from(["all", "any"]))
        release = draw(st.sampled_from(Release))
        steps.append(
            station(
                f"step-{number}",
                *before,
                join="any" if join == "any" else "all",
                release=release,
                terms=None if terms is None else draw(terms),
            )
        )
    return path(*draw(st.permutations(steps)), path_id=path_id)
