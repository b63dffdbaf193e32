"""The command line. Results go to standard output, talk and failures to standard error."""

import sys

from service.failure import Failure


def main() -> None:
    """Run `nahtlos`; a failure is one sentence and exit code 1."""
    from service.cli.app import app

    try:
        app()
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
