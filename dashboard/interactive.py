"""The interactive chart of all periods: a plain dict, drawn by a library that loads only then."""

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType
from typing import Any, Final

from api.contract import Flag, ObservationRow, Status
from dashboard.words import periods

SERIES_BUTTON: Final = "series-button"
SERIES_PLACE: Final = "series-place"
_LOOKS: Final = (
    {"color": "#8a1c4b", "symbol": "diamond", "dash": "solid"},
    {"color": "#12395b", "symbol": "circle", "dash": "dash"},
    {"color": "#4d5b68", "symbol": "square", "dash": "dot"},
)
"""Lines differ by colour, by symbol and by dashes."""

_KIN_LOOKS: Final = (
    {"color": "#8a1c4b", "symbol": "x", "dash": "longdash"},
    {"color": "#6b4a00", "symbol": "triangle-up", "dash": "dashdot"},
    {"color": "#1f5f4a", "symbol": "cross", "dash": "longdashdot"},
)
"""The looks of areas that the chosen one was made from, or became."""


def series_figure(
    rows: Sequence[ObservationRow],
    areas: Sequence[str],
    title: str,
    unit: str,
    *,
    kin: Mapping[str, str] = MappingProxyType({}),
    breaks: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the figure: one line for each area, a gap where there is no figure.

    `kin` are areas before or after the first one, with the name of each: their lines are apart.
    At each period of `breaks` every line stops and begins anew, with a mark between.
    """
    shown = sorted({row["period_end"]: row["period"] for row in rows}.items())
    order = [period for _, period in shown]
    starts = [order.index(period) for period in breaks if period in order[1:]]
    names = {row["area_code"]: row["area_name"] for row in rows} | dict(kin)
    looks = {
        **dict(zip(areas, _LOOKS, strict=False)),
        **dict(zip(kin, _KIN_LOOKS, strict=False)),
    }
    return {
        "data": [
            trace
            for code, look in looks.items()
            for trace in _traces(
                [row for row in rows if row["area_code"] == code],
                names.get(code, ""),
                look,
                {order[start] for start in starts},
            )
        ],
        "layout": _layout(title, unit, [periods.short(period) for period in order], starts),
    }


def _layout(title: str, unit: str, order: Sequence[str], starts: Sequence[int]) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "margin": {"l": 60, "r": 20, "t": 60, "b": 80},
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": "#14202b"},
        "legend": {"orientation": "h", "y": -0.2},
        "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "gridcolor": "#d5dce3"},
        "xaxis": {
            "type": "category",
            "gridcolor": "#d5dce3",
            "categoryorder": "array",
            "categoryarray": list(order),
        },
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "hovermode": "x unified",
        "shapes": [_mark(start) for start in starts],
        "annotations": [_label(start) for start in starts],
    }


def _mark(start: int) -> dict[str, Any]:
    """Return a line across the chart before a period."""
    look = {"color": "#4d5b68", "width": 1, "dash": "dot"}
    place = {"x0": start - 0.5, "x1": start - 0.5, "y0": 0, "y1": 1}
    return {"type": "line", "xref": "x", "yref": "paper", **place, "line": look}


def _label(start: int) -> dict[str, Any]:
    place = {"x": start - 0.5, "y": 1, "xref": "x", "yref": "paper", "yanchor": "bottom"}
    return {**place, "text": "break", "showarrow": False, "font": {"size": 12}}


def _traces(
    rows: Sequence[ObservationRow], name: str, look: Mapping[str, str], starts: Set[str]
) -> list[dict[str, Any]]:
    """Return the line of an area in pieces, one between each break and the next."""
    pieces: list[list[ObservationRow]] = [[]]
    for row in sorted(rows, key=lambda row: row["period_end"]):
        if pieces[-1] and (row["period"] in starts or Flag.BREAK in row["flags"]):
            pieces.append([])
        pieces[-1].append(row)
    return [_trace(piece, name, look, is_first=not place) for place, piece in enumerate(pieces)]


def _trace(
    rows: Sequence[ObservationRow], name: str, look: Mapping[str, str], *, is_first: bool
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "legendgroup": name,
        "showlegend": is_first,
        "x": [periods.short(row["period"]) for row in rows],
        "y": [row["value"] if row["status"] == Status.OK else None for row in rows],
        "connectgaps": False,
        "line": {"color": look["color"], "width": 2, "dash": look["dash"]},
        "marker": {"color": look["color"], "size": 8, "symbol": look["symbol"]},
    }
