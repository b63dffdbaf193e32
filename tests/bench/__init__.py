"""The bench: what Nahtlos costs, against the least that the same servers could do."""
