"""Whatever is sent: the answer is a problem document, never a failure of ours."""

import json
from typing import Any

from tests.api.programs import FAMILY, Program, body_of, new_case, new_referral

MEMBER = FAMILY[0]
PATHS = [{"pathway": "benefit-change", "member": 0}]
CONSENT: dict[str, Any] = {
    "member": 0,
    "agency": "receiver",
    "fields": ["name"],
    "purpose": "x",
    "given_at": "2026-01-01",
    "valid_until": "2027-01-01",
}
UNSTORABLE = ("a\x00b", "\x1b[31m", "\ud800", "a\udfffb")

DAYS: tuple[Any, ...] = (
    "",
    "yesterday",
    "1990-02-30",
    "1899-12-31",
    "1990-05-04T25:00:00Z",
    "1990-05-04Tnoon",
    "T",
    10**20,
    1e308,
    True,
    [],
)

CASES: list[Any] = [
    None,
    [],
    "case",
    {},
    new_case(colour="blue"),
    new_case(household=[]),
    new_case(household=[MEMBER] * 21),
    new_case(household={"0": MEMBER}),
    new_case(paths=[]),
    new_case(paths=[{"pathway": "benefit-change", "member": 1}] * 21),
    new_case(paths=[{"pathway": "benefit-change", "member": 2}]),
    new_case(paths=[{"pathway": "benefit-change", "member": -1}]),
    new_case(paths=[{"pathway": "benefit-change", "member": 10**40}]),
    new_case(paths=[{"pathway": "Benefit Change"}]),
    new_case(municipality=5774032),
    new_case(municipality="0577403"),
    new_case(municipality="٠٥٧٧٤٠٣٢"),
    new_case(case_manager=""),
    new_case(case_manager="x" * 61),
    new_case(consents=[CONSENT] * 51),
    new_case(consents=[{**CONSENT, "member": 2}]),
    new_case(consents=[{**CONSENT, "fields": []}]),
    new_case(consents=[{**CONSENT, "fields": ["religion"]}]),
    new_case(consents=[{**CONSENT, "legal_area": "basic-income"}]),
    new_case(consents=[{**CONSENT, "agency": None}]),
    new_case(consents=[{**CONSENT, "valid_until": "2025-01-01"}]),
    *(new_case(consents=[{**CONSENT, "purpose": text}]) for text in UNSTORABLE),
    *(new_case(household=[{**MEMBER, "given_name": text}]) for text in (*UNSTORABLE, "", " ", 1)),
    *(new_case(household=[{**MEMBER, "family_name": "x" * 1000}]) for _ in range(1)),
    *(new_case(household=[{**MEMBER, "birth_date": day}]) for day in DAYS),
    *(
        new_case(household=[{**MEMBER, "languages": languages}])
        for languages in ("ar", ["a b"], [""], ["x"] * 11, [None], ["\x00"])
    ),
    new_case(household=[{**MEMBER, "role": "\x00"}]),
]
REFERRALS: list[Any] = [
    None,
    {},
    new_referral(colour="blue"),
    new_referral(basis={}),
    new_referral(basis={"statute": "§ 1", "consent": "01920000-0000-7000-8000-00000000000a"}),
    new_referral(basis={"consent": "1"}),
    new_referral(basis={"statute": ""}),
    new_referral(basis={"statute": "x" * 201}),
    *(new_referral(basis={"statute": text}) for text in UNSTORABLE),
    *(new_referral(note=text) for text in (*UNSTORABLE, "x" * 4001, 1)),
    *(new_referral(agency) for agency in ("", "x y", "a\x00", "\ud800", "x" * 61)),
    new_referral(step="\x00"),
    new_referral(path="1"),
    *(
        new_referral(application={"benefit": "basic-income", "office": "receiver", **wrong})
        for wrong in (
            {},
            {"filed_at": "never"},
            {"filed_at": "2026-01-01", "benefit": "Amina Haddad"},
            {"filed_at": "2026-01-01", "office": "\x00"},
        )
    ),
]
ACTS: list[Any] = [
    [],
    "accept",
    {"colour": "blue"},
    {"expected_seq": "one"},
    {"expected_seq": 1.5},
    {"reason": "Amina Haddad"},
    {"reason": "\x00"},
    {"assignee": "a b"},
    {"source": {}},
    {"source": {"channel": "pigeon", "on": "2026-01-01", "spoken_to": "x"}},
    *({"source": {"channel": "fax", "on": "2026-01-01", "spoken_to": t}} for t in UNSTORABLE),
    *({"note": text} for text in UNSTORABLE),
]
BODIES = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a": 1e999}',
    b'{"\\ud800": 1}',
    b"NaN",
    b'{"expected_seq": ' + b"9" * 5000 + b"}",
]


async def refused(program: Program, path: str, body: Any) -> None:
    # As it is: httpx refuses to encode half a surrogate pair.
    content = json.dumps(body).encode() if not isinstance(body, bytes) else body
    answer = await program.post(path, content=content, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}, (path, body, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] in {"bad-request", "unusable-input", "basis-missing"}


async def test_cases_that_cannot_be_opened(anna: Program) -> None:
    for body in (*CASES, *BODIES):
        await refused(anna, "/cases", body)
    assert (await anna.read("/cases"))["items"] == []


async def test_referrals_that_cannot_be_sent(anna: Program) -> None:
    case_id = await anna.open_case()
    for body in (*REFERRALS, *BODIES):
        await refused(anna, f"/cases/{case_id}/referrals", body)
    assert (await anna.read("/referrals"))["items"] == []


async def test_acts_that_cannot_be_read(anna: Program, clara: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    for body in (*ACTS, *BODIES[1:]):
        await refused(clara, f"/referrals/{referral_id}/accept", body)
    assert (await clara.read(f"/referrals/{referral_id}"))["seq"] == 1


async def test_acts_on_the_case_that_cannot_be_read(anna: Program) -> None:
    case_id = await anna.open_case()
    for path, bodies in (
        ("close", ({}, {"outcome": "Amina.Haddad"}, {"outcome": "other", "note": "\x00"})),
        ("assign", ({}, {"case_manager": "\x00"}, {"case_manager": 1})),
        (
            "steps/job-centre/waive",
            ({"reason": 1}, {"reason": "\x00"}, {"reason": "x", "path": "1"}),
        ),
    ):
        for body in (*bodies, *BODIES):
            await refused(anna, f"/cases/{case_id}/{path}", body)
    assert (await anna.read(f"/cases/{case_id}"))["seq"] == 1


async def test_days_beyond_the_calendar_are_refused(anna: Program) -> None:
    for day in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        await refused(anna, "/cases", new_case(household=[{**MEMBER, "birth_date": day}]))


async def test_unusual_people_are_welcome(anna: Program) -> None:
    household = [
        {"given_name": name, "family_name": "Ødegård-O'Neill 王", "birth_date": day}
        for name, day in (
            ("  Zoë  ", "1900-01-01"),
            ("محمد", "2026-11-01T23:30:00Z"),
            ("👩‍👧", "2000-02-29"),
        )
    ]
    case_id = await anna.open_case(household=household)
    members = (await anna.read(f"/cases/{case_id}"))["household"]
    assert [member["given_name"] for member in members] == ["Zoë", "محمد", "👩‍👧"]
    assert members[1]["birth_date"] == "2026-11-02"
    assert members[0]["languages"] == []


async def test_the_wrong_method_and_type_are_told(anna: Program) -> None:
    answer = await anna.delete("/cases")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    answer = await anna.post("/cases", data={"municipality": "05774032"})
    assert answer.status_code == 422
    body_of(await anna.get("/cases"), 200)
