"""Lists: in pages that neither skip nor repeat, and filtered."""

from tests.api.conftest import Programs
from tests.api.programs import Json, Program, problem
from tests.cast import RECEIVER
from tests.world import PADERBORN


async def all_pages(program: Program, path: str, **query: object) -> list[Json]:
    """Read a list to its end; every page but the last is full."""
    limit = int(str(query.setdefault("limit", 2)))
    items: list[Json] = []
    cursor: dict[str, object] = {}
    while True:
        page = await program.read(path, **query, **cursor)
        items += page["items"]
        if page["next"] is None:
            return items
        assert len(page["items"]) == limit
        cursor = {"cursor": page["next"]}


def ids(items: list[Json]) -> list[str]:
    return [str(item["id"]) for item in items]


async def test_pages_neither_skip_nor_repeat(anna: Program) -> None:
    cases = [await anna.open_case() for _ in range(5)]
    referrals = [await anna.refer(case_id) for case_id in cases]
    for path, expected in (("/cases", cases), ("/referrals", referrals)):
        for limit in (1, 2, 4, 5, 200):
            assert ids(await all_pages(anna, path, limit=limit)) == expected
    agencies = ids((await anna.read("/agencies"))["items"])
    assert ids(await all_pages(anna, "/agencies")) == agencies == sorted(agencies)


async def test_a_page_goes_on_where_the_last_one_ended_whatever_came_in(anna: Program) -> None:
    cases = [await anna.open_case() for _ in range(3)]
    first = await anna.read("/cases", limit=2)
    cases.append(await anna.open_case())
    second = await anna.read("/cases", limit=2, cursor=first["next"])
    assert ids(first["items"] + second["items"]) == cases
    assert second["next"] is None


async def test_odd_cursors_and_limits_are_refused(anna: Program) -> None:
    for path in ("/cases", "/referrals", "/gaps", "/agencies"):
        for parameter, values in (
            ("cursor", ("x", "AAAA", "ä", "\x00", "A" * 1000, "=", "null")),
            ("limit", ("0", "201", "-1", "x", "1e2", "9" * 50)),
        ):
            for value in values:
                answer = await anna.get(path, params={parameter: value})
                [error] = problem(answer, 422, "unusable-input")["errors"]
                assert (error["in"], error["field"]) == ("query", parameter)
        answer = await anna.get(path, params={"colour": "blue"})
        [error] = problem(answer, 422, "unusable-input")["errors"]
        assert error["field"] == "colour"


