"""From the way to a value in the model to where it stands in the file."""

from typing import Any

from service.pathways.plain_yaml import Location, Place, Written
from service.pathways.sentences import shown

_JOINS = ("all", "any")


def as_written(location: Location, data: Any) -> Location:
    """Return the way as the file has it: an order can be a list, or one below all: or any:."""
    way: list[int | str] = []
    for part in location:
        if isinstance(data, dict) and part in data:
            name = part
        elif isinstance(data, dict) and part == "steps" and way[-1:] == ["after"]:
            name = next((join for join in _JOINS if join in data), part)
        elif isinstance(data, list) and part == "steps":
            continue
        elif isinstance(data, dict) or (isinstance(data, list) and isinstance(part, int)):
            name = part
        else:
            break
        way.append(name)
        data = _below(data, name)
    return tuple(way)


def place_of(written: Written, location: Location) -> Place:
    """Return where that stands; of what is missing, where it would belong."""
    for length in range(len(location), -1, -1):
        if place := written.places.get(location[:length]):
            return place
    return Place(1, 1)


def way_to(location: Location, data: Any) -> tuple[str | int, ...]:
    """Return the way to a field: steps by their key, other entries of a list by their number."""
    names: list[str | int] = []
    for part in location:
        below = _below(data, part)
        names.append(_name(part, below, among_steps=names == ["steps"]))
        data = below
    return tuple(names)


def _name(part: int | str, entry: Any, *, among_steps: bool) -> str | int:
    if isinstance(part, str):
        return shown(part)
    if among_steps and isinstance(entry, dict) and isinstance(entry.get("key"), str):
        return shown(entry["key"])
    return part + 1


def _below(data: Any, part: int | str) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None
