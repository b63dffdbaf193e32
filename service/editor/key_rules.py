"""Which key a pathway may have: an existing one keeps its own, a new one takes one that is free."""

from collections.abc import Set as AbstractSet

from service.pathways.checking import KeyRule
from service.pathways.sentences import Sentence, shown
from service.web.i18n import _

RESERVED = frozenset({"new", "check"})
"""Addresses below that of the pathways, which no pathway can have."""


def keeps(key: str) -> KeyRule:
    """Return the rule for a new version."""

    def rule(written: str) -> Sentence | None:
        if written == key:
            return None
        said = _("is '%(written)s', but the key of a pathway stays; write '%(key)s'")
        return Sentence(said, {"written": shown(written), "key": key})

    return rule


def is_free(taken: AbstractSet[str]) -> KeyRule:
    """Return the rule for a new pathway, where these keys are taken."""

    def rule(written: str) -> Sentence | None:
        if written not in taken | RESERVED:
            return None
        return Sentence(_("'%(key)s' is taken; choose another key"), {"key": shown(written)})

    return rule
