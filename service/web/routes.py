"""Every router, by noun. Pages are protected against forgery, the API takes bearer tokens."""

from fastapi import APIRouter

from service.accounts import pages as accounts_pages
from service.agencies import api as agencies_api
from service.agencies import own_pages
from service.cases import api as cases_api
from service.cases import (
    consent_pages,
    joining_pages,
    leaving_pages,
    members_api,
    new_pages,
    offer_pages,
)
from service.cases import pages as cases_pages
from service.desk import pages as desk_pages
from service.editor import api as editor_api
from service.editor import pages as editor_pages
from service.entitlements import api as entitlements_api
from service.entitlements import pages as entitlements_pages
from service.entitlements import rules_pages
from service.gaps import api as gaps_api
from service.installation import pages as installation_pages
from service.needs import api as needs_api
from service.pathways import api as pathways_api
from service.referrals import api as referrals_api
from service.referrals import new_pages as referrals_new_pages
from service.referrals import pages as referrals_pages
from service.rehearsal import api as rehearsal_api
from service.rehearsal import pages as rehearsal_pages
from service.takeover import pages as takeover_pages
from service.versions import api as versions_api
from service.versions import moving_pages
from service.versions import pages as versions_pages
from service.web import metrics, readiness, start_pages

PAGES: tuple[APIRouter, ...] = (
    start_pages.router,
    readiness.router,
    metrics.router,
    accounts_pages.router,
    installation_pages.router,
    desk_pages.router,
    own_pages.router,
    # "/pathways/new" has to come before "/pathways/{key}".
    editor_pages.router,
    versions_pages.router,
    moving_pages.router,
    rehearsal_pages.router,
    # "/cases/new" has to come before "/cases/{case_id}".
    new_pages.router,
    cases_pages.router,
    consent_pages.router,
    joining_pages.router,
    leaving_pages.router,
    entitlements_pages.router,
    rules_pages.router,
    offer_pages.router,
    referrals_new_pages.router,
    referrals_pages.router,
    takeover_pages.router,
)

API: tuple[APIRouter, ...] = (
    pathways_api.router,
    needs_api.router,
    agencies_api.router,
    cases_api.router,
    members_api.router,
    entitlements_api.router,
    referrals_api.router,
    gaps_api.router,
    versions_api.router,
    rehearsal_api.router,
    editor_api.router,
)
