"""People who sign in: users, their sessions and the tokens of programs."""
