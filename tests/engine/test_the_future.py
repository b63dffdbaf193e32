"""Nothing that is said to have happened lies in the future."""

from datetime import date, timedelta

import pytest

from service.cases.consenting import add_consent
from service.cases.opening import open_case
from service.cases.schemas import NewCase, NewConsent, NewMember, NewPath, NewReferral
from service.errors import UnusableEntry
from service.referrals.sending import send_referral
from tests import cast
from tests.world import PADERBORN, STATUTE, World
from workflows.domain.actions import Action
from workflows.domain.basis import Application, Basis
from workflows.domain.personal_data import PersonalData
from workflows.domain.working_days import local_day


@pytest.fixture
def tomorrow(working: World) -> date:
    """A day that has not come."""
    return local_day(working.container.clock.now()) + timedelta(days=1)


def member(birth_date: date) -> NewMember:
    """Somebody born on that day."""
    return NewMember(given_name="Amina", family_name="Haddad", birth_date=birth_date)


def consent(given_at: date) -> NewConsent:
    """A consent given on that day."""
    return NewConsent(
        member=0,
        agency="receiver",
        fields=(PersonalData.NAME,),
        purpose="Beratung",
        given_at=given_at,
        valid_until=given_at,
    )


async def test_nobody_is_born_tomorrow(working: World, tomorrow: date) -> None:
    new = NewCase(
        municipality=PADERBORN,
        household=(member(tomorrow),),
        paths=(NewPath(pathway="benefit-change"),),
    )

    with pytest.raises(UnusableEntry, match="in-the-future"):
        await open_case(working.container, cast.ANNA, new, "key")


async def test_nobody_consented_tomorrow(working: World, tomorrow: date) -> None:
    case_id = await working.open_case()
    new = NewCase(
        municipality=PADERBORN,
        household=(member(date(1990, 5, 4)),),
        paths=(NewPath(pathway="benefit-change"),),
        consents=(consent(tomorrow),),
    )

    with pytest.raises(UnusableEntry, match="in-the-future"):
        await add_consent(working.container, cast.ANNA, case_id, consent(tomorrow), "one")
    with pytest.raises(UnusableEntry, match="in-the-future"):
        await open_case(working.container, cast.ANNA, new, "another")


async def test_no_application_was_filed_tomorrow(working: World, tomorrow: date) -> None:
    case_id = await working.open_case()
    application = Application(benefit="basic-income", office=cast.RECEIVER, filed_at=tomorrow)
    new = NewReferral(
        step="job-centre",
        agency="receiver",
        basis=Basis(statute=STATUTE),
        application=application,
    )

    with pytest.raises(UnusableEntry, match="in-the-future"):
        await send_referral(working.container, cast.ANNA, case_id, new, "key")


async def test_no_agency_answered_tomorrow(working: World, tomorrow: date) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id, "school", "silent-agency")
    source = {"channel": "telephone", "on": tomorrow, "spoken_to": "Frau Sonntag"}

    with pytest.raises(UnusableEntry, match="in-the-future"):
        await working.act(referral_id, Action.ACCEPT, actor=cast.ANNA, source=source)
