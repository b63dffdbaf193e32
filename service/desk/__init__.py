"""The desk: lists of what needs somebody now. My day, inbox, stalled."""
