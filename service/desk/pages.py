"""Every list of the desk."""

from fastapi import APIRouter

from service.desk import cases, inbox, my_day, stalled

router = APIRouter()
router.include_router(my_day.router)
router.include_router(cases.router)
router.include_router(inbox.router)
router.include_router(stalled.router)
