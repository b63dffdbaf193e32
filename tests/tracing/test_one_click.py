"""One click, one trace: from the web to the rows of the ledger, naming nobody."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from service.bootstrap import Container
from service.engine.client import connect
from service.engine.engine import Engine
from service.tracing import Tracing
from service.web.app import create_app
from service.worker import Ports, build_worker
from tests.api.programs import FAMILY, NOTE, Program
from tests.api.surroundings import furnish
from tests.tracing.receiver import Receiver, running_receiver
from tests.world import make_world
from workflows.names import referral_workflow_id

ACCEPT = "POST /api/v1/referrals/{referral_id}/{action}"
A_VISITORS_TRACE = "a" * 32

CHATTY = {
    "user-agent": "Amina's browser",
    "x-forwarded-for": "203.0.113.77",
    "baggage": "name=Amina",
    "tracestate": "who=Amina",
    "traceparent": f"00-{A_VISITORS_TRACE}-{'b' * 16}-01",
}
"""What a visitor's machine may send along."""


@dataclass
class Traced:
    """A process that is web and worker at once, and sends its spans to the receiver."""

    app: FastAPI
    container: Container
    tracing: Tracing
    receiver: Receiver
    ended: bool = False

    def program(self, name: str) -> Program:
        """Return a program that acts for somebody."""
        return Program(self.app, token=name)

    def end(self) -> None:
        """Send what has not been sent yet."""
        if not self.ended:
            self.tracing.close()
            self.ended = True


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Where the spans go."""
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
async def traced(container: Container, receiver: Receiver) -> AsyncIterator[Traced]:
    """A traced application with a traced worker."""
    tracing = Tracing("test", receiver.endpoint)
    client = await connect(container.settings, lazily=False, interceptors=[tracing.interceptor()])
    engine = Engine(client, container.engine.task_queue)
    container = replace(container, client=client, engine=engine)
    app = create_app(container, tracing.of_requests())
    await furnish(await make_world(container))
    async with build_worker(client, Ports.on(container.database), engine.task_queue):
        traced = Traced(app, container, tracing, receiver)
        yield traced
    traced.end()


def named(spans: list[Span], start: str) -> list[Span]:
    """Return the spans whose names begin so."""
    return [span for span in spans if span.name.startswith(start)]


async def test_a_click_can_be_followed_into_the_ledger(traced: Traced) -> None:
    referral_id = await traced.program("anna").refer(await traced.program("anna").open_case())
    await traced.program("clara").act(referral_id, "accept")
    traced.end()

    assert traced.receiver.paths == {"/v1/traces"}
    trace = traced.receiver.trace_of(ACCEPT)
    by_id = {span.span_id: span for span in trace}

    def above(span: Span) -> list[str]:
        parent = by_id.get(span.parent_span_id)
        return [parent.name, *above(parent)] if parent else []

    [click] = named(trace, ACCEPT)
    [update] = named(trace, "update act")
    [activity] = named(trace, "activity record_referral")
    inserts = [span for span in named(trace, "INSERT") if activity.name in above(span)]
    assert above(click) == []
    assert click.name in above(update)
    assert update.name in above(activity)
    assert inserts


async def test_what_people_type_and_what_their_machines_tell_stays_here(traced: Traced) -> None:
    anna = traced.program("anna")
    anna.headers.update(CHATTY)
    referral_id = await anna.refer(await anna.open_case(), note=NOTE)
    await anna.act(referral_id, "cancel", note=NOTE)
    await anna.get("/cases/Amina", params={"q": "Amina"})
    await anna.get("/Amina")
    await anna.post("/cases", json={"household": FAMILY})
    traced.end()

    sent = b"".join(traced.receiver.bodies)
    assert len(traced.receiver.spans()) > 20
    names = [str(member[key]) for member in FAMILY for key in ("given_name", "family_name")]
    for secret in (*names, "1990-05-04", NOTE, "browser", "203.0.113", "Bearer", "nahtlos.test"):
        assert secret.encode() not in sent, secret


async def test_into_the_engine_go_numbers_and_nothing_that_stands_beside_them(
    traced: Traced,
) -> None:
    anna = traced.program("anna")
    anna.headers.update(CHATTY)
    referral_id = await anna.refer(await anna.open_case())
    handle = traced.container.client.get_workflow_handle(referral_workflow_id(UUID(referral_id)))
    await anna.act(referral_id, "cancel")
    history = await handle.fetch_history()
    carried = [
        payload.data.decode()
        for event in history.events
        for payload in event.workflow_execution_started_event_attributes.header.fields.values()
    ]
    carried += [
        payload.data.decode()
        for event in history.events
        for payload in (
            event.workflow_execution_update_accepted_event_attributes.accepted_request.input.header
        ).fields.values()
    ]
    assert len(carried) == 2
    for numbers in carried:
        assert A_VISITORS_TRACE in numbers
        assert "Amina" not in numbers


def test_who_sets_no_endpoint_loads_nothing_of_it() -> None:
    program = (
        "import sys, service.web.serve, service.worker; "
        "print([m for m in sys.modules if m.startswith('opentelemetry.sdk')"
        " or m.startswith('opentelemetry.instrumentation')])"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
