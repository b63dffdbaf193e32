"""Every operation of the API, as its own description lists them."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from tests.api.programs import new_case, new_referral
from tests.api.surroundings import NEXT_DOOR
from tests.world import STATUTE
from workflows.domain.actions import Action

SOME_ID = "01920000-0000-7000-8000-000000000001"

BODIES: dict[str, Any] = {
    "openCase": new_case(),
    "sendStep": new_referral(),
    "closeCase": {"outcome": "other"},
    "reopenCase": {"note": "They are back."},
    "transferCase": {"office": "office-b", "basis": {"statute": "§ 69 Abs. 1 Nr. 1 SGB X"}},
    "withdrawTransfer": {},
    "acceptTransfer": {},
    "declineTransfer": {},
    "startPath": {"pathway": "benefit-change", "member": None},
    "noteEntitlement": {"member": 0, "kind": "passport", "starts_on": "2026-01-31"},
    "changeEntitlement": {"printed_until": "2027-01-31"},
    "letRunOut": {"reason": "client-moved"},
    "addMember": {"given_name": "Nour", "family_name": "Haddad", "birth_date": "2026-01-09"},
    "removeMember": {"left_on": "2026-02-01", "reason": "moved-away"},
    "assignCase": {"case_manager": "anna"},
    "waiveStep": {"reason": "client-moved"},
    "movePath": {"version": 2},
    "referAgain": {"agency": NEXT_DOOR, "basis": {"statute": STATUTE}},
    "waiveReferral": {"reason": "client-moved"},
    "actOnReferral": {},
    "checkPathway": {"text": ""},
    "publishPathway": {"text": "", "note": "A new law."},
    "publishPathwayVersion": {"text": "", "note": "A new law.", "based_on": 1},
}


def operations(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give method, path and description of each."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def requests_for(app: FastAPI, thing: str, its_id: str) -> Iterator[tuple[str, str, Any]]:
    """Give method, path and body of every request that names a ``case_id`` or ``referral_id``."""
    for method, path, operation in operations(app):
        if f"{{{thing}}}" in path:
            actions = list(Action) if "{action}" in path else [""]
            for action in actions:
                of_the_case = {"path_id": SOME_ID, "entitlement_id": SOME_ID, "member_id": SOME_ID}
                others = {"action": action, "key": "job-centre", **of_the_case}
                full = path.format(**{thing: its_id, **others})
                yield method, full, BODIES.get(operation["operationId"])
