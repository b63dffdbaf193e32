"""The basis activity: whether a step could be sent on is looked up and frozen into history."""

from temporalio import activity

from activities.ports import Bases
from workflows.contracts import FIND_STEPS_WITHOUT_BASIS, BasisContract
from workflows.messages import BasisQuestion, StepPlace


class BasisActivities(BasisContract):
    """Asks the port."""

    def __init__(self, bases: Bases) -> None:
        """Take whom to ask."""
        self._bases = bases

    @activity.defn(name=FIND_STEPS_WITHOUT_BASIS)
    async def find_steps_without_basis(self, question: BasisQuestion) -> list[StepPlace]:
        """Return those of the steps that could be sent to no agency that fits."""
        return await self._bases.find_steps_without_basis(question)
