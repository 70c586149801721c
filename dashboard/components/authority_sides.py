"""Outcomes beside performance, each as a list of which the first lines stand open."""

from collections.abc import Callable, Sequence
from typing import Final

from api.contract import ProfileRow
from dashboard.page import Node, bootstrap, node
from dashboard.words.numbers import plural

_SHOWN: Final = 6
"""Lines of each side that stand open; the others are folded."""
_SIDES: Final = (
    ("outcome", "Outcomes", "outcome", "outcomes"),
    ("performance", "Performance", "measure of performance", "measures of performance"),
)

Line = Callable[[ProfileRow], Node]


def sides(
    section: str,
    rows: Sequence[ProfileRow],
    line: Line,
    did: Callable[[int], str],
    none: str,
) -> Node:
    """Return both sides of a section.

    `did` is what stands after a number of indicators, such as `that changed`, and `none` what a
    side says that has no row.
    """
    columns = []
    for kind, title, one, many in _SIDES:
        held = [row for row in rows if row["kind"] == kind]
        shown, others = held[:_SHOWN], held[_SHOWN:]
        summary = f"{plural(len(others), f'more {one}', f'more {many}')} {did(len(others))}"
        columns.append(
            bootstrap(
                "Col",
                node("H3", title, id=f"{section}-{kind}"),
                _lines(shown, line) if held else node("P", none, className="note"),
                folded(summary, others, line) if others else None,
                xs=12,
                lg=6,
            )
        )
    return bootstrap("Row", *columns, class_name="g-4")


def folded_context(rows: Sequence[ProfileRow], line: Line, did: Callable[[int], str]) -> Node:
    """Return the indicators of context, folded and given no side; nothing where there are none."""
    context = [row for row in rows if row["kind"] == "context"]
    if not context:
        return None
    summary = f"{plural(len(context), 'indicator')} of context {did(len(context))}"
    return folded(summary, context, line, look="lines two-columns")


def folded(summary: str, rows: Sequence[ProfileRow], line: Line, *, look: str = "lines") -> Node:
    """Return lines behind a summary."""
    return node(
        "Details",
        node("Summary", node("Span", summary, className="fold-title")),
        _lines(rows, line, look),
        className="fold unlike-more",
    )


def _lines(rows: Sequence[ProfileRow], line: Line, look: str = "lines") -> Node:
    return node("Ul", *[line(row) for row in rows], className=look)
