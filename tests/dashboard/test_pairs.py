"""Pages of pairs: both figures of each authority, on a chart, in words and in a table."""

from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard.prerender import to_html
from dashboard.svg.labels import box_of
from dashboard.svg.quadrant import Point, Way, key_symbol, quadrant_chart
from dashboard.words.outcomes import Measure
from dashboard.words.pairs import (
    BEYOND,
    QUADRANTS,
    Side,
    beyond_words,
    chosen_sentence,
    correlation_words,
    quadrant_words,
)
from tests.dashboard.fake_api import RATE, SHARE, FakeApi
from tests.dashboard.fake_pairs import PAIR, UNTESTED, pair_card
from tests.dashboard.reading import AUTHORITY, nodes_of, rendered, tables_of, text_of

SPACE = "{http://www.w3.org/2000/svg}"
NASTY = "Stoke & <Trent> \"city\" 'x'"
CHOSEN = f"/pairs/{PAIR}?area={AUTHORITY}"
X = Side("Moves", "Children who move", Measure("%", 0, "during"), "RY2025", 10, "Country")
Y = Side("Stays", "Children who stay", Measure("%", 0, "snapshot"), "RY2025", 69, "Country")
ROW: dict[str, Any] = {
    "area_name": "Vale", "x": SHARE, "y": RATE,
    "x_value": 12, "x_lies": "higher", "y_value": 60, "y_lies": "lower",
    "quadrant": "higher_lower", "beyond_chance": "both", "reason_code": None, "reason": None,
}  # fmt: skip


def said(**changes: Any) -> str:
    row: Any = ROW | changes
    return chosen_sentence(row, X, Y, "Country")


def drawn(name: str = "Vale") -> ElementTree.Element:
    points = [
        Point(f"{name}: 12, 60", 12, 60, name, is_chosen=True),
        Point("Low: 5, 70", 5, 70, is_neighbour=True),
        Point("Other: 9, 80", 9, 80),
    ]
    ways = Way("Moves", "%", 10, "Country 10%"), Way("Stays", "%", 69, "Country 69%")
    svg = quadrant_chart("chart", f"Both: {name}", "Each authority.", points, *ways)
    return ElementTree.fromstring(svg)  # noqa: S314 - made by us a line above


def words_of(root: ElementTree.Element) -> list[str]:
    return [found.text or "" for found in root.iter(f"{SPACE}text")]


def test_the_sentence_gives_both_figures_times_lines_and_chance() -> None:
    assert said() == (
        "Vale: “Moves” 12% in the year ending 31 March 2025, higher than Country (10%); “Stays” "
        "60% on 31 March 2025, lower than Country (69%). Both differ from Country by more than "
        "chance."
    )


def test_a_quadrant_within_chance_is_said_to_say_little() -> None:
    found = said(beyond_chance="neither")
    assert found.endswith(
        "Neither differs from Country by more than chance. So its quadrant says little."
    )


def test_on_a_line_is_in_no_quadrant() -> None:
    found = said(x_value=10, x_lies="level", quadrant=None, reason_code="on_a_line",
                 beyond_chance="neither")  # fmt: skip
    assert "the same as Country (10%)" in found
    assert "on a line, and in no quadrant" in found
    assert "says little" not in found


def test_a_missing_figure_is_said_with_its_reason_and_without_a_number() -> None:
    reason = "There is no value: “Moves” suppressed"
    found = said(x_value=None, x_lies=None, quadrant=None, reason=reason, beyond_chance=None)
    assert found == f"Vale stands in no quadrant. {reason}."


def test_what_cannot_be_tested_is_not_called_chance() -> None:
    found = said(beyond_chance=None)
    assert "nobody can say whether it differs from Country by more than chance" in found


def test_every_quadrant_and_every_result_has_its_words() -> None:
    assert {quadrant_words(quadrant) for quadrant in QUADRANTS} == {
        "higher, higher", "higher, lower", "lower, higher", "lower, lower"
    }  # fmt: skip
    assert quadrant_words(None, "on_a_line") == "on a line"
    assert len({beyond_words(beyond) for beyond in (*BEYOND, None)}) == len(BEYOND) + 1


def test_a_correlation_in_few_words_has_n_and_interval() -> None:
    card: Any = pair_card(FakeApi().figures, PAIR, "RY2025")
    held = f"over {card['authorities']} authorities."
    assert correlation_words(card) == f"Rank correlation 0.31 (95% interval 0.16 to 0.45) {held}"
    none = pair_card(FakeApi().figures, PAIR, "RY2023")
    assert correlation_words(none) == "No rank correlation: no year in which both have figures."  # type: ignore[arg-type]


def test_a_chart_is_a_named_image_whatever_the_names() -> None:
    root = drawn(NASTY)
    assert root.get("role") == "img"
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} == {
        "chart-title", "chart-desc"
    }  # fmt: skip
    assert NASTY in words_of(root)


def test_kinds_of_authorities_differ_by_shape_and_the_chosen_is_drawn_last() -> None:
    shapes = {
        group.get("class"): next(
            part.tag.removeprefix(SPACE) for part in group if part.get("class") == "symbol"
        )
        for group in drawn().iter(f"{SPACE}g")
    }
    assert shapes == {"other": "circle", "neighbour": "rect", "chosen": "path"}
    assert list(shapes)[-1] == "chosen"


def test_lines_and_corners_are_told_in_words() -> None:
    words = words_of(drawn())
    assert {"Country 10%", "Country 69%", "→ higher, ↑ lower", "→ lower, ↑ higher"} <= set(words)


