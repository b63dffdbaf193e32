"""The ledger: every event once, with the state after it and what the pages read."""
