"""What opens a station where several lines meet, in words."""

from service.web.i18n import Translator, _
from workflows.domain.joins import After


def opening_words(t: Translator, after: After) -> str:
    """Say whether all steps before come first, or any one of them; nothing if there is but one."""
    if len(after.steps) < 2:  # noqa: PLR2004 - nothing to join
        return ""
    if after.join == "all":
        return t(_("only when all before are done"))
    return t(_("as soon as one before is done"))
