"""The routes of our pages, as the application has them."""

from fastapi import FastAPI

from service.web.routes import PAGES
from tests.api.operations import operations

NO_PAGES = {
    "GET /": "leads to My day",
    "GET /healthz": "for machines",
    "GET /readyz": "for machines",
    "GET /metrics": "for machines",
    "GET /cases/{case_id}/assign": "leads to the case",
    "GET /cases/{case_id}/close": "leads to the case",
    "GET /cases/{case_id}/reopen": "leads to the case",
    "GET /cases/{case_id}/start-path": "leads to the case",
    "GET /cases/{case_id}/entitlements/{entitlement_id}/let-run-out": "leads to the entry",
    "GET /cases/{case_id}/entitlements/{entitlement_id}/start-path": "leads to the entry",
    "GET /cases/{case_id}/transfer": "leads to the case",
    "GET /cases/{case_id}/withdraw-transfer": "leads to the case",
    "GET /offered-cases/{case_id}/accept": "leads to the offered cases",
    "GET /offered-cases/{case_id}/decline": "leads to the offered cases",
    "GET /cases/{case_id}/paths/{path_id}/{step}/waive": "leads to the case",
    "GET /referrals/{referral_id}/{name}": "leads to the request",
    "GET /takeover/template.xlsx": "a file",
    "GET /referrals/{referral_id}/handover-sheet.pdf": "a file",
    "GET /takeover/{list_id}/left-out.csv": "a file",
    "GET /takeover/{list_id}/progress": "a part of a page, which shows it first itself",
    "POST /pathways/new/check": "a part of a page, which shows it first itself",
    "POST /pathways/{key}/check": "a part of a page, which shows it first itself",
}
"""What shows no page of its own, and why."""


def routes_of_pages() -> set[str]:
    """Return method and path of each."""
    scratch = FastAPI()
    for router in PAGES:
        scratch.include_router(router)
    asked = {f"{method} {path}" for method, path, _description in operations(scratch)}
    return asked - NO_PAGES.keys()
