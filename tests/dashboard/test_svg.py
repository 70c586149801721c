"""Charts as SVG: well-formed, escaped, named, and readable without seeing colours."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.svg.dots import Dot, Reference, axis_between, ranked_dots
from dashboard.svg.element import drawing, element, text
from dashboard.svg.scale import class_of, cut_points, decimals_of, round_marks, scale_over
from dashboard.svg.spine import spine, spine_of
from dashboard.svg.tilemap import Tile, map_classes, tile_map
from tests.dashboard.drawings import (
    SPACE,
    distribution_svg,
    funnel_svg,
    parse,
    ranked_svg,
    trend_svg,
)

NASTY = "Stoke & <Trent> \"city\" 'x'"


def dots_svg(name: str = "Vale") -> str:
    scale, marks = scale_over([0, 100], 0, 1)
    dots = [
        Dot(name, f"{name}: 53", 53, 50, 56, "53", "/indicators/a?area=X1", is_chosen=True),
        Dot("Low", "Low: 12", 12, None, None, "12", "/indicators/a?area=X2", is_neighbour=True),
        Dot("High", "High: 90", 90, 80, 99, "90", "/indicators/a?area=X3"),
    ]
    references = [Reference("Country", 67, "country"), Reference("", 60, "median")]
    axis = axis_between(scale, marks, "per 10,000", 0)
    return ranked_dots("dots", f"Ranked: {name}", "Highest first.", dots, references, axis)


def map_svg(name: str = "Vale") -> str:
    tiles = [
        Tile(f"X{n}", n % 5, n // 5, f"{name} {n}: {n}", float(n), f"/x?area=X{n}")
        for n in range(20)
    ]
    tiles.append(Tile("X99", 0, 4, f"{name}: suppressed", None, "/x?area=X99", is_chosen=True))
    tiles.append(Tile("X98", 1, 4, f"{name}: 3", 3.0, "/x?area=X98", is_neighbour=True))
    return tile_map("map", f"Map: {name}", "One hexagon each.", tiles)


def spine_svg(name: str = "Vale") -> str:
    spread = {"min": 1.0, "q25": 2.0, "median": 3.0, "q75": 4.0, "max": 9.0}
    drawn = spine_of(spread, 5, 3.5)
    assert drawn is not None
    return spine("spine", f"Spine: {name}", "All authorities.", drawn)


LINKED = [map_svg]
MARKED = [dots_svg, ranked_svg, distribution_svg, funnel_svg]
DRAWINGS = [*LINKED, *MARKED, trend_svg, spine_svg]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_is_well_formed_whatever_the_names(draw: Callable[[str], str]) -> None:
    root = parse(draw(NASTY))
    titles = [title.text for title in root.iter(f"{SPACE}title")]
    assert any(NASTY in (title or "") for title in titles)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_is_named_and_described(draw: Callable[[str], str]) -> None:
    root = parse(draw("Vale"))
    ids = {found.get("id") for found in root.iter() if found.get("id")}
    assert root.get("aria-labelledby") in ids
    assert root.get("aria-describedby") in ids


@pytest.mark.parametrize("draw", LINKED)
def test_links_in_a_drawing_are_not_hidden_inside_an_image(draw: Callable[[str], str]) -> None:
    root = parse(draw("Vale"))
    links = list(root.iter(f"{SPACE}a"))
    assert root.get("role") == "group"
    assert links
    assert all(link.get("href") and link.get("aria-label") for link in links)


@pytest.mark.parametrize("draw", MARKED)
def test_many_small_marks_are_no_stops_of_the_keyboard_and_say_their_names(
    draw: Callable[[str], str],
) -> None:
    root = parse(draw("Vale"))
    marks = [held for held in root.iter(f"{SPACE}g") if held.get("data-go")]
    assert root.get("role") == "img"
    assert not list(root.iter(f"{SPACE}a"))
    assert marks
    assert all(mark.find(f"{SPACE}title") is not None for mark in marks)


def test_a_drawing_without_links_is_an_image() -> None:
    assert parse(trend_svg()).get("role") == "img"
    assert parse(spine_svg()).get("role") == "img"


def test_a_missing_value_is_a_cross_and_not_a_shade() -> None:
    link = next(a for a in parse(map_svg()).iter(f"{SPACE}a") if "X99" in (a.get("href") or ""))
    classes = [path.get("class") for path in link.iter(f"{SPACE}path")]
    assert classes == ["tile none", "cross"]


def test_classes_on_the_map_differ_by_dot_as_well_as_by_shade() -> None:
    looks = set()
    for link in parse(map_svg()).iter(f"{SPACE}a"):
        shade = next(iter(link.iter(f"{SPACE}path"))).get("class")
        dot = next((circle.get("r") for circle in link.iter(f"{SPACE}circle")), None)
        looks.add((shade, dot))
    with_values = {look for look in looks if look[0] != "tile none"}
    assert len(with_values) == len({dot for _, dot in with_values}) == 5


def marks_of(svg: str) -> dict[str, Element]:
    """Return the marks of a drawing by what they say."""
    marks = (held for held in parse(svg).iter(f"{SPACE}g") if held.get("data-go"))
    return {mark.findtext(f"{SPACE}title") or "": mark for mark in marks}


def test_the_chosen_authority_differs_by_its_shape() -> None:
    marks = {mark.get("class"): mark for mark in marks_of(dots_svg()).values()}
    assert list(marks["chosen"].iter(f"{SPACE}path"))
    assert len(list(marks["neighbour"].iter(f"{SPACE}rect"))) == 2
    assert list(marks["other"].iter(f"{SPACE}circle"))


def test_dots_stand_highest_first() -> None:
    assert list(marks_of(dots_svg())) == ["High: 90", "Vale: 53", "Low: 12"]


def test_a_value_without_an_interval_is_drawn_without_a_line() -> None:
    marks = marks_of(dots_svg())
    assert not list(marks["Low: 12"].iter(f"{SPACE}line"))
    assert list(marks["High: 90"].iter(f"{SPACE}line"))


def test_a_spine_needs_the_whole_spread() -> None:
    assert spine_of({"min": 1.0, "q25": None, "median": 2.0, "q75": 3.0, "max": 4.0}, 1, 2) is None


def test_what_is_given_as_text_is_escaped() -> None:
    assert "<script>" not in text("<script>alert(1)</script>", 0, 0)
    assert element("a", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;"/>'
    parse(drawing("d", NASTY, NASTY, (1.5, 2), [], class_="x"))


@given(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=2),
    st.integers(min_value=2, max_value=6),
)
def test_marks_of_an_axis_enclose_all_values(values: list[float], wanted: int) -> None:
    low, high = min(values), max(values)
    marks = round_marks(low, high, wanted)
    assert marks[0] <= low + 1e-6
    assert marks[-1] >= high - 1e-6
    assert len(marks) >= 2


def test_marks_are_round_numbers() -> None:
    assert round_marks(3, 117, 3) == (0, 50, 100, 150)
    assert round_marks(0.1, 0.32, 4) == (0.1, 0.2, 0.3, 0.4)
    assert decimals_of((0.1, 0.25)) == 2
    assert decimals_of((0, 50)) == 0


def test_equal_values_fall_in_one_class() -> None:
    values = [1, 1, 1, 1, 2, 2, 3, 3, 3, 9]
    points = cut_points(values, 5)
    assert all(class_of(1, points) == class_of(value, points) for value in values if value == 1)
    assert sum(group.count for group in map_classes(values)) == len(values)
    assert cut_points([], 5) == ()


def test_one_value_makes_one_class() -> None:
    (only,) = map_classes([7.0, 7.0, None])
    assert (only.low, only.high, only.count) == (7, 7, 2)
