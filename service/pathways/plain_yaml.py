"""Reading YAML that people write: plain data only, every key once, no shorthand references."""

from collections.abc import Hashable
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode


class NotReadable(Exception):
    """The text is no YAML that is allowed here. The message is a sentence for a person."""


def read_yaml(text: str) -> Any:
    """Return the data in the text. Raises NotReadable."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except yaml.MarkedYAMLError as error:
        raise NotReadable(_sentence(error)) from None
    except yaml.reader.ReaderError:
        raise NotReadable("contains characters that are not allowed in YAML") from None
    except ValueError as error:
        raise NotReadable(f"contains a date that does not exist ({error})") from None
    except RecursionError:
        raise NotReadable("is nested too deeply") from None


class _Loader(yaml.SafeLoader):
    """The safe loader, which refuses what silently loses or multiplies content."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse references: a small file could unfold into a huge one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="references (*name) are not allowed, write the content out",
                problem_mark=self.get_mark(),
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        """Refuse a key that stands there twice: the first value would be lost."""
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, ScalarNode):
                continue  # refused by the safe loader itself
            if key_node.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"'{key_node.value}' stands here twice, keep one of both",
                    problem_mark=key_node.start_mark,
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{place}{error.problem or 'this is no YAML'}"
