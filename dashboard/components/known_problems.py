"""Known problems of figures: whom they concern, when, what happened, what totals hold."""

from collections.abc import Mapping, Sequence

from api.contract import AreaCard, KnownProblemRow
from dashboard.components.table import Column, Row, table
from dashboard.page import Node, link, node
from dashboard.state import State, authority_address
from dashboard.words.periods import day, label


def problems_table(
    problems: Sequence[KnownProblemRow], areas: Mapping[str, AreaCard], state: State
) -> Node:
    """Return the table; a release that names none says so."""
    if not problems:
        return node("P", "This release names no problems of single figures.")
    columns = [
        Column("Areas"),
        Column("Periods and publication"),
        Column("What happened"),
        Column("What the totals hold"),
    ]
    rows = [_problem(row, areas, state) for row in problems]
    return table("Figures that are missing or not what they seem", columns, rows, look="problems")


def _problem(row: KnownProblemRow, areas: Mapping[str, AreaCard], state: State) -> Row:
    named = [_area(area["code"], area["name"], areas, state) for area in row["areas"]]
    return (
        _joined(named) if named else "All",
        [periods_words(row), node("Span", row["publication"], className="note")],
        [row["what_happened"], node("Span", f"Source: {row['source']}", className="note")],
        row["what_totals_hold"] or "–",
    )


def _area(code: str, name: str, areas: Mapping[str, AreaCard], state: State) -> Node:
    held = areas.get(code)
    ended = f" (until {day(held['last_day'])})" if held and held["last_day"] else ""
    return [link(name, authority_address(code, State(release=state.release))), ended]


def _joined(named: Sequence[Node]) -> Node:
    last = len(named) - 1
    return [[one, "" if place == last else ", "] for place, one in enumerate(named)]


def periods_words(row: KnownProblemRow) -> str:
    """Return the first and the last period concerned, once where they are the same."""
    first, last = (label(row[name], "during") for name in ("first_period", "last_period"))
    said = first if first == last else f"{first} to {last}"
    return said[:1].upper() + said[1:]
