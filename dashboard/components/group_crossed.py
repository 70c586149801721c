"""The cross-tabulation of two groupings: a table with shades, what overlaps, and its picture."""

from api.contract import GroupRow
from dashboard.asking import csv_address
from dashboard.charts.chart import Chart
from dashboard.components.chart_share import share
from dashboard.components.group_strips import source_words
from dashboard.components.text import section, sentence_case
from dashboard.page import Node, bootstrap, link, node
from dashboard.state import address
from dashboard.svg.cell_grid import GridCell, GridRow, cell_grid
from dashboard.views.group_choice import by_words
from dashboard.views.group_cross import FEW, MEDIAN, TOGETHER, TOO_FEW, Cross
from dashboard.views.group_view import GroupView
from dashboard.views.narrowing import narrowing_words
from dashboard.words import periods
from dashboard.words.groups import overlap_sentence, within_sentence

KIND = "groups_cross"
_NAMES = {MEDIAN: "the median authority", TOGETHER: "each group as a whole"}
_COLUMN, _HEAD = 118.0, 220.0

_DIFFER = "Do they differ beyond chance?"


def cross_section(view: GroupView) -> Node:
    """Return the section of two groupings; nothing where no second one is chosen."""
    if view.crossed is None or view.is_count:
        return None
    cross = Cross(view, view.crossed.data)
    title = f"By {by_words(view.title)} and {by_words(view.across_title)}"
    picture = cross_chart(view)
    return section(
        "cross",
        title,
        node("P", within_sentence(cross, by_words(view.title), by_words(view.across_title))),
        *[node("P", overlap_sentence(one)) for one in cross.overlaps()],
        _switch(view, cross),
        _table(cross),
        node("P", _HOW_TO_READ, className="note"),
        share(picture),
    )


_HOW_TO_READ = (
    f"Each cell: the figure, and of how many authorities it is. Fewer than {FEW} are marked as "
    f"few; of fewer than {TOO_FEW} no figure is given. A darker shade is a higher figure. The last "
    "line is a test within each column; of many tests one in twenty finds a difference by chance "
    "alone."
)


def _switch(view: GroupView, cross: Cross) -> Node:
    """Return the links that change what stands in the cells."""
    items = [
        node(
            "Li",
            link(
                words[:1].upper() + words[1:],
                f"{address('/compare', view.state.changed(view=_word(shown)))}#cross",
                aria_current="true" if shown == cross.shows else None,
            ),
        )
        for shown, words in _NAMES.items()
    ]
    return node("Ul", *items, className="switch", aria_label="What the cells show")


def _word(shown: str) -> str:
    return "" if shown == MEDIAN else shown


def _table(cross: Cross) -> Node:
    view = cross.view
    when = periods.label(view.period or "", view.measure.measured)
    caption = f"{view.indicator['short_title']}, {when}: {_NAMES[cross.shows]}"
    heads = [node("Th", label, scope="col", className="number") for label in cross.across.values()]
    rows = [
        node(
            "Tr",
            node("Th", view.label(group), scope="row"),
            *[_cell(cross, cross.cells.get((group["group"], code))) for code in cross.across],
        )
        for group in view.rows
    ]
    verdicts = [node("Td", cross.verdict(code), className="number") for code in cross.across]
    foot = node("Tr", node("Th", _DIFFER, scope="row"), *verdicts)
    made = bootstrap(
        "Table",
        node("Caption", node("Span", caption, className="caption-text")),
        node("Thead", node("Tr", node("Th", sentence_case(view.title), scope="col"), *heads)),
        node("Tbody", *rows),
        node("Tbody", foot),
        size="sm",
        class_name="figures crossed wrapped-heads",
    )
    return node(
        "Div", made, className="table-scroll", tabIndex="0", role="region", aria_label=caption
    )


def _cell(cross: Cross, cell: GroupRow | None) -> Node:
    words, under = cell_words(cross, cell)
    shade = cross.shade(cell)
    return node(
        "Td",
        node("Span", words, className="cell-figure"),
        node("Span", under, className="cell-count") if under else None,
        className=f"number cell {shade}".strip(),
    )


def cell_words(cross: Cross, cell: GroupRow | None) -> tuple[str, str]:
    """Return the figure of a cell and of how many authorities it is."""
    if cell is None:
        return "none", ""
    count = cell["members_with_data"] or 0
    value = cross.value(cell)
    few = ", few" if TOO_FEW <= count < FEW else ""
    figure = "too few" if value is None else cross.view.measure.quantity(value)
    return figure, f"of {count}{few}"


def cross_chart(view: GroupView) -> Chart:
    """Return the picture of the table; drawn only where a chart stands by itself."""
    crossed = view.crossed or view.groups
    cross = Cross(view, crossed.data)
    when = periods.label(view.period or "", view.measure.measured)
    title = (
        f"{view.indicator['short_title']}, {when}: {_NAMES[cross.shows]}, by "
        f"{by_words(view.title)} and {by_words(view.across_title)}"
    )
    said = narrowing_words(view.state, view.classes)
    summary = within_sentence(cross, by_words(view.title), by_words(view.across_title))
    page_address = f"{address('/compare', view.state)}#cross"
    rows = [
        GridRow(
            view.label(group),
            tuple(_picture_cell(cross, cross.cells.get((group["group"], c))) for c in cross.across),
            address=page_address,
        )
        for group in view.rows
    ]
    verdicts = tuple(GridCell(cross.verdict(code)) for code in cross.across)
    rows.append(GridRow(_DIFFER, verdicts))
    svg = cell_grid(
        KIND, title, summary, list(cross.across.values()), rows, width=_COLUMN, head=_HEAD
    )
    return Chart(
        kind=KIND,
        subject="",
        state=view.state,
        title=f"{title} (only {said})" if said else title,
        summary=summary,
        svg=svg,
        meta=view.meta,
        source=source_words(view),
        rows_address=crossed.address,
        csv_address=csv_address(crossed.address),
        table=_table(cross),
        note=_HOW_TO_READ,
        page_address=page_address,
    )


def _picture_cell(cross: Cross, cell: GroupRow | None) -> GridCell:
    words, under = cell_words(cross, cell)
    return GridCell(words, cross.shade(cell), under=under)
