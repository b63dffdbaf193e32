"""Examples of what programs send and get about cases. The people in them are invented."""

from typing import Any

from fastapi.openapi.models import Example

from service.agencies.answers import OFFICE, WELFARE_OFFICE

CASE_ID = "01920000-0000-7000-a000-000000000001"
REFERRAL_ID = "01920000-0000-7000-b000-000000000001"
PERSON_ID = "01920000-0000-7000-9000-000000000001"
PATH_ID = "01920000-0000-7000-8000-000000000001"

CLOCK: dict[str, Any] = {
    "party": "receiver",
    "since": "2026-11-26T09:12:03Z",
    "due_at": "2026-12-03T22:59:59Z",
}
MEMBER: dict[str, Any] = {
    "given_name": "Samir",
    "family_name": "Beispiel",
    "birth_date": "1988-04-02",
    "languages": ["ar"],
    "role": "adult",
}
CASE_LINE: dict[str, Any] = {
    "id": CASE_ID,
    "status": "open",
    "municipality": "05774032",
    "office": OFFICE,
    "case_manager": {"id": PERSON_ID, "name": "Anna Berger"},
    "opened_at": "2026-11-26T09:00:00Z",
    "closed_at": None,
    "outcome": None,
}
CASE: dict[str, Any] = CASE_LINE | {
    "seq": 2,
    "household": [
        {
            "id": PERSON_ID,
            "interpreter": False,
            "joined_on": None,
            "left_on": None,
            "left_reason": None,
            "also_in": [],
        }
        | MEMBER
    ],
    "paths": [
        {
            "id": PATH_ID,
            "pathway": "benefit-change",
            "version": 1,
            "member": 0,
            "steps": [
                {
                    "key": "end-of-asylum-benefits",
                    "version": 1,
                    "legal_area": "asylum-benefits",
                    "status": "referred",
                    "responsible": OFFICE,
                    "clock": CLOCK,
                    "referral": {
                        "id": REFERRAL_ID,
                        "status": "requested",
                        "to_agency": WELFARE_OFFICE,
                    },
                }
            ],
        }
    ],
    "consents": [],
    "offered_to": None,
}

OPEN: dict[str, Example] = {
    "one person": {
        "summary": "One person, one path",
        "value": {
            "municipality": "05774032",
            "household": [MEMBER],
            "paths": [{"pathway": "benefit-change", "member": 0}],
        },
    },
    "with consent": {
        "summary": "A path for all of the household, with a consent",
        "value": {
            "municipality": "05774032",
            "case_manager": "anna",
            "household": [MEMBER],
            "paths": [{"pathway": "arrival", "member": None}],
            "consents": [
                {
                    "member": 0,
                    "legal_area": "residence",
                    "fields": ["name", "birth_date"],
                    "purpose": "Change of address",
                    "given_at": "2026-11-26",
                    "form": "written",
                    "valid_until": "2027-11-26",
                }
            ],
        },
    },
}
REFER: dict[str, Example] = {
    "statute": {
        "summary": "A statute that the step names",
        "value": {
            "step": "end-of-asylum-benefits",
            "agency": "sozialamt-paderborn",
            "basis": {"statute": "§ 69 Abs. 1 Nr. 1 SGB X"},
        },
    },
    "consent": {
        "summary": "A consent of the case, an application that travels with it, a note",
        "value": {
            "step": "end-of-asylum-benefits",
            "agency": "sozialamt-paderborn",
            "basis": {"consent": "01920000-0000-7000-8000-0000000000aa"},
            "application": {
                "benefit": "asylum-benefits",
                "office": "sozialamt-paderborn",
                "filed_at": "2026-11-20",
            },
            "note": "Please call the family in the afternoon.",
        },
    },
}
JOIN: dict[str, Example] = {
    "a child is born": {
        "value": {
            "given_name": "Nour",
            "family_name": "Beispiel",
            "birth_date": "2026-11-20",
            "role": "child",
            "joined_on": "2026-11-20",
        }
    }
}
LEAVE: dict[str, Example] = {
    "moved out": {"value": {"left_on": "2026-11-24", "reason": "own-household"}}
}
START: dict[str, Example] = {
    "for a member": {"value": {"pathway": "school-entry", "member": 0}},
    "because something runs out": {
        "value": {
            "pathway": "provisional-residence",
            "member": 0,
            "entitlement": "01920000-0000-7000-8000-0000000000ee",
        }
    },
}
CLOSE: dict[str, Example] = {"closed": {"value": {"outcome": "goal-reached"}}}
TRANSFER: dict[str, Example] = {
    "moved": {"value": {"office": "kim-kreis", "basis": {"statute": "§ 69 Abs. 1 Nr. 1 SGB X"}}}
}
ACCEPT: dict[str, Example] = {"taken over": {"value": {"case_manager": "bernd"}}}
DECLINE: dict[str, Example] = {"declined": {"value": {"note": "They moved on to Hamm."}}}
OFFER: dict[str, Any] = {
    "case_id": CASE_ID,
    "from_office": OFFICE,
    "to_office": OFFICE | {"key": "kim-kreis", "name": "Kreis Paderborn"},
    "municipality": "Paderborn",
    "household_size": 4,
    "since": "2026-11-30T09:12:00Z",
    "due_at": "2026-12-07T22:59:59Z",
    "note": None,
}
WITHDRAW: dict[str, Example] = {"taken back": {"value": {}}}
REOPEN: dict[str, Example] = {"open again": {"value": {"note": "They are back from Cologne."}}}
ASSIGN: dict[str, Example] = {"colleague": {"value": {"case_manager": "clara"}}}
WAIVE: dict[str, Example] = {"left out": {"value": {"reason": "no-longer-needed"}}}
