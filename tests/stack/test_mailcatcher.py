import json
import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.stack.conftest import RunningServers


def send(running: RunningServers, subject: str, body: str) -> None:
    mail = EmailMessage()
    mail["From"] = "nahtlos@localhost"
    mail["To"] = "anfragen@jobcenter.example"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@nahtlos>"
    mail.set_content(body)
    address = urlsplit(running.run_file.settings["smtp_url"])
    with smtplib.SMTP(address.hostname or "", address.port or 0) as server:
        server.send_message(mail)


def get(running: RunningServers, path: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(running.run_file.mail_page or "").netloc)
    connection.request("GET", path)
    response = connection.getresponse()
    content = response.read().decode()
    connection.close()
    return response.status, content


def test_a_mail_is_kept_for_programs(running: RunningServers) -> None:
    send(running, "Eine Übergabeanfrage wartet", "Bitte öffnen:\nhttp://127.0.0.1/r/1")
    status, content = get(running, "/messages.json")
    assert status == 200
    mail = json.loads(content)[0]
    received_at = datetime.fromisoformat(mail.pop("received_at"))
    assert abs(datetime.now(UTC) - received_at) < timedelta(minutes=1)
    assert mail.pop("key")
    assert mail == {
        "from": "nahtlos@localhost",
        "to": "anfragen@jobcenter.example",
        "subject": "Eine Übergabeanfrage wartet",
        "body": "Bitte öffnen:\nhttp://127.0.0.1/r/1\n",
        "message_id": "<1@nahtlos>",
    }


def test_a_mail_is_shown_to_people_and_its_text_is_not_html(running: RunningServers) -> None:
    send(running, "<b>Frist</b>", "<script>alert(1)</script>")
    _, listing = get(running, "/")
    assert "&lt;b&gt;Frist&lt;/b&gt;" in listing
    key = json.loads(get(running, "/messages.json")[1])[0]["key"]
    status, page = get(running, f"/mails/{key}")
    assert status == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page


def test_the_latest_mail_comes_first(running: RunningServers) -> None:
    for subject in ("first", "second", "third"):
        send(running, subject, "")
    subjects = [mail["subject"] for mail in json.loads(get(running, "/messages.json")[1])]
    assert subjects[:3] == ["third", "second", "first"]


def test_an_unknown_mail_is_not_found(running: RunningServers) -> None:
    assert get(running, "/mails/unknown")[0] == 404
