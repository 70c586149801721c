"""One figure of an authority under every comparator: as a chart with a row for each, as a table."""

from typing import Final

from api.contract import ComparisonRow, Outcome
from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.comparator_words import depends_sentence
from dashboard.components.sources import is_from_returns, newest_source
from dashboard.components.table import Column, Row, table
from dashboard.components.text import outcome_tag, sentence_case
from dashboard.page import Node, node
from dashboard.svg.comparators import ComparatorLine, OwnFigure, comparator_key, comparator_rows
from dashboard.views.comparator_view import ComparatorView
from dashboard.words import periods
from dashboard.words.differences import is_between
from dashboard.words.names import opening, with_article
from dashboard.words.numbers import NO_VALUE, signed, span
from dashboard.words.outcomes import outcome_word, reason_sentence

TABLE: Final = "under-each"
"""The id of the table."""
_KEY: Final = (
    ("own", "the authority"),
    ("median", "median, the one in the middle"),
    ("mean", "mean, their average"),
    ("pooled", "all together, with its 95% interval"),
)


def comparators_chart(view: ComparatorView) -> Chart:
    """Return the chart: one row for each comparator, the figure as a line through all."""
    name, measure = view.neighbours.name, view.measure
    when = periods.label(view.period, measure.measured)
    title = f"{view.indicator['title']}, {when}: {with_article(name)} under each comparator"
    description = (
        "One row for each comparator: a bar is the median of its authorities, a cross their mean, "
        f"a square all of them together with its 95% interval. The line through all is {name}."
    )
    return Chart(
        kind="comparators",
        subject=view.neighbours.code,
        state=view.neighbours.state,
        title=title,
        summary=depends_sentence(view),
        svg=comparator_rows(
            "comparators", title, description, _own(view), _lines(view), measure.unit
        ),
        meta=view.reply.meta,
        source=_source(view),
        rows_address=view.reply.address,
        table_address=f"#{TABLE}",
        key=[
            KeyItem(comparator_key(kind), name if kind == "own" else words) for kind, words in _KEY
        ],
        note=_BETWEEN if any(map(is_between, view.rows)) else "",
        width=520,
    )


_BETWEEN: Final = (
    "Where a figure lies between the median and all together, the outcome goes by all together."
)


def _own(view: ComparatorView) -> OwnFigure:
    row = view.own
    if row is None or not view.has_value:
        return OwnFigure(view.neighbours.name, "", None, None, None)
    figure = view.measure.quantity(row["value"])
    return OwnFigure(view.neighbours.name, figure, row["value"], row["ci_lower"], row["ci_upper"])


def _lines(view: ComparatorView) -> list[ComparatorLine]:
    return [
        ComparatorLine(
            name=sentence_case(view.name_of(row["with"])),
            outcome=outcome_word(row),
            median=row["median"],
            mean=row["mean"],
            pooled=row["pooled"],
            lower=row["pooled_ci_lower"],
            upper=row["pooled_ci_upper"],
        )
        for row in view.rows
    ]


def _source(view: ComparatorView) -> str:
    newest = newest_source(view.indicator["sources"])
    if newest is None:
        return view.indicator["publisher"]
    if is_from_returns(newest):
        return "returns of authorities, provisional"
    on = f", published on {periods.day(newest['published_on'])}" if newest["published_on"] else ""
    return f"{newest['publisher']}, {newest['title']}{on}"


def comparators_table(view: ComparatorView) -> Node:
    """Return the same as numbers, with how many authorities have data and why some have none."""
    columns = [
        Column("Compared with"),
        Column("With data", is_number=True),
        Column("Median", is_number=True),
        Column("Mean", is_number=True),
        Column("All together", is_number=True),
        Column("95% interval", is_number=True),
        Column("Difference", is_number=True),
        Column("Outcome"),
    ]
    caption = f"{opening(view.neighbours.name)} under each comparator"
    return table(
        caption,
        columns,
        [_row(view, row) for row in view.rows],
        id=TABLE,
        look="wrapped-heads",
    )


def _row(view: ComparatorView, row: ComparisonRow) -> Row:
    measure = view.measure
    held, of = row["members_with_data"], row["members"]
    interval = span(
        row["pooled_ci_lower"], row["pooled_ci_upper"], measure.unit, measure.decimals + 1
    )
    return (
        sentence_case(view.name_of(row["with"])),
        f"{held} of {of}" if of else NO_VALUE,
        measure.quantity(row["median"]),
        measure.quantity(row["mean"]),
        measure.quantity(row["pooled"]),
        interval,
        _difference(row, measure.unit, measure.decimals),
        _outcome(row),
    )


def _difference(row: ComparisonRow, unit: str, decimals: int) -> Node:
    if row["difference"] is None:
        return NO_VALUE
    said = signed(row["difference"], decimals)
    sign = " points" if unit == "%" else ""
    shown = {"value": "the published figure", "pooled": "all together"}.get(
        row["statistic_shown"], f"the {row['statistic_shown']}"
    )
    return [f"{said}{sign}", node("Span", f"from {shown}", className="note")]


def _outcome(row: ComparisonRow) -> Node:
    tag = outcome_tag(outcome_word(row))
    if row["outcome"] == Outcome.CANNOT_COMPARE:
        return [tag, node("Span", reason_sentence(row["reason"]), className="note")]
    return tag
