"""What the person sees who has started the stack."""

import sys

from service.stack.stack import Stack
from service.stack.standing import Standing


def welcome(stack: Stack, standing: Standing) -> str:
    """Say where everything is, and who can sign in."""
    lines = ["", f"Nahtlos     {stack.address}"]
    if stack.mail:
        lines.append(f"Mails       {stack.mail.page_url}")
    if stack.temporal:
        lines.append(f"Temporal    {stack.temporal.ui_url}")
    lines.append(f"Metrics     {stack.address}/metrics, http://{stack.worker_metrics}/metrics")
    if standing.set_up_code:
        lines += [
            "",
            "Nobody looks after the accounts yet. Set up the first administrator here:",
            f"  {stack.address}/first-administrator",
            f"  Set-up code: {standing.set_up_code}",
        ]
    if standing.is_demo:
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
