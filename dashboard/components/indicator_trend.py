"""An indicator over all periods that are held: lines for a few areas, breaks and gaps in words."""

from collections.abc import Sequence
from typing import Final

from api.contract import AreaCard, Flag, ObservationRow, Status
from dashboard.charts.chart import Chart
from dashboard.components.area_history import kin_of
from dashboard.components.indicator_chart import chart_of
from dashboard.components.indicator_dates import break_places, dated_marks
from dashboard.svg.lines import At, Course, Middle, courses_chart
from dashboard.views.indicator_view import IndicatorView
from dashboard.views.indicator_views import TREND
from dashboard.words import periods
from dashboard.words.history import kin_label
from dashboard.words.names import with_article
from dashboard.words.outcomes import join_words
from dashboard.words.statuses import flag_words, status_reason
from dashboard.words.trends import trend_sentences

FROM_DATA: Final = "data"
"""The word of `axis=` for an axis that begins where the figures do."""
_FURTHER: Final = 6
"""So many further lines have looks of their own."""


def trend_chart(view: IndicatorView, id: str = "trend", *, is_small: bool = False) -> Chart | None:
    """Return the chart of all periods; None where no more than one has a figure."""
    shown = shown_periods(view)
    if len(shown) < len("ab"):
        return None
    courses = [
        made
        for area, kind in _whom(view)
        if (made := _course(view, area, kind, shown))
        and any(at.value is not None for at in made.ats)
    ]
    neighbours = None if is_small else _neighbours(view, shown)
    courses += [neighbours] if neighbours else []
    if not courses:
        return None
    labels = [periods.short(period) for period in shown]
    title = f"{view.indicator['short_title']}, {labels[0]} to {labels[-1]}"
    breaks = break_places(view, shown)
    svg = courses_chart(
        id,
        f"Trend: {title}",
        _description(courses, labels),
        labels,
        courses,
        view.measure.unit,
        middle=None if is_small else _middle(view, shown),
        marks=dated_marks(view, shown, with_inspections=not is_small and has_own_line(view)),
        from_zero=view.state.axis != FROM_DATA,
    )
    return chart_of(
        view,
        "trend",
        f"{title}: {_named(view, courses)}",
        trend_words(view),
        svg,
        note=_note(view, shown, breaks),
        rows_address=view.over.address,
        table_address=f"{view.to_view(TREND)}#{PERIODS_TABLE}" if is_small else f"#{PERIODS_TABLE}",
    )


PERIODS_TABLE: Final = "all-periods"
"""The id of the table of the figures in all periods."""


def shown_periods(view: IndicatorView) -> list[str]:
    """Return the periods of which any area shown has a figure, the oldest first."""
    held = {row["period"] for row in view.over.rows if row["status"] == Status.OK}
    known = [period for period in view.indicator["periods"] if period in view.over.ends]
    places = [place for place, period in enumerate(known) if period in held]
    return known[places[0] : places[-1] + 1] if places else []


def trend_areas(view: IndicatorView) -> list[AreaCard]:
    """Return the areas that have a line, the most important first."""
    held = {row["area_code"] for row in view.over.rows if row["status"] == Status.OK}
    return [area for area, _ in _whom(view) if area["code"] in held]


def has_own_line(view: IndicatorView) -> bool:
    """Return whether the chosen authority has a line, so that its inspections belong on it."""
    return view.chosen in trend_areas(view)


def _whom(view: IndicatorView) -> list[tuple[AreaCard, str]]:
    """Return the areas with a line and the look of each, the most important first."""
    country, areas = view.library.country, view.library.areas
    chosen = None if view.is_count else view.chosen
    who: list[tuple[AreaCard, str]] = []
    if chosen:
        who.append((chosen, "region" if chosen["kind"] == "region" else "chosen"))
        who += [(area, "kin") for area in kin_of(chosen, view.library)]
    who.append((country, "country"))
    region = areas.get(view.chosen["region"] or "") if view.chosen else None
    who += [(region, "region")] if region else []
    for place, area in enumerate(view.highlighted[:_FURTHER]):
        if area["code"] not in {one["code"] for one, _ in who}:
            who.append((area, f"further further-{place}"))
    return who


