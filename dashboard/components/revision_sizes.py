"""How many figures of each indicator were revised and by how much, each with its full list."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.answers import Library
from dashboard.components.table import Column, table
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.words.numbers import number, plural, quantity, unit_word

_COLUMNS = (
    Column("Indicator"),
    Column("Revised", is_number=True),
    Column("Of figures shown", is_number=True),
    Column("Median", is_number=True),
    Column("Largest", is_number=True),
    Column("Every revision"),
)


def revision_sizes(
    rows: Sequence[Mapping[str, Any]], library: Library, state: State, address: str
) -> Node:
    """Return a table of the indicators with revised values; nothing where there are none.

    `address` is that of the full list of changes.
    """
    measured = [row for row in rows if row["with_size"] and row["indicator"] in library.indicators]
    if not measured:
        return None
    count = sum(row["with_size"] for row in measured)
    title = f"How large the revisions are: {plural(count, 'revised value')}"
    note = (
        "A revision counts regardless of its direction, in the unit of its indicator; for "
        "percentages that is percentage points. Parts such as age groups count as figures too. "
        "Figures that were suppressed or withdrawn have no size."
    )
    return node(
        "Details",
        node("Summary", node("Span", title, className="fold-title")),
        node("P", note, className="note"),
        table(
            "Sizes of revisions, by indicator",
            _COLUMNS,
            [_line(row, library, state, address) for row in measured],
            is_headed=True,
        ),
        id="changes-sizes",
        className="fold",
    )


def size_words(size: float | None, unit: str, decimals: int) -> str:
    """Return the size of a revision: `2 points`, `£1,067`, `3.4 per 10,000`."""
    if unit == "%":
        plain = number(size, decimals)
        return plain if size is None else f"{plain} {'point' if plain == '1' else 'points'}"
    plain, word = quantity(size, unit, decimals), unit_word(unit)
    return f"{plain} {word.removesuffix('s') if plain == '1' else word}".strip()


def _line(row: Mapping[str, Any], library: Library, state: State, address: str) -> tuple[Node, ...]:
    id = row["indicator"]
    card = library.indicators[id]
    unit, decimals = card["unit"], card["decimals"]
    return (
        link(card["title"], indicator_address(id, State(release=state.release))),
        number(row["with_size"]),
        number(row["figures"]),
        size_words(row["median_size"], unit, decimals),
        size_words(row["largest_size"], unit, decimals),
        link(
            ["Largest first", hidden(f", {card['short_title']}")],
            f"{address}?indicator={id}&kind=revised&order=size",
        ),
    )
