"""Tables: with a caption, heads for rows and columns, and links that sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.components.text import hidden
from dashboard.page import Node, bootstrap, link, node

_WIDE: Final = 4
"""Columns from which on a table is wider than the window of a phone."""


@dataclass(frozen=True)
class Column:
    """One column: its head, whether it holds numbers, and the address that sorts by it."""

    title: Node
    is_number: bool = False
    sort_address: str = ""
    sorted: str = ""
    """`ascending` or `descending` where the table is in the order of this column."""
    is_short: bool = False
    """Whether its cells are kept on one line."""

    @property
    def look(self) -> str | None:
        """The class of its cells."""
        return "number" if self.is_number else "short" if self.is_short else None


Row = Sequence[Node]
"""The cells of a row; the first is its head."""


def table(
    caption: str,
    columns: Sequence[Column],
    *bodies: Sequence[Row],
    id: str | None = None,
    look: str = "",
    is_headed: bool = False,
) -> Node:
    """Return a table that scrolls sideways by itself where the window is narrow.

    `look` is a class of the theme; where a heading above `is_headed`, the caption is only heard.
    """
    head = node("Thead", node("Tr", *[_head(column) for column in columns]))
    looks = [column.look for column in columns]
    rows = [node("Tbody", *[_row(row, looks) for row in body]) for body in bodies if body]
    made = bootstrap(
        "Table",
        node(
            "Caption",
            node("Span", caption, className="caption-text"),
            className="visually-hidden" if is_headed else None,
        ),
        head,
        *rows,
        size="sm",
        class_name=f"figures {look}".strip(),
        id=id,
    )
    # A part that scrolls must be reachable by keyboard, and then needs a name.
    scrolled = node(
        "Div", made, className="table-scroll", tabIndex="0", role="region", aria_label=caption
    )
    if len(columns) < _WIDE:
        return scrolled
    hint = node("P", "Scroll sideways for more.", className="scroll-hint note", aria_hidden="true")
    return [hint, scrolled]


def _head(column: Column) -> Node:
    if not column.sort_address:
        return node("Th", column.title, scope="col", className=column.look)
    mark = {"ascending": " ▲", "descending": " ▼"}.get(column.sorted, "")
    return node(
        "Th",
        link(
            [column.title, node("Span", mark, aria_hidden="true"), hidden(", sort")],
            column.sort_address,
        ),
        scope="col",
        className=column.look,
        aria_sort=column.sorted or None,
    )


def _row(row: Row, looks: Sequence[str | None]) -> Node:
    first, *rest = row
    cells = [
        node("Td", cell, className=look) if look else node("Td", cell)
        for cell, look in zip(rest, looks[1:], strict=True)
    ]
    return node("Tr", node("Th", first, scope="row"), *cells)


def sort_choice(current: str, column: str) -> tuple[str, str]:
    """Return what the head of a column should sort by next, and how the table is sorted now.

    Numbers are wanted highest first, so the first click sorts downwards; names upwards.
    """
    up, down = column, f"-{column}"
    if current == up:
        return down, "ascending"
    if current == down:
        return up, "descending"
    return (up if column == "name" else down), ""
