"""The chart of gaps: the parts of each area around its own total, all on one axis."""

from collections.abc import Sequence

from api.contract import InequalityRow, Outcome, Status
from dashboard.charts.chart import Chart, KeyItem, NoChart
from dashboard.charts.chart_source import source_words
from dashboard.client import ApiClient
from dashboard.components.indicator_family import shared_words
from dashboard.state import State
from dashboard.svg.gaps import (
    WIDTH,
    GapLine,
    GapPanel,
    gap_panel,
    gap_scale,
    height_of,
    key_mark,
)
from dashboard.svg.grid import grid_of
from dashboard.views.gaps_view import GapsView, load_gaps
from dashboard.views.indicator_parts import Breakdown, Side
from dashboard.words import periods
from dashboard.words.inequalities import gap_word, has_gap
from dashboard.words.parts import column_words, part_title
from dashboard.words.statuses import status_word

KIND = "gaps"
_ACROSS = 2
_NOTHING = "There is nothing to draw: no parts of this figure are held for these areas."
_KEY = {
    "differs": "differs from all together by more than chance",
    "similar": "no more than chance apart",
    "untested": "not compared",
}


async def load_gaps_chart(client: ApiClient, state: State) -> Chart:
    """Return the chart; raises NoChart where no part is held."""
    view = await load_gaps(client, state.changed(subject=""))
    if not panels_of(view):
        raise NoChart(_NOTHING)
    return gaps_chart(view)


def gaps_chart(view: GapsView) -> Chart:
    """Return the chart."""
    panels = panels_of(view)
    scale, ticks = gap_scale(panels)
    high = height_of(panels)
    drawn = [gap_panel(panel, scale, ticks, view.measure.unit, high) for panel in panels]
    title, summary = title_of(view), summary_of(view)
    kinds = dict.fromkeys(line.kind for panel in panels for line in panel.lines if line.value)
    return Chart(
        kind=KIND,
        subject="",
        state=view.state.changed(indicator=view.indicator["id"], by=view.by),
        title=title,
        summary=summary,
        svg=grid_of("gaps", title, summary, drawn, (WIDTH + 30, high + 16), _ACROSS),
        panels=drawn,
        meta=view.meta,
        source=source_words([view.indicator]),
        rows_address=view.rows_address,
        table_address=f"{view.place()}#table",
        key=[]
        if view.is_family
        else [KeyItem(key_mark(kind), _KEY[kind]) for kind in _KEY if kind in kinds],
        note=_note(view),
    )


def panels_of(view: GapsView) -> list[GapPanel]:
    """Return a panel for each area that has parts to show."""
    if view.is_family:
        made = [_of_family(view, area["code"], area["name"]) for area in view.areas]
        return [panel for panel in made if any(line.value is not None for line in panel.lines)]
    if view.now is None:
        return []
    return [_panel(view, view.now, side) for side in view.now.shown]


def _panel(view: GapsView, breakdown: Breakdown, side: Side) -> GapPanel:
    whole = side.whole
    held = whole is not None and whole["status"] == Status.OK
    total = float(whole["value"] or 0) if whole and held else None
    said = view.measure.quantity(whole["value"]) if whole and held else ""
    named = breakdown.whole_title
    return GapPanel(
        f"gaps-{side.area['code'].lower()}",
        side.area["name"],
        f"{side.area['name']}: each part with its 95% interval around all together. "
        "The table holds the same.",
        [
            _line(view, part_title(code, title), side.rows[code])
            for code, title in breakdown.titles.items()
            if code in side.rows
        ],
        None if breakdown.adds_up else total,
        f"{named} {said}",
    )


def _of_family(view: GapsView, code: str, name: str) -> GapPanel:
    rows = view.of_family(code)
    named = {row["part"]: row["part_title"] or row["part"] or "" for row in rows}
    shared = shared_words(list(named.values())) if named else ""
    return GapPanel(
        f"gaps-{code.lower()}",
        name,
        f"{name}: the same for each group of children, with its 95% interval.",
        [
            _line(view, _group(named[row["part"]].removeprefix(shared), row, view), row)
            for row in rows
        ],
        None,
        "",
    )


def _group(name: str, row: InequalityRow, view: GapsView) -> str:
    """Return the name of a group, with the year of a figure that is older."""
    words = f"{name[:1].upper()}{name[1:]}"
    is_latest = row["period"] == (view.state.period or view.indicator["latest"])
    return words if is_latest else f"{words} ({periods.short(row['period'])})"


def _line(view: GapsView, name: str, row: InequalityRow) -> GapLine:
    if row["status"] != Status.OK or row["value"] is None:
        return GapLine(name, None, None, None, status_word(row["status"]), "untested")
    word = gap_word(row) if has_gap(row) else ""
    figure = view.measure.quantity(row["value"])
    return GapLine(
        name,
        float(row["value"]),
        row["ci_lower"],
        row["ci_upper"],
        f"{figure} {word}".strip(),
        "untested" if not word else "similar" if word == Outcome.SIMILAR else "differs",
    )


def time_of(view: GapsView, period: str) -> str:
    """Return a period in words."""
    return periods.label(period, view.indicator["measured"])


def title_of(view: GapsView) -> str:
    """Return what is shown, by what, for whom and when."""
    of = view.indicator["title"]
    if view.is_family:
        return f"{of}, and the same for other groups"
    if not view.by:
        return of
    when = f", {time_of(view, view.now.period)}" if view.now else ""
    return f"{of}, {column_words(view.by)}{when}"


def summary_of(view: GapsView) -> str:
    """Return which areas have parts that differ from their total, and how many of how many."""
    if view.is_family:
        return "Each group is an indicator of its own: groups are not tested against each other."
    told = [_counted(side) for side in view.now.shown] if view.now else []
    told = [words for words in told if words]
    if not told:
        return "No part is compared with all together; the notes say why."
    return f"{'; '.join(told)}."


def _counted(side: Side) -> str:
    tested: Sequence[InequalityRow] = [row for row in side.rows.values() if has_gap(row)]
    if not tested:
        return ""
    differing = sum(gap_word(row) != Outcome.SIMILAR for row in tested)
    return (
        f"{side.area['name']}: {differing} of {len(tested)} parts "
        f"{'differs' if differing == 1 else 'differ'} from all together by more than chance"
    )


def _note(view: GapsView) -> str:
    lines = "Lines through the marks are 95% intervals." if _has_limits(view) else ""
    axis = "All panels have one axis; it need not begin at nought."
    rounded = _has_limits(view) and not view.measure.decimals
    before = "An interval is of the figure before it was rounded." if rounded else ""
    return " ".join(filter(None, [lines, axis, before]))


def _has_limits(view: GapsView) -> bool:
    return any(row["ci_lower"] is not None for row in view.rows)
