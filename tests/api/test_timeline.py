"""The timeline of a case, for programs."""

from tests.api.conftest import Programs
from tests.api.programs import Json, Program, body_of, is_uuid7, problem

TITLE: Json = {
    "member": 0,
    "kind": "residence-title",
    "starts_on": "2024-02-01",
    "printed_until": "2060-01-31",
}


async def note(program: Program, case_id: str, body: Json, key: str | None = None) -> str:
    answer = await program.send_act(f"/cases/{case_id}/entitlements", body, key)
    assert answer.headers["location"] == f"/api/v1/cases/{case_id}/entitlements"
    return str(body_of(answer, 201)["id"])


async def test_what_is_noted_stands_in_the_timeline(anna: Program) -> None:
    case_id = await anna.open_case()
    title = await note(anna, case_id, TITLE, "key")
    assert await note(anna, case_id, TITLE, "key") == title
    certificate = await note(anna, case_id, TITLE | {"member": 1, "kind": "provisional-residence"})

    found = await anna.read(f"/cases/{case_id}/entitlements")

    assert is_uuid7(title)
    assert found["next"] is None
    assert [(one["id"], one["member"]) for one in found["items"]] == [
        (title, 0),
        (certificate, 1),
    ]
    first, second = found["items"]
    assert first["last_day"] == first["printed_until"] == "2060-01-31"
    assert first["act_by"].startswith("2059-12-06")
    assert (second["printed_until"], second["last_day"], second["act_by"]) == (
        "2060-01-31",
        None,
        None,
    )


async def test_days_are_changed_and_what_runs_out_is_let_run_out(anna: Program) -> None:
    case_id = await anna.open_case()
    title = await note(anna, case_id, TITLE)
    here = f"/cases/{case_id}/entitlements/{title}"
    days = {"printed_until": "2060-01-31", "effective_until": "2050-01-31"}

    changed = body_of(await anna.send_act(f"{here}/change", days, "one"), 200)
    again = await anna.send_act(f"{here}/change", days, "one")

    assert changed["last_day"] == changed["effective_until"] == "2050-01-31"
    assert again.headers["idempotency-replayed"] == "true"
    let = body_of(await anna.send_act(f"{here}/let-run-out", {"reason": "client-moved"}), 200)
    assert (let["let_go"], let["act_by"]) == ("client-moved", None)


async def test_another_path_is_started_once(anna: Program) -> None:
    case_id = await anna.open_case()
    title = await note(anna, case_id, TITLE)
    body = {"pathway": "benefit-change", "member": 1, "entitlement": title}

    answer = await anna.send_act(f"/cases/{case_id}/paths", body, "key")
    again = await anna.send_act(f"/cases/{case_id}/paths", body, "key")

    path_id = body_of(answer, 201)["id"]
    assert body_of(again, 201)["id"] == path_id
    case = await anna.read(f"/cases/{case_id}")
    assert [(path["id"], path["member"]) for path in case["paths"]][1:] == [(path_id, 1)]
    [entry] = (await anna.read(f"/cases/{case_id}/entitlements"))["items"]
    assert entry["path"] == path_id
    answer = await anna.send_act(f"/cases/{case_id}/paths", body, "another")
    problem(answer, 409, "path-runs-already")


async def test_what_does_not_fit_is_refused_with_a_sentence(anna: Program) -> None:
    case_id = await anna.open_case()
    title = await note(anna, case_id, TITLE)
    noting, here = f"/cases/{case_id}/entitlements", f"/cases/{case_id}/entitlements/{title}"
    for odd in (
        {"member": 7},
        {"member": -1},
        {"kind": "licence-to-kill"},
        {"starts_on": "2061-01-01"},
        {"printed_until": "1899-01-01"},
        {"printed_until": "2100-01-01"},
        {"printed_until": "soon"},
        {"more": "than that"},
    ):
        problem(await anna.send_act(noting, TITLE | odd), 422, "unusable-input")
    early = {"effective_until": "2024-01-31"}
    problem(await anna.send_act(f"{here}/change", early), 422, "ends-before-start")
    problem(await anna.send_act(f"{here}/let-run-out", {}), 422, "reason-missing")
    unfit = {"reason": "no-capacity"}
    problem(await anna.send_act(f"{here}/let-run-out", unfit), 422, "reason-missing")
    nowhere = f"/cases/{case_id}/entitlements/{case_id}/change"
    problem(await anna.send_act(nowhere, early), 404, "unknown-entitlement")
    for odd in ({"pathway": "to-the-moon"}, {"member": 7}, {"entitlement": case_id}):
        body = {"pathway": "benefit-change", "member": 1} | odd
        answer = await anna.send_act(f"/cases/{case_id}/paths", body)
        assert answer.status_code in {404, 422}, answer.text
    [entry] = (await anna.read(noting))["items"]
    assert entry["last_day"] == "2060-01-31"


async def test_the_kinds_say_how_early_to_act_and_what_leads_on(anna: Program) -> None:
    kinds = {one["key"]: one for one in (await anna.read("/entitlement-kinds"))["items"]}
    assert kinds["provisional-residence"]["until_decided"] is True
    assert kinds["residence-title"]["proposes"] == "provisional-residence"
    assert kinds["asylum-seekers-benefits"]["title"]["de"] == "Asylbewerberleistungen"


async def test_a_gap_names_what_runs_out(programs: Programs) -> None:
    anna = programs["anna"]
    case_id = await anna.open_case()
    title = await note(anna, case_id, TITLE | {"printed_until": "2025-01-31"})
    [entry] = (await anna.read(f"/cases/{case_id}/entitlements"))["items"]
    assert entry["id"] == title
    assert entry["act_by"] is not None
    assert (await anna.read("/gaps", kind="document-expiring"))["items"] == []
