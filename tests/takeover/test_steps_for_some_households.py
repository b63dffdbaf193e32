"""A running case whose pathway has steps that are for some households only."""

import pytest

from service.cases.tables import steps
from service.takeover.models import StartedPath
from tests.takeover.stories import bring, rows, story
from tests.world import World, pathway
from workflows.domain.pathway import Pathway

WAIVED = {"action": "waive", "day": 1, "actor": "anna"}


def with_choices() -> Pathway:
    """Return a path whose school is for children only, and whose first step is optional."""
    definition = pathway("choices").model_dump(mode="json")
    job_centre, residence, school = definition["steps"]
    job_centre["optional"] = True
    school |= {"when": ["has-child-of-school-age"], "after": []}
    residence["after"] = ["job-centre", "school"]
    return Pathway.model_validate(definition)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ({}, {"job-centre": "due", "residence": "waiting"}),
        ({"stands_at": "school"}, {"job-centre": "due", "residence": "waiting", "school": "due"}),
        ({"done": ("job-centre",)}, {"job-centre": "done", "residence": "due"}),
        ({"done": ("job-centre", "school")}, {"job-centre": "done", "residence": "due"}),
    ],
    ids=["nothing known", "it has come to school", "the rest is done", "all before is done"],
)
async def test_a_step_is_passed_over_unless_the_case_stands_there(
    world: World, path: dict[str, object], expected: dict[str, str]
) -> None:
    await world.publish(with_choices())
    started = StartedPath.model_validate({"pathway": "choices", "member": 0, **path})
    await bring(world, story(paths=[started]))
    assert {row["key"]: row["status"] for row in await rows(world, steps)} == expected


async def test_an_optional_step_was_left_out_without_a_reason(world: World) -> None:
    await world.publish(with_choices())
    await bring(world, story(WAIVED, paths=[StartedPath(pathway="choices", member=0)]))
    found = {row["key"]: row["status"] for row in await rows(world, steps)}
    assert found == {"job-centre": "waived", "residence": "due"}
