"""An office that goes on working, and remembers what was confirmed to it, and when."""

import asyncio
import ssl
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.story.nahtlos import RunningNahtlos
from tests.world import PADERBORN
from workflows.domain.pathway import Pathway

Json = dict[str, Any]
STATUTE = "§ 69 Abs. 1 Nr. 1 SGB X"
ACTS = ("receive", "accept", "arrive", "complete")


def pathway(key: str, **terms: str) -> Pathway:
    """Return a path of two steps at the job centre."""
    texts = {"de": key, "en": key}

    def step(step_key: str, after: list[str]) -> Json:
        return {
            "key": step_key,
            "title": texts,
            "legal_area": "basic-income",
            "after": after,
            "statutes": [{"paragraph": STATUTE}],
            "terms": terms,
        }

    steps = [step("first", []), step("second", ["first"])]
    return Pathway.model_validate(
        {"key": key, "version": 1, "title": texts, "summary": texts, "steps": steps}
    )


@dataclass(frozen=True)
class Confirmed:
    """A request that was answered with a yes."""

    user: str
    path: str
    body: Json
    key: str
    answer: Json
    at: float
    """Seconds of the monotonic clock."""


@dataclass
class Office:
    """Programs that act for Anna, who sends, and for Jonas of the job centre, who answers."""

    nahtlos: RunningNahtlos
    tokens: dict[str, str]
    confirmed: list[Confirmed] = field(default_factory=list)
    _tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    """Takes longer to make than a request."""

    async def post(self, user: str, path: str, body: Json, key: str | None = None) -> Json:
        """Act, and remember what was confirmed."""
        key = key or str(uuid4())
        async with self._client(user) as client:
            answer = await client.post(path, json=body, headers={"Idempotency-Key": key})
        assert answer.is_success, answer.text
        found: Json = answer.json()
        self.confirmed.append(Confirmed(user, path, body, key, found, time.monotonic()))
        return found

    async def read(self, path: str) -> Json:
        """Read as Anna."""
        async with self._client("anna") as client:
            answer = await client.get(path)
        assert answer.is_success, answer.text
        found: Json = answer.json()
        return found

    async def open_case(self, pathway_key: str) -> str:
        """Open a case of one person."""
        person = {"given_name": "Amal", "family_name": "Beispiel", "birth_date": "1991-02-03"}
        body = {
            "municipality": PADERBORN,
            "household": [person],
            "paths": [{"pathway": pathway_key, "member": 0}],
        }
        return str((await self.post("anna", "/cases", body))["id"])

    async def refer(self, case_id: str, step: str = "first") -> str:
        """Send a step to the job centre."""
        body = {"step": step, "agency": "jobcenter-paderborn", "basis": {"statute": STATUTE}}
        return str((await self.post("anna", f"/cases/{case_id}/referrals", body))["id"])

    async def answer(self, referral_id: str, *acts: str) -> None:
        """Let the job centre do its part."""
        for act in acts or ACTS:
            await self.post("jonas", f"/referrals/{referral_id}/{act}", {})

    async def work_until(self, stop: asyncio.Event) -> None:
        """Open cases and bring them on, one after the other."""
        while not stop.is_set():
            await self.answer(await self.refer(await self.open_case("everyday")))

    async def until_confirmed(self, count: int) -> None:
        """Wait until so many acts have been confirmed."""
        for _ in range(1000):
            if len(self.confirmed) >= count:
                return
            await asyncio.sleep(0.03)
        raise AssertionError(f"only {len(self.confirmed)} acts were confirmed")

    async def actions_of(self, referral_id: str) -> list[str]:
        """Return what has happened to a referral, in order."""
        referral = await self.read(f"/referrals/{referral_id}")
        return [event["action"] for event in referral["events"]]

    async def until_actions(self, referral_id: str, *expected: str) -> None:
        """Wait until exactly that has happened."""
        for _ in range(200):
            if (found := await self.actions_of(referral_id)) == [*expected]:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{found} instead of {expected}")

    def _client(self, user: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"{self.nahtlos.address}/api/v1",
            headers={"Authorization": f"Bearer {self.tokens[user]}"},
            timeout=30,
            verify=self._tls,
        )
