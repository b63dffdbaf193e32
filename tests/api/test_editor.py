"""The editor for programs: a text is checked, and published once, under the next number."""

import asyncio
import json
from typing import Any

import httpx

from tests.api.conftest import Programs
from tests.api.programs import Program, body_of, problem
from tests.pathways.definitions import GOOD

NOTE = "The school answers later now."
BROKEN = GOOD.replace("schooling", "fishing").replace("after: [first]", "after: [frist]")
LATER = GOOD.replace("respond: 5 working days", "respond: 8 working days")
VERSIONS = "/pathways/small/versions"
NEW: dict[str, Any] = {"text": GOOD, "note": NOTE}
NEXT: dict[str, Any] = {"text": LATER, "note": NOTE, "based_on": 1}


async def publish(program: Program, key: str | None = None) -> dict[str, Any]:
    return body_of(await program.send_act("/pathways", NEW, key), 201)


async def test_a_text_is_checked_and_nothing_kept(programs: Programs) -> None:
    katja = programs["katja"]
    good = body_of(await katja.send_act("/pathways/check", {"text": GOOD}), 200)
    assert good["faults"] == []
    assert good["pathway"]["key"] == "small"
    bad = body_of(await katja.send_act("/pathways/check", {"text": BROKEN}), 200)
    assert bad["pathway"] is None
    assert [(one["line"], one["column"], one["field"]) for one in bad["faults"]] == [
        (14, 5, "steps > second > legal_area"),
        (15, 13, "steps > second > after > no. 1"),
    ]
    assert bad["faults"][1]["sentence"] == "there is no step 'frist'; did you mean 'first'?"
    problem(await katja.get("/pathways/small"), 404, "not-found")


async def test_the_language_of_the_sentences_is_that_of_the_caller(programs: Programs) -> None:
    answer = await programs["katja"].post(
        "/pathways/check", json={"text": BROKEN}, headers={"accept-language": "de"}
    )
    [_area, order] = body_of(answer, 200)["faults"]
    assert order["field"] == "steps > second > after > Nr. 1"
    assert order["sentence"] == "es gibt keine Station „frist“; meinen Sie „first“?"


async def test_a_text_can_be_checked_as_a_version_of_another(programs: Programs) -> None:
    katja = programs["katja"]
    asked = {"text": GOOD, "key": "benefit-change"}
    [fault] = body_of(await katja.send_act("/pathways/check", asked), 200)["faults"]
    assert (fault["line"], fault["field"]) == (1, "key")
    assert "the key of a pathway stays; write 'benefit-change'" in fault["sentence"]
    taken = {"text": GOOD.replace("key: small", "key: benefit-change")}
    [fault] = body_of(await katja.send_act("/pathways/check", taken), 200)["faults"]
    assert fault["sentence"] == "'benefit-change' is taken; choose another key"


async def test_a_pathway_is_published_and_followed_by_its_next_version(programs: Programs) -> None:
    katja = programs["katja"]
    assert await publish(katja) == {"key": "small", "version": 1}
    answer = await katja.send_act(VERSIONS, NEXT)
    assert body_of(answer, 201) == {"key": "small", "version": 2}
    assert answer.headers["location"] == "/api/v1/pathways/small/versions/2"
    [second, first] = (await katja.read(VERSIONS))["items"]
    assert (second["note"], second["published_by"]) == (NOTE, "Katja König")
    assert first["version"] == 1
    [shipped] = (await katja.read("/pathways/benefit-change/versions"))["items"]
    assert (shipped["note"], shipped["published_by"]) == (None, None)
    assert (await katja.read("/pathways/small"))["version"] == 2


