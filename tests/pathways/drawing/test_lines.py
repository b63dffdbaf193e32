"""Lines run so that each can be followed with a finger."""

from itertools import combinations, pairwise

from hypothesis import given

from service.pathways.drawing.lanes import Place, lanes_of, route
from service.pathways.drawing.layers import edges_of, layers_of
from service.pathways.drawing.stops import Stop
from service.pathways.drawing.strokes import stroke
from service.pathways.drawing.tracks import tracks_of
from tests.counts import PROPERTY
from tests.pathways.drawing.stations import stop
from tests.pathways.drawing.test_layers import pathways


def lanes(*stops: Stop) -> dict[Place, int]:
    """Return the lane of each place."""
    edges = edges_of(stops)
    return lanes_of(layers_of(stops, edges), edges)


def test_a_path_without_branches_is_one_straight_line() -> None:
    assert set(lanes(stop("a"), stop("b", "a"), stop("c", "b")).values()) == {0}


def test_parallel_steps_stand_one_below_the_other_and_meet_again() -> None:
    drawn = lanes(stop("a"), stop("b", "a"), stop("c", "a"), stop("d", "b", "c"))
    assert drawn == {Place("a", 0): 0, Place("b", 1): 0, Place("c", 1): 1, Place("d", 2): 0}


def test_a_line_that_leaves_out_a_layer_does_not_run_through_a_station() -> None:
    drawn = lanes(stop("a"), stop("b", "a"), stop("c", "a", "b"))
    assert drawn[Place("a", 1)] != drawn[Place("b", 1)]


def test_branches_are_ordered_so_that_they_do_not_cross() -> None:
    drawn = lanes(stop("a"), stop("b"), stop("d", "b"), stop("c", "a"))
    assert drawn[Place("c", 1)] == drawn[Place("a", 0)]
    assert drawn[Place("d", 1)] == drawn[Place("b", 0)]


@given(pathways())
@PROPERTY
def test_no_two_lines_hide_each_other(stops: list[Stop]) -> None:
    edges = edges_of(stops)
    layers = layers_of(stops, edges)
    drawn = lanes_of(layers, edges)
    assert len({(place.layer, lane) for place, lane in drawn.items()}) == len(drawn)
    hops = {hop for edge in edges for hop in pairwise(route(edge, layers))}
    tracks = tracks_of(hops, drawn)
    assert tracks.keys() == {hop for hop in hops if drawn[hop[0]] != drawn[hop[1]]}
    for one, other in combinations(tracks, 2):
        if one[0] == other[0] or one[1].layer != other[1].layer or tracks[one] != tracks[other]:
            continue
        top, bottom = sorted(drawn[place] for place in one)
        other_top, other_bottom = sorted(drawn[place] for place in other)
        assert bottom <= other_top or other_bottom <= top
        if {top, bottom} & {other_top, other_bottom}:
            assert drawn[one[1]] == drawn[other[1]]


def test_corners_are_round_and_never_reach_beyond_the_next_one() -> None:
    assert stroke([(0, 0), (50, 0), (50, 100)]) == "M0 0L40 0Q50 0 50 10L50 100"
    assert stroke([(0, 0), (8, 0), (8, 4), (99, 4)]) == "M0 0L4 0Q8 0 8 2L8 2Q8 4 18 4L99 4"
