"""Stations stand in order of time."""

from hypothesis import given
from hypothesis import strategies as st

from service.pathways.drawing.layers import edges_of, layers_of
from service.pathways.drawing.stops import Stop
from tests.counts import PROPERTY
from tests.pathways.drawing.stations import stop


def layers(*stops: Stop) -> dict[str, int]:
    """Return the layer of each."""
    return layers_of(stops, edges_of(stops))


def test_a_station_stands_right_of_everything_it_comes_after() -> None:
    assert layers(stop("a"), stop("b", "a"), stop("c", "a", "b"), stop("d")) == {
        "a": 0,
        "b": 1,
        "c": 2,
        "d": 0,
    }


def test_the_slower_of_two_ways_to_a_station_counts_even_if_either_opens_it() -> None:
    drawn = layers(stop("a"), stop("b"), stop("c", "b"), stop("d", "a", "c", needs_all=False))
    assert drawn["d"] == 2


def test_what_only_comes_after_a_station_is_not_drawn_as_leading_to_it() -> None:
    stops = [stop("a"), stop("b", "a", "c", needs_all=False), stop("c", "b")]
    assert edges_of(stops) == [("a", "b"), ("b", "c")]


@st.composite
def pathways(draw: st.DrawFn) -> list[Stop]:
    """Draw pathways that can be walked to their end: any join may also name what comes later."""
    count = draw(st.integers(1, 12))
    stops: list[Stop] = []
    for number in range(count):
        earlier = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        later = draw(st.sets(st.integers(number + 1, count), max_size=2)) - {count}
        either = bool(earlier) and draw(st.booleans())
        after = sorted(earlier | (later if either else set()))
        stops.append(stop(f"s{number}", *(f"s{one}" for one in after), needs_all=not either))
    return draw(st.permutations(stops))


@given(pathways())
@PROPERTY
def test_every_pathway_that_can_be_walked_can_be_drawn_in_order_of_time(stops: list[Stop]) -> None:
    edges = edges_of(stops)
    drawn = layers_of(stops, edges)
    assert drawn.keys() == {one.key for one in stops}
    assert all(drawn[earlier] < drawn[later] for earlier, later in edges)
    for one in stops:
        kept = {earlier for earlier, later in edges if later == one.key}
        assert bool(kept) == bool(one.after)
        if one.needs_all:
            assert kept == set(one.after)


@st.composite
def mixtures(draw: st.DrawFn) -> list[Stop]:
    """Draw steps as several versions of a pathway may leave them: any comes after any."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    return [
        stop(key, *draw(st.sets(st.sampled_from(keys), max_size=3)), needs_all=draw(st.booleans()))
        for key in keys
    ]


@given(mixtures())
@PROPERTY
def test_whatever_waits_for_each_other_is_drawn_all_the_same(stops: list[Stop]) -> None:
    edges = edges_of(stops)
    drawn = layers_of(stops, edges)
    assert drawn.keys() == {one.key for one in stops}
    assert all(drawn[earlier] < drawn[later] for earlier, later in edges)
