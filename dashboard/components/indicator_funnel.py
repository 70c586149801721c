"""Values against the number of children behind them, with the limits of chance around England."""

from typing import Final

from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.indicator_chart import (
    chart_of,
    dot_of,
    linked_card,
    period_words,
    ranked_rows,
    who_key,
)
from dashboard.components.indicator_unusual import unusual
from dashboard.components.text import section
from dashboard.page import Node, link, node
from dashboard.svg.element import element
from dashboard.svg.funnel import Limits, Placed, funnel
from dashboard.svg.symbols import key_symbol
from dashboard.views.indicator_view import IndicatorView
from dashboard.views.standing import LIMITS
from dashboard.words.numbers import plural
from dashboard.words.outcomes import reason_sentence

_KINDS: Final = (
    ("wide-95", "wide_funnel_lower_95", "wide_funnel_upper_95"),
    ("wide-998", "wide_funnel_lower_998", "wide_funnel_upper_998"),
    ("plain-95", "funnel_lower_95", "funnel_upper_95"),
    ("plain-998", "funnel_lower_998", "funnel_upper_998"),
)


def funnel_view(view: IndicatorView) -> Node:
    """Return the chart with its reading, or why there is none."""
    chart = funnel_chart(view)
    if chart is None:
        return section(
            "funnel", "Funnel", node("P", f"There is no funnel of this figure. {why_none(view)}")
        )
    return section(
        "funnel",
        "Funnel: more variation than chance?",
        node(
            "Div",
            linked_card(chart, "after-funnel"),
            node(
                "Div",
                node("P", _ABOUT),
                node("P", _WIDE),
                unusual(view),
                node("P", link("How limits are made", "/methods/comparison")),
                className="beside-chart",
            ),
            className="chart-and-words",
        ),
    )


_ABOUT: Final = (
    "The fewer children a figure counts, the more it moves by chance alone, so the limits are wide "
    "at the left and narrow at the right. Between the two thin lines nothing is told apart from "
    "chance."
)
_WIDE: Final = (
    "Authorities differ by more than chance in most figures. The shaded band allows for that "
    "ordinary variation too. What lies beyond it shows more variation than chance and the "
    "ordinary differences between authorities; it does not say why."
)


def why_none(view: IndicatorView) -> str:
    """Return why there is no funnel, in a sentence or two."""
    reason = view.standing.reason or view.indicator["interval_reason"]
    return reason_sentence(
        reason or "It is not made of a number of children among a larger number of children"
    )


def funnel_chart(view: IndicatorView) -> Chart | None:
    """Return the chart; None where no limits are known."""
    placed = _placed(view)
    limits = [made for made in (_limits(view, placed, *kind) for kind in _KINDS) if made.points]
    if not placed or not limits:
        return None
    country = view.library.country
    value = view.value_of(country["code"])
    title = f"{view.indicator['short_title']}, {period_words(view)}"
    line = (
        (f"{country['name']} {view.measure.quantity(value)}", value) if value is not None else None
    )
    svg = funnel(
        "funnel-chart",
        f"Funnel: {title}",
        f"{plural(len(placed), 'authority', 'authorities')}: the value upwards, the number it is "
        "counted over to the right. A band and lines show between which limits chance and ordinary "
        "variation leave a value. The table holds each authority by name.",
        placed,
        limits,
        line,
        view.measure.unit,
        "counted over →",
    )
    return chart_of(
        view,
        "funnel",
        f"{title}: values against size, with limits around {country['name']}",
        _sentence(view, placed),
        svg,
        key=_key(view, limits),
        note=f"Counted over: {view.indicator['denominator'][:1].lower()}"
        f"{view.indicator['denominator'][1:].rstrip('.')}.",
        rows_address=view.standing.address,
    )


def _placed(view: IndicatorView) -> list[Placed]:
    differing = {code for codes in view.standing.unusual.values() for code in codes}
    return [
        Placed(dot_of(view, row), float(row["denominator"]), row["area_code"] in differing)
        for row in ranked_rows(view)
        if row["denominator"] and row["area_code"] in view.standing.limits
    ]


def _limits(view: IndicatorView, placed: list[Placed], kind: str, lower: str, upper: str) -> Limits:
    """Return the limits of one kind at the size of each authority, the smallest first."""
    first, last = LIMITS.index(lower), LIMITS.index(upper)
    sizes = {
        row["area_code"]: float(row["denominator"])
        for row in ranked_rows(view)
        if row["denominator"]
    }
    points = sorted(
        (size, low, high)
        for code, size in sizes.items()
        if (limits := view.standing.limits.get(code))
        and (low := limits[first]) is not None
        and (high := limits[last]) is not None
    )
    return Limits(kind, kind, tuple(points))


def _sentence(view: IndicatorView, placed: list[Placed]) -> str:
    unusual_ones = sum(one.is_unusual for one in placed)
    country = view.library.country["name"]
    counted = (
        f"{unusual_ones or 'None'} of {plural(len(placed), 'authority', 'authorities')} "
        f"{'lies' if unusual_ones == 1 else 'lie'} beyond chance and ordinary variation around "
        f"{country}."
    )
    own = next((one for one in placed if one.dot.is_chosen), None)
    if own is None:
        return counted
    where = "is one of them" if own.is_unusual else "is not"
    return f"{counted} {own.dot.name}, {own.dot.figure}, {where}."


def _key(view: IndicatorView, limits: list[Limits]) -> list[KeyItem]:
    names = {
        "wide-95": "chance and ordinary variation, 95%",
        "wide-998": "the same, 99.8%",
        "plain-95": "chance alone, 95%",
        "plain-998": "chance alone, 99.8%",
    }
    lines = [KeyItem(_key_limit(one.kind), names[one.kind]) for one in limits]
    return [*lines, KeyItem(key_symbol("other unusual"), "beyond both"), *who_key(view)[1:]]


def _key_limit(kind: str) -> str:
    """Return a short piece of a limit, to stand before words."""
    band = element("rect", x=0, y=3, width=24, height=12, class_="band")
    return element(
        "svg",
        band if kind == "wide-95" else "",
        element("path", d="M0 9H24", class_=f"limit {kind}"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 24 18",
        class_="dots funnel key-symbol",
        aria_hidden="true",
        focusable="false",
    )
