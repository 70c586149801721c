"""The table of all areas: found by words, filtered, sorted, with a reason for what is missing."""

from typing import Final

from api.contract import ObservationRow, Outcome, Status
from dashboard.components import controls
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_tables import sorted_rows, values_table
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import plural

_KEPT: Final = (
    "area", "compare", "period", "release", "model", "areas", "view", "sort",
)  # fmt: skip
WITH, WITHOUT, BEYOND, NEAR = "figure", "missing", "beyond_chance", "neighbours"


def table_view(view: IndicatorView) -> Node:
    """Return the filter, how many rows are shown, and the table."""
    rows = shown_rows(view)
    return section(
        "values",
        "Table of all areas",
        _filter(view),
        node("P", count_words(view, len(rows)), className="rows-shown"),
        values_table(view, rows),
        node("P", link("What the words for missing figures mean", "/missing"), className="note"),
        same_numbers(view.rows.address, "the table"),
    )


def _filter(view: IndicatorView) -> Node:
    options = [("", "All authorities")]
    if view.neighbours:
        options.append((NEAR, "The chosen one and its neighbours"))
    options += [(WITH, "With a figure"), (WITHOUT, "Without a figure")]
    if view.standing.able:
        options.append((BEYOND, f"Unlike {view.library.country['name']} beyond chance"))
    return controls.form(
        f"/indicators/{view.indicator['id']}",
        controls.text_field("find", "Find an authority, a region or a group", view.state.find),
        controls.select("only", "Show", options, view.state.only),
        *(controls.kept(name, getattr(view.state, name)) for name in _KEPT),
        button="Show",
        label="Filter the table",
    )


def shown_rows(view: IndicatorView) -> list[ObservationRow]:
    """Return the rows of authorities that the filter leaves, in the chosen order."""
    words = view.state.find.casefold().split()
    return [row for row in sorted_rows(view) if _is_kept(view, row) and _is_found(view, row, words)]


def _is_kept(view: IndicatorView, row: ObservationRow) -> bool:
    code, only = row["area_code"], view.state.only
    if only == NEAR:
        return code == view.state.area or code in view.neighbours
    if only in {WITH, WITHOUT}:
        return (row["status"] == Status.OK) is (only == WITH)
    if only == BEYOND:
        return view.standing.outcomes.get(code, Outcome.SIMILAR) != Outcome.SIMILAR
    return True


def _is_found(view: IndicatorView, row: ObservationRow, words: list[str]) -> bool:
    area, group = view.library.areas[row["area_code"]], view.group_of.get(row["area_code"])
    about = [row["area_name"], row["area_code"], area["region_name"] or ""]
    said = " ".join([*about, group["label"] if group else ""]).casefold()
    return all(word in said for word in words)


def count_words(view: IndicatorView, count: int) -> str:
    """Return how many authorities the table shows, and what to do where it shows none."""
    total = plural(len(view.of_level("authority")), "authority", "authorities")
    if count:
        return f"{count} of {total} shown."
    return f"None of {total} shown: write fewer letters, or choose “All authorities”."
