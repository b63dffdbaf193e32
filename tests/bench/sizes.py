"""How much is measured: all of it, or just enough to see that it works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers of things and of rounds."""

    loops: int
    loop_rounds: int
    in_flight: int
    accepts: int
    accepts_at_once: int
    accept_rounds: int
    referrals_in_lists: int
    page_views: int
    idle_cases: int
    timers: int
    timer_rounds: int


FULL = Sizes(
    loops=96,
    loop_rounds=3,
    in_flight=32,
    accepts=100,
    accepts_at_once=96,
    accept_rounds=3,
    referrals_in_lists=10_000,
    page_views=60,
    idle_cases=5_000,
    timers=1_000,
    timer_rounds=2,
)

SMALL = Sizes(
    loops=4,
    loop_rounds=1,
    in_flight=4,
    accepts=5,
    accepts_at_once=16,
    accept_rounds=1,
    referrals_in_lists=200,
    page_views=3,
    idle_cases=30,
    timers=20,
    timer_rounds=1,
)
