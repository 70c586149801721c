"""Charts of all authorities and of all periods: who is named, what is cut, what stands apart."""

import itertools
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from dashboard.svg.distribution import distribution
from dashboard.svg.dots import Dot
from dashboard.svg.lines import At, Course, courses_chart
from dashboard.svg.ranked import ranked
from tests.dashboard.drawings import (
    LINES,
    SPACE,
    distribution_svg,
    dots_of,
    funnel_svg,
    parse,
    ranked_svg,
    trend_svg,
)


def course(name: str, values: Sequence[float | None], cuts: frozenset[int] = frozenset()) -> Course:
    return Course(name, "1,330.0", "chosen", tuple(At(value) for value in values), cuts)


def lines_svg(courses: Sequence[Course], *, from_zero: bool = True) -> ElementTree.Element:
    labels = [str(2020 + n) for n in range(len(courses[0].ats))]
    return parse(courses_chart("t", "t", "d", labels, courses, "%", from_zero=from_zero))


def paths_of(root: ElementTree.Element) -> list[str]:
    return [p.get("d") or "" for p in root.iter(f"{SPACE}path") if p.get("class") == "path"]


def test_labels_that_would_touch_are_set_apart() -> None:
    root = lines_svg([course(f"area {n}", [50, 50]) for n in range(5)])
    places = sorted(
        float(found.get("y") or 0)
        for found in root.iter(f"{SPACE}text")
        if (found.get("class") or "").startswith("name")
    )
    assert len(places) == 5
    assert all(lower - upper >= 16 for upper, lower in itertools.pairwise(places))


@pytest.mark.parametrize(
    "name", ["Great Port upon the Long River", "Highmoor, Christmouth and Pooleham", "Vale"]
)
def test_labels_stay_within_the_drawing_however_long_the_name(name: str) -> None:
    root = lines_svg([course(other, [327, 330]) for other in (name, "Country", name)])
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    labels = [f for f in root.iter(f"{SPACE}text") if (f.get("class") or "").startswith("name")]
    for found in labels:
        x, y = float(found.get("x") or 0), float(found.get("y") or 0)
        letter = 9.5  # units, of a type of 18 in a narrow window
        assert x + letter * len(found.text or "") <= width
        assert 0 < y < height


def test_a_missing_value_and_a_break_part_a_line() -> None:
    assert len(paths_of(lines_svg([course("Vale", [1, 2, 3, 4])]))) == 1
    assert len(paths_of(lines_svg([course("Vale", [1, 2, None, 3, 4])]))) == 2
    assert len(paths_of(lines_svg([course("Vale", [1, 2, 3, 4], frozenset({2}))]))) == 2


def test_an_axis_begins_at_zero_unless_the_figures_are_asked_for() -> None:
    def first_mark(root: ElementTree.Element) -> str:
        marks = [t.text or "" for t in root.iter(f"{SPACE}text") if t.get("class") == "mark"]
        return marks[0]

    values = [course("Vale", [80, 90])]
    assert first_mark(lines_svg(values)) == "0%"
    assert first_mark(lines_svg(values, from_zero=False)) != "0%"


def test_a_provisional_figure_is_a_hollow_mark() -> None:
    classes = [g.get("class") for g in parse(trend_svg()).iter(f"{SPACE}g")]
    assert classes.count("at hollow") == 1


def test_the_chosen_and_those_pointed_out_are_named_on_a_ranking() -> None:
    words = [t.text for t in parse(ranked_svg()).iter(f"{SPACE}text")]
    assert {"53 Vale", "12 Near", "33 There"} <= set(words)
    assert "5 Area 5" not in words


def test_where_nobody_is_chosen_the_ends_of_a_ranking_are_named() -> None:
    dots = dots_of()[:40]
    words = [t.text for t in parse(ranked("r", "r", "d", dots, LINES, "%")).iter(f"{SPACE}text")]
    assert {"39 Area 39", "0 Area 0"} <= set(words)
    assert "20 Area 20" not in words


def test_the_middle_half_is_seen_on_a_distribution() -> None:
    root = parse(distribution_svg())
    assert [r.get("class") for r in root.iter(f"{SPACE}rect")].count("half") == 1
    assert "middle half" in [t.text for t in root.iter(f"{SPACE}text")]


def test_no_two_dots_of_a_distribution_lie_on_each_other() -> None:
    alike = [Dot(f"A{n}", f"A{n}", 5.0, None, None, "5", f"/{n}") for n in range(60)]
    root = parse(distribution("d", "d", "d", [*alike, *dots_of()], [], None, "%"))
    places = [(c.get("cx"), c.get("cy")) for c in root.iter(f"{SPACE}circle")]
    assert len(places) == len(set(places)) == 100


def test_what_is_unusual_is_told_apart_and_named_on_a_funnel() -> None:
    root = parse(funnel_svg())
    marked = [
        mark.findtext(f"{SPACE}title")
        for mark in root.iter(f"{SPACE}g")
        if mark.get("data-go") and "unusual" in str(mark.get("class"))
    ]
    assert marked == ["Area 39: 39", "Vale: 53"]
    assert "39 Area 39" in [t.text for t in root.iter(f"{SPACE}text")]
