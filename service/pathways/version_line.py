"""The number of the version in the text of a pathway: the one thing that is not its author's."""

from dataclasses import dataclass

import yaml
from yaml.nodes import MappingNode, ScalarNode


@dataclass(frozen=True)
class Unnumbered:
    """A text around the number of its version."""

    before: str
    after: str

    def numbered(self, version: int) -> str:
        """Return the text with this version in it."""
        return f"{self.before}{version}{self.after}"


def without_version(text: str) -> Unnumbered:
    """Return the text around its version; comments, order and blank lines are the author's.

    The text has no fault.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, MappingNode):
        raise TypeError("the text of a pathway holds fields")
    value = next(
        value
        for name, value in root.value
        if isinstance(name, ScalarNode) and name.value == "version"
    )
    begin, end = value.start_mark.index, value.end_mark.index
    written = text[begin:end]
    # A number in a block of its own reaches to the next line.
    rest = written[len(written.rstrip()) :]
    return Unnumbered(text[:begin], rest + text[end:])
