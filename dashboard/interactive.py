"""The interactive chart of all periods: a plain dict, drawn by a library that loads only then."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import ObservationRow, Status
from dashboard.words import periods

SERIES_BUTTON: Final = "series-button"
SERIES_PLACE: Final = "series-place"
_LOOKS: Final = (
    {"color": "#8a1c4b", "symbol": "diamond", "dash": "solid"},
    {"color": "#12395b", "symbol": "circle", "dash": "dash"},
    {"color": "#4d5b68", "symbol": "square", "dash": "dot"},
)
"""Lines differ by colour, by symbol and by dashes."""


def series_figure(
    rows: Sequence[ObservationRow], areas: Sequence[str], title: str, unit: str
) -> dict[str, Any]:
    """Return the figure: one line for each area, a gap where there is no figure."""
    return {
        "data": [
            _trace([row for row in rows if row["area_code"] == code], look)
            for code, look in zip(areas, _LOOKS, strict=False)
        ],
        "layout": {
            "title": {"text": title},
            "margin": {"l": 60, "r": 20, "t": 60, "b": 80},
            "font": {"family": "system-ui, sans-serif", "size": 14, "color": "#14202b"},
            "legend": {"orientation": "h", "y": -0.2},
            "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "gridcolor": "#d5dce3"},
            "xaxis": {"type": "category", "gridcolor": "#d5dce3"},
            "paper_bgcolor": "#ffffff",
            "plot_bgcolor": "#ffffff",
            "hovermode": "x unified",
        },
    }


def _trace(rows: Sequence[ObservationRow], look: Mapping[str, str]) -> dict[str, Any]:
    ordered = sorted(rows, key=lambda row: row["period_end"])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": ordered[0]["area_name"] if ordered else "",
        "x": [periods.short(row["period"]) for row in ordered],
        "y": [row["value"] if row["status"] == Status.OK else None for row in ordered],
        "connectgaps": False,
        "line": {"color": look["color"], "width": 2, "dash": look["dash"]},
        "marker": {"color": look["color"], "size": 8, "symbol": look["symbol"]},
    }
