"""The parts of the composition root, for routes that act."""

from typing import Annotated

from fastapi import Depends, Request

from service.bootstrap import Container


async def _container(request: Request) -> Container:
    container: Container = request.app.state.container
    return container


Parts = Annotated[Container, Depends(_container)]
"""Clock, database and engine of this process."""
