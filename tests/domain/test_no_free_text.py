"""What goes to the engine is codes: a sentence with a name in it is refused at the door."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tests.cast import ANNA
from tests.domain.households import PATH
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.case_acts import Close, Waive

SENTENCE = "Familie M. ist umgezogen"


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        (ReferralAct, {"action": Action.CANCEL, "reason": SENTENCE}),
        (ReferralAct, {"action": Action.REJECT, "reason": SENTENCE}),
        (Waive, {"path_id": PATH, "step": "school", "reason": SENTENCE}),
        (Close, {"outcome": SENTENCE}),
    ],
)
def test_a_sentence_is_no_reason(act: type[BaseModel], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        act.model_validate({"actor": ANNA, **fields})
