"""What this Nahtlos is: whether its people are invented, and how the first one gets in."""