async def test_referrals_by_status_agency_and_party(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    waiting = await anna.refer(await anna.open_case())
    refused = await anna.refer(await anna.open_case())
    await clara.act(refused, "reject", reason="duplicate")
    elsewhere = await anna.refer(await anna.open_case(), "next-door")
    for query, expected in (
        ({"status": "requested"}, [waiting, elsewhere]),
        ({"status": "rejected"}, [refused]),
        ({"status": "completed"}, []),
        ({"agency": "receiver"}, [waiting, refused]),
        ({"agency": str(RECEIVER)}, [waiting, refused]),
        ({"agency": "office-a"}, [waiting, refused, elsewhere]),
        ({"agency": "office-b"}, []),
        ({"party": "receiver"}, [waiting, elsewhere]),
        ({"party": "sender"}, [refused]),
        ({"party": "client"}, []),
        ({"status": "requested", "agency": "next-door", "party": "receiver"}, [elsewhere]),
        ({"overdue": "false"}, [waiting, refused, elsewhere]),
        ({"overdue": "true"}, []),
    ):
        assert ids((await anna.read("/referrals", **query))["items"]) == expected, query
    assert ids((await clara.read("/referrals"))["items"]) == [waiting, refused]


async def test_overdue_referrals_and_their_gaps(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    in_time = await anna.refer(await anna.open_case())
    late = await anna.refer(await anna.open_case("at-once"))
    await anna.read_when(f"/referrals/{late}", lambda found: found["gaps"])
    for program in (anna, clara):
        assert ids((await program.read("/referrals", overdue="true"))["items"]) == [late]
        assert ids((await program.read("/referrals", overdue="false"))["items"]) == [in_time]
        [gap] = (await program.read("/gaps"))["items"]
        assert gap["referral_id"] == late
        assert (gap["kind"], gap["party"], gap["level"]) == ("unanswered", "receiver", "supervisor")
        assert gap["agency"]["key"] == "receiver"
        assert (gap["municipality"], gap["closed_at"]) == (PADERBORN, None)

    for query, number in (
        ({"open": "true"}, 1),
        ({"open": "false"}, 0),
        ({"kind": "unanswered", "party": "receiver", "level": "supervisor"}, 1),
        ({"kind": "rejected"}, 0),
        ({"party": "sender"}, 0),
        ({"agency": "receiver", "municipality": PADERBORN}, 1),
        ({"agency": "next-door"}, 0),
        ({"municipality": "05774000"}, 0),
    ):
        assert len((await anna.read("/gaps", **query))["items"]) == number, query

    await clara.act(late, "accept")
    assert (await anna.read("/gaps", open="true"))["items"] == []
    [gap] = (await anna.read("/gaps", open="false"))["items"]
    assert gap["closed_at"]


async def test_gaps_come_in_pages(anna: Program) -> None:
    for _ in range(3):
        referral_id = await anna.refer(await anna.open_case("at-once"))
        await anna.read_when(f"/referrals/{referral_id}", lambda found: found["gaps"])
    gaps = ids((await anna.read("/gaps"))["items"])
    assert len(gaps) == 3
    assert ids(await all_pages(anna, "/gaps", limit=1)) == gaps


async def test_cases_by_status(anna: Program) -> None:
    cases = [await anna.open_case() for _ in range(2)]
    await anna.send_act(f"/cases/{cases[0]}/close", {"outcome": "other"})
    assert ids((await anna.read("/cases", status="open"))["items"]) == cases[1:]
    assert ids((await anna.read("/cases", status="closed"))["items"]) == cases[:1]


async def test_filters_that_mean_nothing_are_refused(anna: Program) -> None:
    for path, parameter in (
        ("/referrals", "status"),
        ("/referrals", "party"),
        ("/referrals", "overdue"),
        ("/referrals", "agency"),
        ("/gaps", "open"),
        ("/gaps", "kind"),
        ("/gaps", "level"),
        ("/gaps", "agency"),
        ("/gaps", "municipality"),
        ("/cases", "status"),
        ("/agencies", "municipality"),
    ):
        for value in ("nonsense", "", "\x00"):
            answer = await anna.get(path, params={parameter: value})
            [error] = problem(answer, 422, "unusable-input")["errors"]
            assert (error["in"], error["field"]) == ("query", parameter)


async def test_agencies_by_legal_area_and_municipality(clara: Program) -> None:
    found = await clara.read("/agencies", legal_area="basic-income", municipality=PADERBORN)
    assert {agency["key"] for agency in found["items"]} == {
        "receiver",
        "next-door",
        "telephone-only",
    }
    [agency] = (await clara.read("/agencies", legal_area="schooling"))["items"]
    assert (agency["key"], agency["on_board"]) == ("silent-agency", False)
    assert (agency["municipalities"], agency["capacity"]) == ([PADERBORN], "available")
    assert (await clara.read("/agencies", legal_area="astrology"))["items"] == []
    assert (await clara.read("/agencies", municipality="05774000"))["items"] == []


async def test_needs(clara: Program) -> None:
    found = await clara.read("/needs")
    assert found["next"] is None
    by_key = {need["key"]: need for need in found["items"]}
    assert by_key["school"]["pathways"] == ["school-entry"]
    assert by_key["school"]["only"] == ["has-child-of-school-age"]
    assert by_key["flat"]["whom"] == "household"


async def test_pathways(clara: Program) -> None:
    found = await clara.read("/pathways")
    assert [line["key"] for line in found["items"]] == [
        "at-once",
        "benefit-change",
        "languages-only",
    ]
    assert found["next"] is None
    assert found["items"][1]["steps"] == ["job-centre", "residence", "school"]
    pathway = await clara.read("/pathways/benefit-change")
    assert pathway["version"] == 1
    assert pathway["steps"][1]["after"]["steps"] == ["job-centre"]
    for key in ("nowhere", "Nowhere", "%00", "a" * 100):
        problem(await clara.get(f"/pathways/{key}"), 404, "not-found")
