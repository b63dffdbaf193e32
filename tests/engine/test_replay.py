"""The workflows' code replays the histories that it made."""

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from service.worker import workflow_runner
from tests import cast
from tests.engine.waiting import until_step
from tests.world import World, pathway
from workflows.case_workflow import CaseWorkflow
from workflows.domain.moves import Action
from workflows.names import case_workflow_id, referral_workflow_id
from workflows.referral_workflow import ReferralWorkflow


async def test_every_kind_of_life_replays(working: World) -> None:
    await working.publish(pathway("quick", respond="PT1S", remind_before="PT0.5S"))
    case_id = await working.open_case(pathway_key="quick")
    completed = await working.refer(case_id)
    for action in (Action.RECEIVE, Action.CLAIM, Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await working.act(completed, action)
    await until_step(working, case_id, "residence", "due")
    cancelled = await working.refer(case_id, "residence", "other-agency")
    await working.act(cancelled, Action.CANCEL, actor=cast.ANNA)
    await until_step(working, case_id, "residence", "due")
    rejected = await working.refer(case_id, "residence", "other-agency")
    await working.act(rejected, Action.REJECT, actor=cast.DIETER, reason="not-competent")
    await until_step(working, case_id, "residence", "due")
    await working.refer(case_id, "residence", "other-agency")

    replayer = Replayer(
        workflows=[CaseWorkflow, ReferralWorkflow],
        data_converter=pydantic_data_converter,
        workflow_runner=workflow_runner(),
    )
    client = working.container.client
    ids = [case_workflow_id(case_id)]
    ids += [referral_workflow_id(one) for one in (completed, cancelled, rejected)]
    for workflow_id in ids:
        history = await client.get_workflow_handle(workflow_id).fetch_history()
        await replayer.replay_workflow(history)
