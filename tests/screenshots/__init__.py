"""The pictures of the README: ``make screenshots`` takes them from the running demo world."""
