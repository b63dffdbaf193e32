"""The workflows' code replays the histories that it makes, and those that it ever made.

A workflow that is running goes on under new code only if that code takes every step of its
history again. ``histories/NAME/`` holds such histories as the engine keeps them. They are recorded

    NAHTLOS_RECORD_HISTORIES=NAME python -m pytest tests/engine/test_replay.py

with each change of what the workflows do, under a new name. Until the first tagged release they
may be recorded anew; from then on what is there is never written again: those are the cases that
people have open.
"""

import json
import os
import re
import socket
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from service.worker import workflow_runner
from tests.engine.lives import live
from tests.world import World
from workflows.case_workflow import CaseWorkflow
from workflows.referral_workflow import ReferralWorkflow

HISTORIES = Path(__file__).with_name("histories")
RECORDED = sorted(HISTORIES.glob("*/*.json"))


SANDBOX = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules(
        "workflows.domain", "pydantic", "pydantic_core", "annotated_types", "holidays"
    )
)
"""Refuses what does not come out the same again: clocks, chance, files, threads."""


@pytest.fixture(params=[workflow_runner(), SANDBOX], ids=["as-in-the-worker", "in-the-sandbox"])
def replayer(request: pytest.FixtureRequest) -> Replayer:
    """Takes the steps of a history again."""
    runner: WorkflowRunner = request.param
    return Replayer(
        workflows=[CaseWorkflow, ReferralWorkflow],
        data_converter=pydantic_data_converter,
        workflow_runner=runner,
    )


async def test_every_kind_of_life_replays(working: World, replayer: Replayer) -> None:
    histories = {
        name: await working.container.client.get_workflow_handle(workflow_id).fetch_history()
        for name, workflow_id in (await live(working)).items()
    }

    for history in histories.values():
        await replayer.replay_workflow(history)

    if version := os.environ.get("NAHTLOS_RECORD_HISTORIES"):
        _record(HISTORIES / version, histories)


def test_there_are_recorded_histories() -> None:
    assert len(RECORDED) >= 14


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name} {path.stem}")
async def test_what_was_recorded_replays(path: Path, replayer: Replayer) -> None:
    await replayer.replay_workflow(_history_in(path))


def _history_in(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8"))


def _record(folder: Path, histories: dict[str, WorkflowHistory]) -> None:
    """Write them without the name of the machine that they were made on."""
    folder.mkdir(parents=True)
    for name, history in histories.items():
        content = re.sub(rf"\d+@{re.escape(socket.gethostname())}", "worker", history.to_json())
        compact = json.dumps(json.loads(content), separators=(",", ":"))
        (folder / f"{name}.json").write_text(f"{compact}\n", encoding="utf-8")