def _course(view: IndicatorView, area: AreaCard, kind: str, shown: Sequence[str]) -> Course | None:
    rows = [view.over.row_of(area["code"], period) for period in shown]
    if not any(rows):
        return None
    last = next((row for row in reversed(rows) if row and row["status"] == Status.OK), None)
    name = kin_label(area) if kind == "kin" else area["name"]
    own_breaks = {place for place, row in enumerate(rows) if row and Flag.BREAK in row["flags"]}
    return Course(
        name=name,
        figure=view.measure.quantity(last["value"]) if last else "",
        kind=kind,
        ats=tuple(_at(view, row, period) for row, period in zip(rows, shown, strict=True)),
        cuts=frozenset(own_breaks | set(break_places(view, shown))),
    )


def _at(view: IndicatorView, row: ObservationRow | None, period: str) -> At:
    when = periods.label(period, view.measure.measured)
    if row is None or row["status"] != Status.OK:
        return At(None)
    notes = f" ({flag_words(row['flags'])})" if row["flags"] else ""
    label = f"{row['area_name']}, {when}: {view.measure.amount(row['value'])}{notes}"
    is_provisional = Flag.PROVISIONAL in row["flags"]
    return At(float(row["value"] or 0), label, is_hollow=is_provisional)


def _neighbours(view: IndicatorView, shown: Sequence[str]) -> Course | None:
    medians = view.over.median_of
    values = [medians.get(period) for period in shown]
    known = [value for value in values if value is not None]
    if not known or not view.is_there:
        return None
    name = "median of its neighbours"
    ats = tuple(
        At(value, f"{name}, {periods.label(period, view.measure.measured)}: {value}")
        for value, period in zip(values, shown, strict=True)
    )
    cuts = frozenset(break_places(view, shown))
    return Course(name, view.measure.quantity(known[-1]), "neighbours", ats, cuts)


def _middle(view: IndicatorView, shown: Sequence[str]) -> Middle | None:
    held = view.over.spread_of
    spans: list[tuple[float, float] | None] = []
    for period in shown:
        row = held.get(period)
        low, high = (row["q25"], row["q75"]) if row else (None, None)
        spans.append(None if low is None or high is None else (low, high))
    if not any(spans):
        return None
    cuts = frozenset(break_places(view, shown))
    return Middle("middle half of authorities", tuple(spans), cuts)


def _named(view: IndicatorView, courses: Sequence[Course]) -> str:
    country = view.library.country["name"]
    own = next((one.name for one in courses if one.kind == "chosen"), "")
    return f"{own} beside {country}" if own else country


def _description(courses: Sequence[Course], labels: Sequence[str]) -> str:
    ends = "; ".join(f"{course.name} {course.figure}" for course in courses)
    return f"A line for each area from {labels[0]} to {labels[-1]}. Last figures: {ends}."


def trend_words(view: IndicatorView) -> str:
    """Return which way the country and the shown area have been going, or why nobody can say."""
    country = view.library.country
    shown = (country,) if view.is_count else (view.shown_area, country)
    trends = {
        area["name"]: view.standing.trends[area["code"]]
        for area in shown
        if area["code"] in view.standing.trends
    }
    said = " ".join(trend_sentences(trends, view.measure.measured))
    return said or "No trend can be told of this figure."


def _note(view: IndicatorView, shown: Sequence[str], breaks: Sequence[int]) -> str:
    """Return what cuts the lines, and why figures are missing."""
    said = ["Lines are cut where figures cannot be compared across a break."] if breaks else []
    said += _why_missing(view, shown)
    if any(Flag.PROVISIONAL in row["flags"] for row in view.over.rows):
        said.append("Hollow marks are provisional.")
    return " ".join(said)


def _why_missing(view: IndicatorView, shown: Sequence[str]) -> list[str]:
    """Return the reasons by period; areas of which the same holds share a sentence."""
    whose: dict[tuple[str, str], list[str]] = {}
    for area, kind in _whom(view):
        for reason, when in _missing_of(view, area, shown).items() if kind != "kin" else ():
            whose.setdefault((reason, when), []).append(with_article(area["name"]))
    said = [
        f"{join_words(names)} {'has' if len(names) == 1 else 'have'} no figure{when}: {reason}."
        for (reason, when), names in whose.items()
    ]
    return [f"{words[:1].upper()}{words[1:]}" for words in said]


def _missing_of(view: IndicatorView, area: AreaCard, shown: Sequence[str]) -> dict[str, str]:
    """Return why an area has no figure in some of the periods, with these in words."""
    rows = [view.over.row_of(area["code"], period) for period in shown]
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row and row["status"] != Status.OK:
            reasons.setdefault(status_reason(row["status"]), []).append(row["period"])
    return {
        reason: ""
        if len(when) == len(shown)
        else f" of {join_words(list(map(periods.short, when)))}"
        for reason, when in reasons.items()
    }
