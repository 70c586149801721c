"""The heat table as a chart that stands by itself: a picture of up to about 30 by 30 cells."""

from api.contract import AreaCard, ComparisonRow, IndicatorCard, Status
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.heat_key import key_entries
from dashboard.components.heat_table import PATH, heat_table
from dashboard.state import State, address, authority_address
from dashboard.svg.cell_grid import GridCell, GridRow, cell_grid, key_cell
from dashboard.views.heat_choice import first_region, rows_chosen, rows_options
from dashboard.views.heat_view import HeatView
from dashboard.views.narrowing import narrowing_words
from dashboard.words.heat import heat_sentence, letter_of, look_of, mark_of
from dashboard.words.numbers import quantity

KIND = "heat"
MOST_ROWS = 40
"""More authorities than these no picture shows legibly."""
_COLUMN, _HEAD = 57.0, 170.0


def heat_chart(view: HeatView, *, is_drawn: bool) -> Chart:
    """Return the chart; on a page, where the table itself stands, it need not be drawn."""
    title = heat_title(view)
    summary = summary_of(view)
    return Chart(
        kind=KIND,
        subject="",
        state=view.state,
        title=title,
        summary=summary,
        svg=_drawn(view, title, summary) if is_drawn else "",
        meta=view.meta,
        source=_source(view),
        rows_address=view.rows.address,
        table=heat_table(view) if is_drawn else None,
        key=_key(view),
        note="▲ higher, ▼ lower than what it is compared with. Figures are the latest held; each "
        "authority’s figures are seen together, so that few differ by chance alone.",
        page_address=address(PATH, view.state),
    )


def heat_title(view: HeatView) -> str:
    """Return what is shown."""
    return f"{who(view)}: which figures differ from {view.against_words_of_all} beyond chance"


def who(view: HeatView) -> str:
    """Return which authorities are shown."""
    shown = rows_chosen(view.state) or first_region(view.library)
    words = dict(rows_options(view.state, view.library))[shown]
    said = narrowing_words(view.state, view.classes)
    return f"{words} (only {said})" if said else words


def summary_of(view: HeatView) -> str:
    """Return the sentence of the table."""
    return heat_sentence(
        len(view.areas),
        len(view.columns),
        len(view.compared),
        len(view.different),
        view.against_words_of_all,
    )


def _source(view: HeatView) -> str:
    publishers = list(dict.fromkeys(card["publisher"] for card in view.columns))
    return f"{', '.join(publishers)}; the page of each indicator names its publication."


def _drawn(view: HeatView, title: str, summary: str) -> str:
    columns = [card["short_title"] for card in view.shown_columns]
    rows = [_row(view, area) for area in view.shown_areas[:MOST_ROWS]]
    return cell_grid(KIND, title, summary, columns, rows, width=_COLUMN, head=_HEAD, is_turned=True)


def _row(view: HeatView, area: AreaCard) -> GridRow:
    code = area["code"]
    cells = tuple(
        _cell(view, view.cells.get((code, card["id"])), card) for card in view.shown_columns
    )
    way = authority_address(code, State(release=view.state.release))
    return GridRow(area["name"], cells, is_chosen=code == view.state.area, address=way)


def _cell(view: HeatView, row: ComparisonRow | None, card: IndicatorCard) -> GridCell:
    if row is None or row["value"] is None:
        return GridCell(letter_of(row["status"] if row else Status.NOT_AVAILABLE), "heat-missing")
    look = look_of(row)
    if view.is_only_beyond_chance and look in {"plain", "untested"}:
        return GridCell("·")
    figure = quantity(row["value"], card["unit"], card["decimals"])
    return GridCell(figure, f"heat-{look}", mark_of(row, card["direction"]))


def _key(view: HeatView) -> list[KeyItem]:
    return [
        KeyItem(key_cell(f"heat-{look}", sample), words)
        for look, sample, words in key_entries(view)
    ]
