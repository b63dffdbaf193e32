"""Every router, by noun. Pages are protected against forgery, the API takes bearer tokens."""

from fastapi import APIRouter

from service.accounts import pages as accounts_pages
from service.web import start_pages

PAGES: tuple[APIRouter, ...] = (
    start_pages.router,
    accounts_pages.router,
)

API: tuple[APIRouter, ...] = ()
