"""An optional step on the page of a case: said to be one, and left out without a reason."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from service.cases.opening import open_case
from service.cases.schemas import NewCase, NewMember, NewPath
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import PADERBORN, World, pathway
from workflows.domain.pathway import Pathway


def with_choices() -> Pathway:
    """Return a path whose first step is optional, and whose school is for children only."""
    definition = pathway("choices").model_dump(mode="json")
    job_centre, residence, school = definition["steps"]
    job_centre |= {"optional": True, "household_role": "adult"}
    residence["after"] = ["job-centre", "school"]
    school |= {"when": ["has-child-of-school-age"], "household_role": "child"}
    return Pathway.model_validate(definition)


async def open_for(world: World, *born: date) -> UUID:
    await world.publish(with_choices())
    household = tuple(
        NewMember(given_name=f"M{day.year}", family_name="Haddad", birth_date=day) for day in born
    )
    new = NewCase(municipality=PADERBORN, household=household, paths=(NewPath(pathway="choices"),))
    return await open_case(world.container, cast.ANNA, new, str(uuid4()))


async def test_an_optional_step_is_left_out_without_a_reason(
    working: World, sign_in: SignIn
) -> None:
    case = await open_for(working, date(1990, 5, 4))
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}", until="· optional ·")
    assert "für die Erwachsenen" in page
    form = page.form("/job-centre/waive")
    assert "Warum ist sie nicht nötig?" not in page
    done = await browser.send(form)
    assert "Die Station ist weggelassen." in done
    await browser.see(f"/cases/{case}", until="Anfragen: Station residence")


@pytest.mark.parametrize(("born", "shown"), [(date(2017, 3, 1), True), (date(1991, 3, 1), False)])
async def test_a_step_for_children_is_shown_to_families_that_have_some(
    working: World, sign_in: SignIn, born: date, shown: bool
) -> None:
    case = await open_for(working, date(1990, 5, 4), born)
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}", until="Station job-centre")
    assert ("Station school" in page) is shown
    assert ("für die Kinder" in page) is shown
