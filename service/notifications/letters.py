"""What a mail says. It names nobody: it says what waits, and links into the portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from jinja2 import Environment

from activities.ports import Letter, Matter
from service.notifications.calendar_file import calendar_file
from service.notifications.words import SUBJECTS
from service.web.i18n import Translator
from workflows.domain.digest import DIGEST

OFFERED = "offered-cases"

Tongue = tuple[Translator, Environment]


@dataclass(frozen=True)
class Line:
    """One matter in words. ``due_at`` in UTC; None: no clock runs."""

    subject: str
    link: str
    due_at: datetime | None


class LetterWriter:
    """Writes letters in the languages of their readers."""

    def __init__(self, mail_from: str, public_url: str, tongues: Mapping[str, Tongue]) -> None:
        """Take the sender, the portal's address, and for each language its translator with what
        renders ``mails/KIND.txt``.
        """
        self._mail_from = mail_from
        self._public_url = public_url.rstrip("/")
        self._tongues = tongues

    def write(self, letter: Letter) -> EmailMessage:
        """Return the mail."""
        t, environment = self._tongues[letter.language]
        lines = [self._line(t, matter) for matter in letter.matters]
        message = EmailMessage()
        message["From"] = self._mail_from
        message["To"] = letter.to_address
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        if letter.is_digest:
            message["Subject"] = t.plural(
                "One matter this morning", "%(num)s matters this morning", len(lines)
            )
            text = environment.get_template(f"mails/{DIGEST}.txt").render(matters=lines)
        else:
            [matter], [line] = letter.matters, lines
            message["Subject"] = line.subject
            template = environment.get_template(f"mails/{matter.about}.txt")
            text = template.render(due_at=line.due_at, link=line.link)
        message.set_content(text.strip() + "\n")
        if letter.appointment:
            message.add_attachment(
                calendar_file(t, letter.appointment, lines[0].link),
                maintype="text",
                subtype="calendar",
                filename="appointment.ics",
                params={"method": "PUBLISH", "charset": "utf-8"},
            )
        return message

    def _line(self, t: Translator, matter: Matter) -> Line:
        is_on_offer = matter.about.startswith("case-") and matter.due_at is not None
        place = OFFERED if is_on_offer else f"cases/{matter.case_id}"
        if matter.referral_id:
            place = f"referrals/{matter.referral_id}"
        return Line(t(SUBJECTS[matter.about]), f"{self._public_url}/{place}", matter.due_at)