def test_higher_lies_right_and_up() -> None:
    place = {
        (group.find(f"{SPACE}title").text or "")[:3]: group  # type: ignore[union-attr]
        for group in drawn().iter(f"{SPACE}g")
    }
    low, other = place["Low"].find(f"{SPACE}rect"), place["Oth"].find(f"{SPACE}circle")
    assert low is not None
    assert other is not None
    assert float(low.get("x", "")) < float(other.get("cx", ""))
    assert float(low.get("y", "")) > float(other.get("cy", ""))


def test_a_chart_without_lines_or_authorities_is_drawn_all_the_same() -> None:
    ways = Way("Moves", "%", None, ""), Way("Stays", "%", None, "")
    root = ElementTree.fromstring(quadrant_chart("c", "t", "d", [], *ways))  # noqa: S314
    assert not [line for line in root.iter(f"{SPACE}line") if line.get("class") == "ref country"]


@pytest.mark.parametrize("kind", ["chosen", "neighbour", "other"])
def test_the_key_shows_the_symbol_of_each_kind(kind: str) -> None:
    assert f'class="{kind}"' in key_symbol(kind)


def test_the_page_has_the_chart_its_words_and_every_authority_in_a_table() -> None:
    page = rendered(CHOSEN)
    tables = tables_of(page)
    near, others = (rows for name, rows in tables.items() if name.startswith("Both figures of"))
    rows = [*near, *others]
    assert len(rows) == len(FakeApi().figures.authorities)
    assert "chosen" in rows[0][0]
    assert "neighbour" in rows[1][0]
    assert [row[2] for row in tables["The quadrants in words"]] == [
        "What higher and higher says.", "What higher and lower says.",
        "What lower and higher says.", "What lower and lower says.",
    ]  # fmt: skip
    assert 'role="img"' in to_html(page.content)


def test_the_page_says_why_what_to_mind_and_leads_to_both_indicators() -> None:
    page = rendered(CHOSEN)
    words = text_of(page.content)
    assert "Either can improve at the cost of the other." in words
    assert "Both follow <deprivation>." in words
    assert "need not go together over children" in words
    links = {found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"}
    assert {f"/indicators/{id}?area={AUTHORITY}" for id in (RATE, SHARE)} <= links


def test_a_figure_that_cannot_be_tested_is_said_on_the_page() -> None:
    rows = tables_of(rendered(f"/pairs/{UNTESTED}"))["Both figures of each authority"]
    assert {row[4] for row in rows} == {"cannot be said"}


def test_a_year_without_both_figures_is_explained_and_has_no_table() -> None:
    page = rendered(f"/pairs/{PAIR}?period=RY2023")
    assert "no year in which both have figures" in page.description
    assert "Both figures of each authority" not in tables_of(page)


def test_an_area_that_is_no_authority_has_no_place() -> None:
    page = rendered(f"/pairs/{PAIR}?area=X92000001")
    assert "only authorities" in page.description


def test_an_unknown_pair_or_area_is_a_page_that_says_so() -> None:
    assert rendered("/pairs/nothing").status == 404
    assert rendered(f"/pairs/{PAIR}?area=nowhere").status == 404


def test_the_list_leads_to_each_pair_and_keeps_the_chosen_authority() -> None:
    page = rendered(f"/pairs?area={AUTHORITY}")
    links = [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]
    assert {f"/pairs/{id}?area={AUTHORITY}" for id in (PAIR, UNTESTED)} <= set(links)


def test_the_page_of_an_indicator_leads_to_its_pairs() -> None:
    page = rendered(f"/indicators/{RATE}?area={AUTHORITY}")
    links = [found["props"]["href"] for found in nodes_of(page.content) if found["type"] == "A"]
    assert f"/pairs/{PAIR}?area={AUTHORITY}" in links
    assert "Read together with" not in text_of(rendered(f"/indicators/{SHARE}").content)


def test_the_name_of_a_line_stands_on_top_of_dots_at_the_end_with_fewer_of_them() -> None:
    crowd = [Point(f"{x}", x, 70, "Vale" if x == 90 else "", is_chosen=x == 90) for x in (90, 99)]
    ways = Way("Moves", "%", 50, "Country 50%"), Way("Stays", "%", 70, "Country 70%")
    points = [Point("Low", 0, 0), *crowd]
    root = ElementTree.fromstring(quadrant_chart("c", "t", "d", points, *ways))  # noqa: S314
    texts = {found.text: found for found in root.iter(f"{SPACE}text")}
    assert texts["Country 70%"].get("text-anchor") == "start"
    assert list(root)[-1].text == "Country 70%"


def test_names_of_neighbours_lie_on_no_other_name_and_the_chosen_one_is_always_written() -> None:
    crowd = [
        Point(f"N{n}", 50, 50 + n / 100, f"Neighbour {n}", is_neighbour=True) for n in range(30)
    ]
    points = [Point("Low", 0, 0), Point("High", 99, 99), *crowd, Point("V", 50, 50, "Vale", True)]
    ways = Way("Moves", "%", 50, "Country 50%"), Way("Stays", "%", 50, "Country 50%")
    root = ElementTree.fromstring(quadrant_chart("c", "t", "d", points, *ways))  # noqa: S314
    names = [found for found in root.iter(f"{SPACE}text") if "name" in (found.get("class") or "")]
    boxes = [
        box_of(one.text or "", float(one.get("x") or 0), float(one.get("y") or 0), anchor)
        for one in names
        if (anchor := one.get("text-anchor")) and "axis" not in (one.get("class") or "")
    ]
    assert "Vale" in words_of(root)
    assert 2 < len(boxes) < len(crowd)
    assert not [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
