"""Examples of what programs send and get about referrals. The people in them are invented."""

from typing import Any

from fastapi.openapi.models import Example

from service.agencies.answers import OFFICE, WELFARE_OFFICE
from service.cases.examples import CASE_ID, CLOCK, PATH_ID, REFERRAL_ID

REFERRAL_LINE: dict[str, Any] = {
    "id": REFERRAL_ID,
    "case_id": CASE_ID,
    "step": "end-of-asylum-benefits",
    "from_agency": OFFICE,
    "to_agency": WELFARE_OFFICE,
    "status": "requested",
    "business_status": None,
    "opened_at": CLOCK["since"],
    "referred_at": CLOCK["since"],
    "closed_at": None,
    "clock": CLOCK,
    "seq": 1,
}
REFERRAL: dict[str, Any] = REFERRAL_LINE | {
    "path_id": PATH_ID,
    "pathway": "benefit-change",
    "municipality": "05774032",
    "responsible": OFFICE,
    "claimed_by": None,
    "case_manager": "Anna Berger",
    "predecessor_id": None,
    "successor_id": None,
    "basis": {"consent": None, "statute": "§ 69 Abs. 1 Nr. 1 SGB X"},
    "filed_at": None,
    "application": None,
    "interpreter": None,
    "appointment": None,
    "competent_agency": None,
    "bounces": 0,
    "chain": [],
    "conference": None,
    "outcome": None,
    "fields": ["name", "birth_date", "household"],
    "subjects": [{"name": "Samir Beispiel", "birth_date": "1988-04-02", "languages": ["ar"]}],
    "household_size": 1,
    "note": None,
    "clocks": [
        {
            "party": "receiver",
            "status": "requested",
            "since": CLOCK["since"],
            "until": None,
            "due_at": CLOCK["due_at"],
        }
    ],
    "events": [
        {
            "seq": 1,
            "at": CLOCK["since"],
            "actor": "Anna Berger",
            "agency": OFFICE["name"],
            "action": "request",
            "status": "requested",
            "reason": None,
            "note": None,
            "channel": None,
            "spoken_to": None,
            "undoes": None,
            "imported": False,
        }
    ],
    "gaps": [],
    "allowed_actions": ["cancel", "nudge", "move-deadline"],
}

ACT: dict[str, Example] = {
    "nothing more": {
        "summary": "receive, claim, release, accept, no-show, arrive, resume, nudge, confirm, undo",
        "value": {},
    },
    "what you saw": {
        "summary": "any act: refused if somebody acted since you looked",
        "value": {"expected_seq": 1},
    },
    "reason": {
        "summary": "reject, fail, dispute: with a reason, and a note if you like",
        "value": {"reason": "no-capacity", "note": "From January on there is room again."},
    },
    "question": {
        "summary": "ask, answer, progress: what is to be said",
        "value": {"note": "Is the family's rental contract signed?"},
    },
    "hold": {
        "summary": "hold: for whom, why and until when",
        "value": {"party": "client", "reason": "documents-missing", "until": "2026-12-18"},
    },
    "deadline": {
        "summary": "move-deadline: to which day, and why",
        "value": {"until": "2026-12-11", "reason": "agreed"},
    },
    "appointment": {
        "summary": "appoint: when, and whether an interpreter is needed",
        "value": {"appointment": {"at": "2026-12-03T09:30:00+01:00", "interpreter": "ar"}},
    },
    "competent agency": {
        "summary": "redirect: who is competent instead",
        "value": {"agency": "sozialamt-salzkotten"},
    },
    "outcome": {
        "summary": "complete: what it came to",
        "value": {"outcome": "partly-achieved", "note": "The deposit is still open."},
    },
    "assignee": {"summary": "assign: to a colleague", "value": {"assignee": "nina"}},
    "source": {
        "summary": "an answer that the sender records for an agency that is not on board",
        "value": {
            "source": {"channel": "telephone", "on": "2026-11-27", "spoken_to": "Frau Muster"}
        },
    },
}
REFER_AGAIN: dict[str, Example] = {
    "elsewhere": {
        "value": {
            "agency": "sozialamt-salzkotten",
            "basis": {"statute": "§ 69 Abs. 1 Nr. 1 SGB X"},
            "expected_seq": 3,
        }
    }
}
WAIVE: dict[str, Example] = {"left out": {"value": {"reason": "client-declined"}}}
