"""What the person sees who has started the stack."""

import sys

from service.stack.stack import Stack


def welcome(stack: Stack, *, demo: bool) -> str:
    """Say where everything is, and who can sign in."""
    lines = ["", f"Nahtlos     {stack.address}"]
    if stack.mail:
        lines.append(f"Mails       {stack.mail.page_url}")
    if stack.temporal:
        lines.append(f"Temporal    {stack.temporal.ui_url}")
    if demo:
        # Brings half of the service with it, which the supervisor does without until now.
        from service.startdata.accounts import demo_accounts  # noqa: PLC0415

        lines += ["", "Demo accounts (user, password, role, house):"]
        lines += [
            f"  {a.user:<12} {a.password:<16} {a.role:<16} {a.house}" for a in demo_accounts()
        ]
    return "\n".join([*lines, "", "Ctrl-C stops it."])


def ready_line(stack: Stack) -> None:
    """Print the one line on standard output, for programs."""
    sys.stdout.write(f"ready: {stack.address}\n")
    sys.stdout.flush()
