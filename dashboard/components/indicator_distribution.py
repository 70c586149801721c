"""How the values of all authorities lie, with their quarters, and who lies where."""

from dashboard.charts.chart import Chart
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_chart import (
    chart_of,
    country_line,
    dot_of,
    linked_card,
    period_words,
    ranked_rows,
    who_key,
)
from dashboard.components.text import section
from dashboard.page import Node, node
from dashboard.svg.distribution import Quarters, distribution
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import plural


def distribution_view(view: IndicatorView) -> Node:
    """Return the chart, and what quarters are."""
    chart = distribution_chart(view)
    if chart is None:
        return section(
            "distribution", "Distribution", node("P", "No authority has a figure to be shown.")
        )
    address = view.over.spread_address
    return section(
        "distribution",
        "Distribution",
        node(
            "Div",
            linked_card(chart, "after-distribution"),
            node(
                "Div",
                node("P", _ABOUT),
                same_numbers(address, "the quarters of each period") if address else None,
                className="beside-chart",
            ),
            className="chart-and-words",
        ),
    )


_ABOUT = (
    "Each dot is an authority large enough to rank. A quarter of the authorities lie below the "
    "shaded middle half and a quarter above it; half of them on either side of the dashed line, "
    "the median. A place in a quarter does not say that a difference is more than chance."
)


def distribution_chart(view: IndicatorView) -> Chart | None:
    """Return the chart; None where no authority has a figure."""
    rows = ranked_rows(view)
    if not rows:
        return None
    title = f"{view.indicator['short_title']}, {period_words(view)}"
    quarters = _quarters(view)
    svg = distribution(
        "distribution",
        f"Distribution: {title}",
        f"A dot for each of {plural(len(rows), 'authority', 'authorities')}, piled up where values "
        "are alike; the middle half is shaded. The table holds each by name.",
        [dot_of(view, row) for row in rows],
        country_line(view),
        quarters,
        view.measure.unit,
    )
    return chart_of(
        view,
        "distribution",
        f"{title}: how authorities lie",
        _sentence(view, quarters, len(rows)),
        svg,
        key=who_key(view),
    )


def _quarters(view: IndicatorView) -> Quarters | None:
    row = view.over.spread_of.get(view.period)
    if row is None or row["q25"] is None or row["q75"] is None or row["median"] is None:
        return None
    quantity = view.measure.quantity
    words = (
        f"quarter up to {quantity(row['q25'])}",
        f"middle half, median {quantity(row['median'])}",
        f"quarter from {quantity(row['q75'])}",
    )
    return Quarters(row["q25"], row["median"], row["q75"], words)


def _sentence(view: IndicatorView, quarters: Quarters | None, count: int) -> str:
    if quarters is None:
        return f"{plural(count, 'authority', 'authorities')} with a figure."
    quantity, amount = view.measure.quantity, view.measure.amount
    middle = (
        f"The middle half of the authorities lie between {quantity(quarters.q25)} and "
        f"{amount(quarters.q75)}; the median is {quantity(quarters.median)}."
    )
    own = view.value_of(view.state.area) if view.chosen and view.is_there else None
    if own is None or view.chosen is None:
        return middle
    where = (
        "in the lowest quarter" if own < quarters.q25
        else "in the highest quarter" if own > quarters.q75
        else "in the middle half"
    )  # fmt: skip
    return f"{middle} {view.chosen['name']}, {quantity(own)}, is {where}."
