"""Does the engine answer, and does it know our namespace?"""

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.service import RPCError, RPCStatusCode

from service.doctor.results import CannotAsk, Fault, NotAsked, Result, Well
from service.doctor.subject import STOPPED, Subject

NOT_FOR_US = (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNAUTHENTICATED)


class EngineCheck:
    """Asks Temporal for the namespace."""

    name = "engine"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Connect and ask."""
        settings = self._subject.settings
        if settings.temporal_address is None:
            return NotAsked(STOPPED)
        unreachable = Fault(
            f"Temporal does not answer at {settings.temporal_address}.",
            "See whether the server runs there and can be reached, or correct "
            "NAHTLOS_TEMPORAL_ADDRESS and NAHTLOS_TEMPORAL_TLS.",
        )
        namespace = settings.temporal_namespace
        try:
            client = await self._subject.engine()
            await client.workflow_service.describe_namespace(
                DescribeNamespaceRequest(namespace=namespace)
            )
        except CannotAsk:
            return unreachable
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return Fault(
                    f"Temporal at {settings.temporal_address} has no namespace {namespace}.",
                    "Create it, or correct NAHTLOS_TEMPORAL_NAMESPACE.",
                )
            if error.status in NOT_FOR_US:
                return Fault(
                    f"Temporal at {settings.temporal_address} does not let us in.",
                    "Correct NAHTLOS_TEMPORAL_API_KEY or the client certificate.",
                )
            return unreachable
        return Well(f"Temporal answers at {settings.temporal_address}.")
