"""Two workers and two web processes, as docker-compose.yml starts them: one of each is killed."""

import httpx
from playwright.async_api import Browser
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest

from service.engine.client import connect
from tests.deployment.cluster import WEBS, WORKERS, RunningCluster
from tests.story.ending import assert_only_those_whose_turn_it_was_got_mail, assert_the_end
from tests.story.family import Interruptions, Story
from workflows.names import TASK_QUEUE


async def test_the_story_goes_on_when_one_of_each_is_killed(
    cluster: RunningCluster, chromium: Browser
) -> None:
    async def kill_a_worker() -> None:
        assert await _pids_that_poll(cluster) >= {cluster.processes[name].pid for name in WORKERS}
        cluster.kill("worker-1")

    async def kill_a_web_process() -> None:
        for name in WEBS:
            assert _forms_taken_by(cluster, name) > 2, f"{name} has had nothing to do"
        cluster.kill("web-1")

    interruptions: Interruptions = {
        "after the first referral": kill_a_worker,
        "while the job centre is silent": kill_a_web_process,
    }
    story = Story(chromium, cluster, interruptions)
    _assert_people_come_by_tls(cluster)

    await story.tell()

    assert_the_end(cluster, story)
    assert_only_those_whose_turn_it_was_got_mail(cluster)
    for name in ("worker-2", "web-2"):
        assert "Traceback" not in cluster.log(name)


def _assert_people_come_by_tls(cluster: RunningCluster) -> None:
    with cluster.client() as person:
        page = person.get("/sign-in")
        assert page.status_code == 200
        assert "max-age" in page.headers["Strict-Transport-Security"]
        for inside in ("/metrics", "/readyz"):
            assert person.get(inside).status_code == 404
        form = {"name": "anna", "password": "nahtlos-demo"}
        signed_in = person.post("/sign-in", data=form, headers={"Origin": cluster.address})
        assert signed_in.status_code == 303
        [session] = signed_in.headers.get_list("Set-Cookie")
        assert session.startswith("__Host-nahtlos_session=")
        assert "Secure" in session
        assert person.get("/my-day").status_code == 200
        # Whoever links from elsewhere to an address with a slash too many stays on https.
        assert not person.get("/my-day/").headers.get("Location", "").startswith("http:")
        from_elsewhere = {"Origin": "https://elsewhere.example"}
        assert person.post("/sign-in", data=form, headers=from_elsewhere).status_code == 403


def _forms_taken_by(cluster: RunningCluster, name: str) -> int:
    """How many forms a web process has taken; asked of itself, not through the proxy."""
    metrics = httpx.get(f"http://127.0.0.1:{cluster.webs[name]}/metrics").text
    count = "nahtlos_http_request_duration_seconds_count{"
    lines = [line for line in metrics.splitlines() if line.startswith(count)]
    return sum(int(float(line.split()[-1])) for line in lines if 'method="POST"' in line)


async def _pids_that_poll(cluster: RunningCluster) -> set[int]:
    """Which processes ask the engine for work."""
    client = await connect(cluster.settings(), lazily=False)
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=TASK_QUEUE),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
    )
    return {int(poller.identity.split("@")[0]) for poller in answer.pollers}
