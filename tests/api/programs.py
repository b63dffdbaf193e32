"""Programs that use the API: each with the token of one of the cast."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from tests.world import PADERBORN, STATUTE

Json = dict[str, Any]

FAMILY: list[Json] = [
    {
        "given_name": "Amina",
        "family_name": "Haddad",
        "birth_date": "1990-05-04",
        "languages": ["ar", "fr"],
        "role": "adult",
    },
    {"given_name": "Yusuf", "family_name": "Haddad", "birth_date": "2015-09-30", "role": "child"},
]
NOTE = "They live at the old barracks."


class Program(httpx.AsyncClient):
    """A program that acts for one person."""

    def __init__(self, app: FastAPI, token: str) -> None:
        super().__init__(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
            base_url="http://nahtlos.test/api/v1",
            headers={"authorization": f"Bearer {token}", "accept-language": "en"},
            timeout=30,
        )

    async def send_act(
        self, path: str, body: Json | None = None, key: str | None = None
    ) -> httpx.Response:
        """POST, with a key if one is given."""
        headers = {"idempotency-key": key} if key else {}
        return await self.post(path, json=body, headers=headers)

    async def open_case(self, pathway: str = "benefit-change", **more: object) -> str:
        """Open a case for the family, with one path for its first member."""
        answer = await self.send_act("/cases", new_case(pathway, **more))
        return str(body_of(answer, 201)["id"])

    async def refer(self, case_id: str, agency: str = "receiver", **more: object) -> str:
        """Send the job centre's step."""
        answer = await self.send_act(f"/cases/{case_id}/referrals", new_referral(agency, **more))
        return str(body_of(answer, 201)["id"])

    async def act(self, referral_id: str, action: str, **body: object) -> Json:
        """Do something with a referral; gives the referral."""
        return body_of(await self.send_act(f"/referrals/{referral_id}/{action}", body), 200)

    async def read(self, path: str, **query: object) -> Json:
        """GET what is there."""
        params = {name: str(value) for name, value in query.items()}
        return body_of(await self.get(path, params=params), 200)

    async def read_when(self, path: str, holds: Callable[[Json], bool]) -> Json:
        """GET it once it is as expected; fails after five seconds."""
        for _ in range(100):
            found = await self.read(path)
            if holds(found):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"{path} stays {json.dumps(found, indent=2)}")


def new_case(pathway: str = "benefit-change", **more: object) -> Json:
    """Return the body of a new case."""
    paths = [{"pathway": pathway, "member": 0}]
    return {"municipality": PADERBORN, "household": FAMILY, "paths": paths, **more}


def new_referral(agency: str = "receiver", **more: object) -> Json:
    """Return the body of a new referral."""
    return {"step": "job-centre", "agency": agency, "basis": {"statute": STATUTE}, **more}


def body_of(answer: httpx.Response, status: int) -> Json:
    """Return what was answered, having checked the status."""
    assert answer.status_code == status, answer.text
    body: Json = answer.json()
    return body


def problem(answer: httpx.Response, status: int, code: str) -> Json:
    """Return the problem document (RFC 9457), having checked its form."""
    body = body_of(answer, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["code"] == code
    assert body["type"] == f"urn:nahtlos:problem:{code}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def is_uuid7(value: str) -> bool:
    """Tell whether it is an id of ours."""
    return UUID(value).version == 7
