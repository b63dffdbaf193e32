"""Checking what somebody typed or sent: away from the requests of others, and few at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from service.pathways.checking import LARGEST, KeyRule, check_pathway
from service.pathways.faults import Fault, FaultyPathways
from service.pathways.plain_yaml import Place
from service.pathways.sentences import Sentence
from service.web.i18n import _
from workflows.domain.pathway import Pathway

AT_ONCE = 2
"""So many texts are checked at the same time. The longest take two seconds of the processor."""

Result = TypeVar("Result")

_CHECKERS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="checker")


async def aside(work: Callable[[], Result]) -> Result:
    """Do long work in one of the few threads for it, and return what comes of it."""
    return await asyncio.get_running_loop().run_in_executor(_CHECKERS, work)


def check_text(text: str, rule: KeyRule) -> Pathway:
    """Return the pathway in a tidied text. Raises FaultyPathways with every fault in it."""
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > LARGEST:
        said = _("the text is larger than %(most)s kB; shorten it")
        sentence = Sentence(said, {"most": LARGEST // 1000})
        raise FaultyPathways([Fault("", Place(1, 1), (), sentence)])
    return check_pathway(content, "", rule)


def tidied(text: str) -> str:
    """Return a text as files have it: browsers send lines with two signs at their end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
