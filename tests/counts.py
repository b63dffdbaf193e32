"""How often property tests try: a few times in daily work, many times to prove.

``NAHTLOS_TEST_COUNTS=full`` asks for the full counts (``make prove``); ``few`` is for those who
only want to know whether something fails (``make mutants``).
"""

import os

from hypothesis import HealthCheck, Phase, settings

FULL = os.environ.get("NAHTLOS_TEST_COUNTS") == "full"
FEW = os.environ.get("NAHTLOS_TEST_COUNTS") == "few"

PHASES = [phase for phase in Phase if not FEW or phase in {Phase.explicit, Phase.generate}]
"""Otherwise the simplest example that fails is looked for, and told why it does."""

PROPERTY = settings(
    max_examples=1000 if FULL else 20 if FEW else 60, deadline=None, database=None, phases=PHASES
)
"""For a property of one call or a few."""

LIFE = settings(
    phases=PHASES,
    max_examples=250 if FULL else 25,
    stateful_step_count=80 if FULL else 40,
    deadline=None,
    database=None,
)
"""For whole lives of random acts, each example a life."""

AT_ONCE = 20
"""So many times the same request comes at once."""

LOST_ACKNOWLEDGEMENTS = 20 if FULL else 2
"""So many times a worker dies between the ledger's commit and its acknowledgement."""

RACES = 500 if FULL else 12
"""So many times two people act on the same request at once."""

LETTERS = 50 if FULL else 5
"""So many letters wait while the mail server misbehaves."""

LIVES_ON_THE_ENGINE = 50 if FULL else 3
ACTS_IN_A_LIFE = 40 if FULL else 20
"""Whole lives on the real workflows, each with a server of its own; so many acts in each."""

ROUNDS_OF_A_LONG_CASE = 104 if FULL else 2
"""So many times the same is gone through in a long case: about twenty acts and reminders."""

ACTS_ON_REFERRALS = 75_000 if FULL else 500
ACTS_ON_HOUSEHOLDS = 25_000 if FULL else 300
"""Lives are lived until so many acts were tried."""

FUZZED = settings(
    max_examples=50_000 if FULL else 300,
    deadline=None,
    database=None,
)
"""For files with anything at all in them."""

PATHS = settings(
    max_examples=1000 if FULL else 100,
    deadline=None,
    database=None,
    suppress_health_check=(HealthCheck.filter_too_much,),
)
"""For pathways with whole courses of them; of the drawn ones some could never end."""

RUNNING_PATHS = 200 if FULL else 15
MOVED_PATHS = 50 if FULL else 5
"""So many paths run while a new version is published, and so many of them are moved to it."""
