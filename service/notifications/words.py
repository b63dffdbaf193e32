"""Words for what a mail is about: its subject alone, its line among others in the morning."""

from service.web.i18n import _

SUBJECTS: dict[str, str] = {
    "request": _("A new request is waiting for your agency"),
    "reminder": _("Reminder: a request is due soon"),
    "overdue": _("A request is overdue"),
    "nudge": _("A question about a request that waits for you"),
    "gap": _("A gap: a request is stuck"),
    "escalation": _("A gap that does not close: a request is stuck for days"),
    "rejected": _("A request has come back: it was rejected"),
    "failed": _("A request has come back: it came to nothing"),
    "cancelled": _("A request was taken back"),
    "question": _("A question about your request"),
    "answer": _("Your question was answered"),
    "appointment": _("An appointment for a request of yours"),
    "no-show": _("An appointment was missed"),
    "completed": _("Has it really happened?"),
    "disputed": _("Something has not happened as reported"),
    "conference": _("Case conference: who is competent?"),
    "conference-ended": _("What came of the case conference"),
    "step-reminder": _("Reminder: a step has yet to be sent on"),
    "step-overdue": _("A step was not sent on"),
    "step-gap": _("A gap: nobody has sent a step on"),
    "step-escalation": _("A gap that does not close: a step has not been sent on for days"),
    "entitlement-reminder": _("Reminder: something runs out soon"),
    "entitlement-overdue": _("Something runs out, and nothing is under way"),
    "entitlement-gap": _("A gap: something runs out, and nothing is under way"),
    "entitlement-escalation": _("A gap that does not close: something runs out"),
    "case-offer": _("Another office offers you a case"),
    "case-reminder": _("Reminder: a case is offered to you"),
    "case-overdue": _("An offered case was not answered"),
    "case-gap": _("A gap: the offer of a case is not answered"),
    "case-escalation": _("A gap that does not close: a case has been on offer for days"),
    "case-offer-accepted": _("Your case was taken over"),
    "case-offer-declined": _("Your offer of a case was declined"),
}
"""By the name of the template in ``mails``: the kind of notice, ``step-`` before it for a step that
was not sent on, ``entitlement-`` for what runs out, ``case-`` for a case that is on offer."""
