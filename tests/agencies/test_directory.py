"""The directory: who is there, and who fits."""

from dataclasses import replace
from datetime import date

import pytest
from uuid_utils.compat import uuid7

from service.agencies.capacity import Capacity
from service.agencies.repository import (
    AgencyRow,
    MunicipalityRow,
    NewAgency,
    add_agency,
    add_municipalities,
    agencies_by_key,
    agencies_that_fit,
    get_agency,
    list_agencies,
    list_municipalities,
)
from service.database import Database
from tests.cast import ANNA, CLARA, KATJA
from workflows.domain.principal import Principal

ALTENBEKEN, PADERBORN = "05774004", "05774032"

JOB_CENTRE = NewAgency(
    key="job-centre",
    name="Jobcenter",
    legal_area="basic-income",
    municipalities=[PADERBORN, ALTENBEKEN],
    on_board=True,
    queue_address="queue@job-centre.example",
    telephone="05251 000-1",
    fax=None,
    capacity=Capacity.FULL,
    full_until=date(2026, 12, 1),
)
SCHOOLS = [
    replace(JOB_CENTRE, key="z", name="Zebraschule", legal_area="schooling"),
    replace(JOB_CENTRE, key="ae", name="Ährenschule", legal_area="schooling"),
    replace(
        JOB_CENTRE, key="b", name="Bergschule", legal_area="schooling", municipalities=[ALTENBEKEN]
    ),
]


@pytest.fixture
async def directory(database: Database) -> Database:
    """A directory of four agencies in two municipalities."""
    async with database.transaction() as connection:
        places = [
            MunicipalityRow(PADERBORN, "Paderborn"),
            MunicipalityRow(ALTENBEKEN, "Altenbeken"),
        ]
        await add_municipalities(connection, KATJA, places)
        for agency in (JOB_CENTRE, *SCHOOLS):
            assert await add_agency(connection, KATJA, agency)
    return database


async def all_agencies(database: Database) -> list[AgencyRow]:
    async with database.transaction() as connection:
        return await list_agencies(connection, CLARA)


async def test_an_agency_is_shown_with_its_municipalities(directory: Database) -> None:
    async with directory.transaction() as connection:
        found = (await agencies_by_key(connection, ANNA, ["job-centre", "nobody"]))["job-centre"]
        assert await get_agency(connection, ANNA, found.id) == found
    assert found.municipalities == [ALTENBEKEN, PADERBORN]
    assert (found.capacity, found.full_until) == (Capacity.FULL, date(2026, 12, 1))
    assert (found.on_board, found.queue_address) == (True, "queue@job-centre.example")


async def test_an_unknown_id_is_nobody(directory: Database) -> None:
    async with directory.transaction() as connection:
        assert await get_agency(connection, ANNA, uuid7()) is None


async def test_agencies_fit_by_legal_area_and_municipality_sorted_as_people_sort(
    directory: Database,
) -> None:
    async with directory.transaction() as connection:
        in_paderborn = await agencies_that_fit(connection, ANNA, "schooling", PADERBORN)
        in_altenbeken = await agencies_that_fit(connection, ANNA, "schooling", ALTENBEKEN)
    assert [agency.name for agency in in_paderborn] == ["Ährenschule", "Zebraschule"]
    assert [agency.name for agency in in_altenbeken] == [
        "Ährenschule",
        "Bergschule",
        "Zebraschule",
    ]


async def test_pages_follow_each_other_without_loss(directory: Database) -> None:
    async with directory.transaction() as connection:
        first = await list_agencies(connection, CLARA, limit=3)
        rest = await list_agencies(connection, CLARA, after=first[-1].id, limit=3)
    assert [agency.key for agency in [*first, *rest]] == ["job-centre", "z", "ae", "b"]


async def test_lists_are_narrowed_by_legal_area_and_municipality(directory: Database) -> None:
    async with directory.transaction() as connection:
        schools = await list_agencies(connection, CLARA, legal_area="schooling")
        here = await list_agencies(connection, CLARA, municipality=PADERBORN)
    assert {agency.key for agency in schools} == {"z", "ae", "b"}
    assert {agency.key for agency in here} == {"job-centre", "z", "ae"}


async def test_an_agency_that_is_there_stays_as_it_is(directory: Database) -> None:
    before = await all_agencies(directory)
    changed = replace(JOB_CENTRE, name="Anders", municipalities=[PADERBORN])
    async with directory.transaction() as connection:
        assert not await add_agency(connection, KATJA, changed)
        await add_municipalities(connection, KATJA, [MunicipalityRow(PADERBORN, "Anders")])
        places = await list_municipalities(connection, ANNA)
    assert await all_agencies(directory) == before
    assert [place.name for place in places] == ["Altenbeken", "Paderborn"]


@pytest.mark.parametrize("somebody", [ANNA, CLARA], ids=["case manager", "clerk"])
async def test_only_those_who_keep_the_directory_change_it(
    directory: Database, somebody: Principal
) -> None:
    before = await all_agencies(directory)
    async with directory.transaction() as connection:
        with pytest.raises(PermissionError):
            await add_agency(connection, somebody, replace(JOB_CENTRE, key="new"))
        with pytest.raises(PermissionError):
            await add_municipalities(connection, somebody, [MunicipalityRow("05774008", "Neu")])
    assert await all_agencies(directory) == before
