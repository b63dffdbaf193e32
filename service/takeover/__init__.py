"""Taking over a running case from elsewhere: one door, for imports and the demo alike."""
