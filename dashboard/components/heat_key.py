"""The key of the heat table: what shades, marks and letters mean, those that it has."""

from collections.abc import Sequence

from dashboard.page import Node, node
from dashboard.views.heat_view import HeatView
from dashboard.words.heat import letter_meaning, letter_of, look_of

Entry = tuple[str, str, str]
"""The look of a cell, what stands in it, and what it means."""
_NO_DIFFERENCE = ("plain", "untested")


def key_entries(view: HeatView) -> Sequence[Entry]:
    """Return what needs a key, in the order of reading."""
    areas = {area["code"] for area in view.shown_areas}
    columns = {card["id"] for card in view.shown_columns}
    rows = [
        row for row in view.rows.data if row["area_code"] in areas and row["indicator"] in columns
    ]
    against = view.against_words
    said = {
        "better": f"better than {against}",
        "worse": f"worse than {against}",
        "beyond": f"higher or lower than {against}, where no way is good",
        "plain": "similar",
        "untested": "cannot be compared",
    }
    looks = {look_of(row) for row in rows}
    if view.is_only_beyond_chance:
        looks -= set(_NO_DIFFERENCE)
    shades = [(look, "12", words) for look, words in said.items() if look in looks]
    none = [("plain", "·", "similar, or cannot be compared")] * view.is_only_beyond_chance
    statuses = dict.fromkeys(row["status"] for row in rows if row["value"] is None)
    letters = [("missing", letter_of(status), letter_meaning(status)) for status in statuses]
    return [*shades, *none, *letters]


def heat_key(view: HeatView) -> Node:
    """Return the key as a list above the table."""
    items = []
    for look, sample, words in key_entries(view):
        shown = f"▲▼ {sample}" if look in {"better", "worse", "beyond"} else sample
        swatch = node("Span", shown, className=f"heat-sample heat-{look}")
        items.append(node("Li", swatch, f" {words}"))
    marks = node("Li", "▲ higher, ▼ lower than what it is compared with")
    return node("Ul", *items, marks, className="heat-key")