async def test_the_same_request_publishes_once(programs: Programs) -> None:
    katja = programs["katja"]
    answers = await asyncio.gather(*(katja.send_act("/pathways", NEW, "k") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert len([one for one in answers if "idempotency-replayed" not in one.headers]) == 1
    answers = await asyncio.gather(*(katja.send_act(VERSIONS, NEXT) for _ in range(10)))
    assert {body_of(answer, 201)["version"] for answer in answers} == {2}
    assert len([one for one in answers if "idempotency-replayed" not in one.headers]) == 1
    problem(await katja.send_act(VERSIONS, NEXT, "k"), 422, "idempotency-key-reused")
    assert len((await katja.read(VERSIONS))["items"]) == 2


async def test_who_has_not_seen_the_newest_version_is_told(programs: Programs) -> None:
    katja = programs["katja"]
    await publish(katja)
    body_of(await katja.send_act(VERSIONS, NEXT), 201)
    again = {**NEXT, "note": "Another reason."}
    problem(await katja.send_act(VERSIONS, again), 409, "published-meanwhile")
    same = {**NEXT, "based_on": 2}
    problem(await katja.send_act(VERSIONS, same), 409, "nothing-changed")
    assert len((await katja.read(VERSIONS))["items"]) == 2


async def test_faults_are_named_with_their_places(programs: Programs) -> None:
    katja = programs["katja"]
    await publish(katja)
    for where, body in (("/pathways", {**NEW, "text": BROKEN}), (VERSIONS, NEXT)):
        refused = problem(
            await katja.send_act(where, {**body, "text": BROKEN}), 422, "faulty-pathway"
        )
        assert refused["errors"][-1] == {
            "in": "body",
            "field": "text",
            "detail": "Line 15, column 13: steps > second > after > no. 1: "
            "there is no step 'frist'; did you mean 'first'?",
        }
    taken = problem(
        await katja.send_act("/pathways", {**NEW, "text": LATER}), 422, "faulty-pathway"
    )
    assert [one["detail"] for one in taken["errors"]] == [
        "Line 1, column 1: key: 'small' is taken; choose another key"
    ]


async def test_only_the_coordination_writes(programs: Programs) -> None:
    others = ("anna", "stefan", "clara", "sabine", "dieter", "olga", "amir", "doris")
    for name in others:
        for where, body in (
            ("/pathways", NEW),
            ("/pathways/benefit-change/versions", NEXT),
            ("/pathways/check", {"text": GOOD}),
        ):
            problem(await programs[name].send_act(where, body), 403, "not-allowed")
    problem(await programs["katja"].send_act(VERSIONS, NEXT), 404, "not-found")


async def test_whatever_is_sent_is_answered_in_words(programs: Programs) -> None:
    katja = programs["katja"]
    unreadable: list[Any] = [{}, {"text": 1}, {"text": GOOD, "key": "X"}, None]
    for odd in unreadable:
        problem(await _post(katja, "/pathways/check", odd), 422, "unusable-input")
    unusable: list[Any] = [
        {"text": GOOD},
        {"text": GOOD, "note": ""},
        {"text": GOOD, "note": " "},
        {"text": GOOD, "note": "x" * 501},
        {"text": GOOD, "note": "a\x00b"},
        {**NEXT, "based_on": 0},
    ]
    for odd in unusable:
        problem(await _post(katja, "/pathways", odd), 422, "unusable-input")
        problem(await _post(katja, VERSIONS, odd), 422, "unusable-input")
    [fault] = body_of(await _post(katja, "/pathways/check", {"text": "\ud800"}), 200)["faults"]
    assert "UTF-8" in fault["sentence"]
    for text in ("", "\x00", "a: &a [*a]", "[" * 5000, "#" * 200_001):
        found = body_of(await katja.send_act("/pathways/check", {"text": text}), 200)
        assert found["faults"]
        problem(await katja.send_act("/pathways", {**NEW, "text": text}), 422, "faulty-pathway")


async def _post(program: Program, path: str, body: object) -> httpx.Response:
    content = json.dumps(body).encode()
    return await program.post(path, content=content, headers={"content-type": "application/json"})
