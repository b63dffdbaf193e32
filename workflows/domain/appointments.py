"""Appointments: when the client is expected, and what has to be there."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

LATEST = timedelta(days=365)
"""Nobody makes appointments further ahead; a later one is a slip of the pen."""


class Appointment(BaseModel):
    """When the client is expected (UTC), and the language to interpret from, if one is needed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: AwareDatetime
    interpreter: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it is still to come, and not absurdly far ahead."""
        return now < self.at <= now + LATEST
