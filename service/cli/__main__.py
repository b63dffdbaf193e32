"""`python -m service.cli` is `nahtlos`."""

from service.cli import main

main()
