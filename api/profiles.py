"""One authority or region over all indicators: its figure, its change, and its comparators."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from api.comparators import Comparator
from api.comparing import comparison_rows
from api.figures import Figures, figures_of, statistics, summary_fields, units_of
from api.opened import OpenRelease
from api.own_change import change_since
from api.period_choice import latest_code
from indicators.comparison import TOO_FEW_MEMBERS

SPINE: Final = ("min", "q25", "median", "q75", "max")


def profile_rows(
    release: OpenRelease,
    area: int,
    indicators: Sequence[int],
    comparators: Sequence[Comparator],
    judged_on: date,
) -> list[dict[str, Any]]:
    """Return the latest figure of each indicator that the release holds, in catalogue order."""
    rows = []
    for indicator in indicators:
        period = latest_code(release, release.snapshot.indicators[indicator].id)
        if period is not None:
            cell = [(indicator, period, area)]
            compared = list(comparison_rows(release, cell, comparators, judged_on))
            rows.append(_row(release, area, indicator, period, compared))
    return rows


def _row(
    release: OpenRelease, area: int, code: int, period: int, compared: list[dict[str, Any]]
) -> dict[str, Any]:
    snapshot = release.snapshot
    indicator = snapshot.indicators[code]
    figures = figures_of(release, code, period)
    before = _figures_before(release, code, period)
    previous, change, change_reason = change_since(figures, before, area)
    return {
        "indicator": indicator.id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "kind": indicator.kind.value,
        "stage": indicator.stage.value,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction.good.value,
        "period": snapshot.index.periods[period],
        "period_label": snapshot.periods[period].label_for(indicator.measured),
        "value": figures.number(figures.value[area]),
        "status": figures.status_name(area),
        "flags": figures.flag_list(area),
        "ci_lower": figures.limit(figures.ci_lower[area]),
        "ci_upper": figures.limit(figures.ci_upper[area]),
        "previous_period": snapshot.index.periods[before.period] if before else None,
        "previous_value": previous,
        "change": change,
        "comparisons": compared,
        "spine": _spine(figures),
        "source": figures.source_id(area),
        "change_reason": change_reason,
    }


def _figures_before(release: OpenRelease, indicator: int, period: int) -> Figures | None:
    """Return the figures of the last period before that the release holds, of the same kind."""
    periods = release.snapshot.periods
    kind = periods[period].kind
    earlier = [p for p in release.held(indicator) if p < period and periods[p].kind is kind]
    return figures_of(release, indicator, max(earlier)) if earlier else None


def _spine(figures: Figures) -> dict[str, float | None]:
    """Return where authorities lie; the two ends only of those that may be ranked."""
    release = figures.release
    members = [code for code in figures.authorities if release.areas[code].is_rankable]
    places = units_of(figures, members)
    if len(places) < TOO_FEW_MEMBERS or figures.counts_authorities:
        return dict.fromkeys(SPINE)
    summary = summary_fields(figures, statistics(figures, members).summary)
    values = figures.value[places]
    return {
        "min": figures.number(float(np.min(values))),
        "q25": summary["q25"],
        "median": summary["median"],
        "q75": summary["q75"],
        "max": figures.number(float(np.max(values))),
    }
