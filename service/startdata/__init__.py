"""A small world to try Nahtlos in: the district of Paderborn, invented agencies and people."""
