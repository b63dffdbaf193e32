"""Publishing a pathway that somebody wrote: the next version of one, or a new one."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.bootstrap import Container
from service.editor.checking import aside, check_text, tidied
from service.editor.key_rules import is_free, keeps
from service.editor.repository import (
    NEW,
    Edition,
    Writing,
    add_version,
    all_keys,
    newest_edition,
    published_alike,
)
from service.editor.schemas import NewPathway, NextVersion
from service.errors import NotFound
from service.ledger.promises import KeyUsedForAnotherRequest, make_promise
from service.pathways.checking import KeyRule
from service.pathways.proposals import settle
from service.pathways.repository import check_edits
from service.pathways.version_line import Unnumbered, without_version
from workflows.domain.pathway import Pathway
from workflows.domain.pathway_changes import changes_between
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class PublishedNow:
    """What was published. ``repeated``: it had been before, by the same request."""

    key: str
    version: int
    repeated: bool = False


class Overtaken(Exception):
    """Somebody published a version that the author has not seen. Nothing was published."""


class NothingChanged(Exception):
    """The text says what the newest version says. Nothing was published."""


class _Request(BaseModel):
    """What was asked for under a key. ``pathway`` is null for a new one."""

    pathway: str | None
    body: NextVersion | NewPathway


@dataclass(frozen=True)
class _Checked:
    """A text without fault, before its version has a number."""

    pathway: Pathway
    text: Unnumbered

    def numbered(self, version: int) -> Edition:
        pathway = self.pathway.model_copy(update={"version": version})
        return Edition(pathway, self.text.numbered(version))


async def publish_next(
    container: Container, principal: Principal, key: str, body: NextVersion, request_key: str
) -> PublishedNow:
    """Publish a version after the newest, which the text is based on. Its number is set here.

    The same text of the same person on the same base, with the same note, is one version, however
    often it comes. Raises FaultyPathways, Overtaken, NothingChanged, NotFound, PermissionError and
    KeyUsedForAnotherRequest; nothing is published then.
    """
    check_edits(principal)
    checked = await aside(partial(_checked, body.text, keeps(key)))
    now = container.clock.now()
    async with container.database.transaction() as connection:
        request = _Request(pathway=key, body=body)
        await _promise(connection, principal, request_key, request, now)
        writing = Writing(principal, body.based_on, body.note, now)
        newest = await newest_edition(connection, principal, key)
        if newest is None:
            raise NotFound
        # Asked for after the newest: the same can have been published in between.
        if alike := await published_alike(connection, writing, checked.pathway):
            return PublishedNow(key, alike, repeated=True)
        number = newest.pathway.version
        if number != body.based_on:
            raise Overtaken
        if not changes_between(newest.pathway, checked.pathway):
            raise NothingChanged
        done = await _publish(connection, writing, checked.numbered(number + 1))
        if body.proposal:
            await settle(connection, principal, key, body.proposal, now)
        return done


async def publish_new(
    container: Container, principal: Principal, body: NewPathway, request_key: str
) -> PublishedNow:
    """Publish the first version of a pathway. Raises what ``publish_next`` does.

    Among it FaultyPathways where its key is taken.
    """
    check_edits(principal)
    checked = await aside(partial(_checked, body.text, is_free(frozenset())))
    request = _Request(pathway=None, body=body)
    writing = Writing(principal, NEW, body.note, container.clock.now())
    try:
        async with container.database.transaction() as connection:
            await _promise(connection, principal, request_key, request, writing.now)
            return await _publish(connection, writing, checked.numbered(1))
    except Overtaken:
        async with container.database.transaction() as connection:
            taken = await all_keys(connection, principal)
        # Says so at its place in the text.
        await aside(partial(_checked, body.text, is_free(taken)))
        raise


async def _publish(connection: AsyncConnection, writing: Writing, edition: Edition) -> PublishedNow:
    """Publish it, or find what the same person published of the same a moment ago.

    Raises Overtaken if it was something else.
    """
    pathway = edition.pathway
    if await add_version(connection, writing, edition):
        return PublishedNow(pathway.key, pathway.version)
    if alike := await published_alike(connection, writing, pathway):
        return PublishedNow(pathway.key, alike, repeated=True)
    raise Overtaken


def _checked(text: str, rule: KeyRule) -> _Checked:
    tidy = tidied(text)
    return _Checked(check_text(tidy, rule), without_version(tidy))


async def _promise(
    connection: AsyncConnection,
    principal: Principal,
    request_key: str,
    request: _Request,
    now: datetime,
) -> None:
    """Reserve the key for this request, in the transaction that publishes."""
    try:
        await make_promise(connection, principal, request_key, request, uuid7(), now)
    except KeyUsedForAnotherRequest:
        # It was kept together with what it published, so that has happened.
        raise KeyUsedForAnotherRequest(happened=True) from None
