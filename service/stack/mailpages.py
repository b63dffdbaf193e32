"""The pages of the mail catcher: a list, one mail, and all of them as JSON."""

import email
import email.policy
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }}
main {{ padding: 0 1rem }}
th, td {{ padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Mail:
    """One caught mail. `received_at` is RFC 3339 in UTC; `body` is its plain text."""

    key: str
    sender: str
    to: str
    subject: str
    body: str
    message_id: str
    received_at: str

    def as_json(self) -> dict[str, str]:
        """Return the mail as programs see it."""
        fields = asdict(self)
        return {"from": fields.pop("sender"), **fields}


def mails_in(maildir: Path) -> list[Mail]:
    """Return the caught mails, the latest first."""
    files = sorted((maildir / "new").iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)
    return [_read(file) for file in files]


def _read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), EmailMessage, policy=email.policy.default)
    text = message.get_body(("plain", "html"))
    return Mail(
        key=file.name,
        sender=str(message.get("From", "")),
        to=str(message.get("To", message.get("X-Envelope-To", ""))),
        subject=str(message.get("Subject", "")),
        body=text.get_content() if text else "",
        message_id=str(message.get("Message-ID", "")),
        received_at=datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(),
    )


def _list(mails: list[Mail]) -> str:
    if not mails:
        return PAGE.format(title="Mails", content="<p>No mail has been sent yet.</p>")
    rows = "".join(
        f"<tr><td>{escape(mail.received_at)}</td><td>{escape(mail.to)}</td>"
        f'<td><a href="/mails/{escape(mail.key)}">{escape(mail.subject or "(no subject)")}</a>'
        "</td></tr>"
        for mail in mails
    )
    head = '<tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th>'
    return PAGE.format(
        title="Mails", content=f"<table><thead>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _single(mail: Mail) -> str:
    return PAGE.format(
        title=escape(mail.subject or "(no subject)"),
        content=(
            f"<p>From {escape(mail.sender)} to {escape(mail.to)}, {escape(mail.received_at)}</p>"
            f'<pre>{escape(mail.body)}</pre><p><a href="/">All mails</a></p>'
        ),
    )


def handler_for(maildir: Path) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers requests for the mails in `maildir`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mails = mails_in(maildir)
            if self.path == "/":
                self._answer("text/html", _list(mails))
            elif self.path == "/messages.json":
                self._answer("application/json", json.dumps([mail.as_json() for mail in mails]))
            else:
                for mail in mails:
                    if self.path == f"/mails/{mail.key}":
                        return self._answer("text/html", _single(mail))
                self.send_error(HTTPStatus.NOT_FOUND)
            return None

        def _answer(self, kind: str, text: str) -> None:
            content = text.encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Stay silent: the log is for what goes wrong."""

    return Handler
