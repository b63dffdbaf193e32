"""What went wrong, said to a person."""


class Failure(Exception):
    """One sentence: what happened and what to do. The command line prints it and exits with 1."""
