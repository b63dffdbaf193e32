"""The demo's world on paper: it is complete and reaches nobody in the real one."""

from datetime import date

import pytest

from service.agencies.capacity import Capacity
from service.agencies.legal_areas import LEGAL_AREAS
from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.pathways.files import read_pathways, shipped_files
from service.startdata.accounts import demo_accounts
from service.startdata.households import read_households
from service.startdata.reading import read_agencies, read_cast, read_municipalities
from workflows.domain.principal import Role

TODAY = date(2026, 11, 4)
RESERVED = ".example"  # RFC 2606


def test_there_are_the_ten_municipalities_and_not_the_district() -> None:
    keys = [row.ags for row in read_municipalities()]
    assert len(set(keys)) == 10
    assert "05774000" not in keys


def test_every_step_finds_an_agency_in_every_municipality() -> None:
    agencies = read_agencies(TODAY)
    missing = [
        (pathway.key, step.key, municipality.name)
        for pathway in read_pathways(shipped_files())
        for step in pathway.steps
        for municipality in read_municipalities()
        if not any(
            agency.legal_area == step.legal_area and municipality.ags in agency.municipalities
            for agency in agencies
        )
    ]
    assert missing == []


def test_every_legal_area_has_an_agency() -> None:
    assert {agency.legal_area for agency in read_agencies(TODAY)} == set(LEGAL_AREAS)


def test_every_municipality_has_exactly_one_office() -> None:
    offices = [a for a in read_agencies(TODAY) if a.legal_area == INTEGRATION_MANAGEMENT]
    served = [ags for office in offices for ags in office.municipalities]
    assert sorted(served) == sorted(row.ags for row in read_municipalities())


def test_agencies_on_board_have_a_mailbox_and_people_and_the_others_a_telephone() -> None:
    houses = {person.house for person in read_cast().people}
    for agency in read_agencies(TODAY):
        if agency.on_board:
            assert agency.queue_address, agency.key
            assert agency.key in houses
        else:
            assert agency.telephone, agency.key
            assert agency.queue_address is None


def test_an_agency_without_room_says_until_when() -> None:
    [full] = [agency for agency in read_agencies(TODAY) if agency.capacity is Capacity.FULL]
    assert full.full_until == date(2027, 1, 3)


def test_no_address_belongs_to_anybody() -> None:
    addresses = [a.queue_address for a in read_agencies(TODAY) if a.queue_address]
    assert [address for address in addresses if not address.endswith(RESERVED)] == []


def test_every_role_is_played_and_one_agency_has_two_clerks() -> None:
    people = read_cast().people
    clerks = [person.house for person in people if person.role is Role.AGENCY_MEMBER]
    assert {person.role for person in people} == set(Role) - {Role.SYSTEM}
    assert len(clerks) > len(set(clerks))


def test_people_work_in_the_kind_of_house_that_fits_their_role() -> None:
    areas = {agency.key: agency.legal_area for agency in read_agencies(TODAY)}
    for person in read_cast().people:
        match person.role:
            case Role.CASE_MANAGER:
                assert areas[person.house or ""] == INTEGRATION_MANAGEMENT
            case Role.AGENCY_MEMBER:
                assert areas[person.house or ""] != INTEGRATION_MANAGEMENT
            case Role.SUPERVISOR:
                assert person.house in areas
            case _:
                assert person.house is None


def test_shown_accounts_say_who_works_where() -> None:
    shown = {account.user: account for account in demo_accounts()}
    assert shown["jonas"].role is Role.AGENCY_MEMBER
    assert shown["jonas"].house == "Jobcenter Kreis Paderborn"
    assert {account.role for account in shown.values()} == set(Role) - {Role.SYSTEM, Role.CLIENT}


def test_one_household_has_grown_and_one_has_become_smaller() -> None:
    acts = [act.action for household in read_households(TODAY) for act in household.acts]
    assert acts.count("add-member") == acts.count("remove-member") == 1


@pytest.mark.parametrize("today", [date(2026, 11, 4), date(2028, 2, 29), date(2027, 1, 1)])
def test_households_stay_as_old_as_they_are_and_their_past_lies_in_the_past(today: date) -> None:
    households = read_households(today)
    assert len(households) == 6
    child = households[0].household[2]
    birthday_passed = (today.month, today.day) >= (child.birth_date.month, child.birth_date.day)
    assert today.year - child.birth_date.year - (not birthday_passed) == 8
    for household in households:
        assert household.opened_at.date() < today
        assert all(act.at.date() < today for act in household.acts)
