"""Rows of comparisons: the figure, what it is compared with, and whether that is beyond chance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from api.columns import OK
from api.comparators import NEIGHBOURS, Comparator, Group
from api.figures import (
    SUMMARY,
    Figures,
    Number,
    Pooled,
    Statistics,
    figures_of,
    own_return,
    pooled,
    statistics,
    summary_fields,
    units_of,
)
from api.opened import OpenRelease
from indicators.arithmetic import as_decimal, shown
from indicators.comparison import (
    TOO_FEW_MEMBERS,
    Verdict,
    against_group,
    against_value,
    can_test,
    outcome_word,
    overdispersion,
    standardised,
    why_not,
)

VALUE, MEDIAN, POOLED = "value", "median", "pooled"
TEST_DECIMALS: Final = 4

_TOO_FEW: Final = "Fewer than three returns with data"


@dataclass(frozen=True)
class Compared:
    """One comparison: the group, its statistics, and the figure that is shown for it."""

    group: Group
    statistics: Statistics | None
    pooled: Pooled
    statistic: str
    figure: Number
    verdict: Verdict


def comparison_rows(
    release: OpenRelease,
    cells: Iterable[tuple[int, int, int]],
    comparators: Sequence[Comparator],
    judged_on: date,
) -> Iterator[dict[str, Any]]:
    """Give the rows of cells (indicator, period, area), one for each comparator in their order."""
    for indicator, period, area in cells:
        figures = figures_of(release, indicator, period)
        end = release.snapshot.periods[period].end
        for comparator in comparators:
            is_judged = comparator.token.startswith("ofsted")
            group = comparator.build(figures, release.areas[area], judged_on if is_judged else end)
            yield _row(figures, area, comparator, _compare(figures, area, comparator, group))


def _compare(figures: Figures, area: int, comparator: Comparator, group: Group) -> Compared:
    if group.reason is not None and not group.members:
        return Compared(group, None, Pooled(), VALUE, None, Verdict(None, reason=group.reason))
    own = own_return(figures, area, group.members)
    stats = statistics(figures, group.members, own)
    if group.whole is not None:
        return _with_whole(figures, area, group, stats)
    together = pooled(figures, group.members, without=area)
    is_neighbours = comparator.token.partition(":")[0] == NEIGHBOURS
    use_median = (is_neighbours or together.value is None) and not figures.counts_authorities
    return Compared(
        group=group,
        statistics=stats,
        pooled=together,
        statistic=MEDIAN if use_median else POOLED,
        figure=figures.number(_or_nan(stats.summary.median)) if use_median else together.value,
        verdict=_own_reason(figures, area) or _test_group(figures, area, stats, together),
    )


def _with_whole(figures: Figures, area: int, group: Group, stats: Statistics) -> Compared:
    """Compare with a figure that is published (or computed) for the whole; it is shown as it is."""
    whole = group.whole
    assert whole is not None  # noqa: S101 - the caller looked
    value = figures.number(figures.value[whole])
    together = Pooled(
        numerator=float(figures.numerator[whole]),
        denominator=float(figures.denominator[whole]),
        value=value,
        lower=figures.limit(figures.ci_lower[whole]),
        upper=figures.limit(figures.ci_upper[whole]),
    )
    verdict = _own_reason(figures, area) or _test_whole(figures, area, whole)
    return Compared(group, stats, together, VALUE, value, verdict)


def _own_reason(figures: Figures, area: int) -> Verdict | None:
    if figures.status[area] != OK:
        status = figures.status_name(area).replace("_", " ")
        return Verdict(None, reason=f"{figures.release.areas[area].name} has no value: {status}")
    if not can_test(figures.indicator):
        return Verdict(None, reason=why_not(figures.indicator))
    return None


def _test_group(figures: Figures, area: int, stats: Statistics, together: Pooled) -> Verdict:
    if stats.units < TOO_FEW_MEMBERS:
        return Verdict(None, reason=_TOO_FEW)
    own = float(figures.numerator[area]), float(figures.denominator[area])
    return against_group(figures.indicator, own, (together.numerator, together.denominator))


def _test_whole(figures: Figures, area: int, whole: int) -> Verdict:
    share = _share(figures, whole)
    if share is None:
        name = figures.release.areas[whole].name
        return Verdict(None, reason=f"{name} has no value in this period")
    top, bottom = figures.numerator[[area]], figures.denominator[[area]]
    own = standardised(figures.indicator, top, bottom, share)
    if not np.isfinite(own[0]) and np.isfinite(top[0]) and bottom[0] > 0:
        name = figures.release.areas[whole].name
        figure = figures.number(figures.value[whole])
        return Verdict(None, reason=f"No spread to judge by: {name}'s figure is {figure}")
    return against_value(float(own[0]), _phi(figures))


def _phi(figures: Figures) -> float:
    """Return the over-dispersion of the authorities about the whole country, each return once."""
    release = figures.release

    def work_out() -> float:
        country = release.snapshot.area_codes[release.snapshot.places.country.code]
        places = units_of(figures, release.authorities.tolist())
        share = _share(figures, country) or _pooled_share(figures, places)
        top, bottom = figures.numerator[places], figures.denominator[places]
        return overdispersion(standardised(figures.indicator, top, bottom, share))

    return release.recall(("phi", figures.indicator.id, figures.period), work_out)


def _share(figures: Figures, area: int) -> float | None:
    """Return an area's figure as a share of 1 or events per head, from its parts if it has them."""
    top, bottom = figures.numerator[area], figures.denominator[area]
    if np.isfinite(top) and bottom > 0:
        return float(top / bottom)
    value, multiplier = figures.value[area], figures.indicator.arithmetic.multiplier
    return float(value / multiplier) if np.isfinite(value) and multiplier else None


def _pooled_share(figures: Figures, places: Sequence[int]) -> float:
    top, bottom = figures.numerator[places], figures.denominator[places]
    has_parts = np.isfinite(top) & np.isfinite(bottom)
    total = float(bottom[has_parts].sum())
    return float(top[has_parts].sum()) / total if total else float("nan")


def _row(figures: Figures, area: int, comparator: Comparator, compared: Compared) -> dict[str, Any]:
    release, indicator, stats = figures.release, figures.indicator, compared.statistics
    verdict = compared.verdict
    return {
        "release": release.id,
        "indicator": indicator.id,
        "area_code": release.areas[area].code,
        "period": release.snapshot.index.periods[figures.period],
        "value": figures.number(figures.value[area]),
        "status": figures.status_name(area),
        "ci_lower": figures.limit(figures.ci_lower[area]),
        "ci_upper": figures.limit(figures.ci_upper[area]),
        "with": comparator.token,
        "model": comparator.model,
        "statistic_shown": compared.statistic,
        "members": stats.members if stats else 0,
        "members_with_data": stats.with_data if stats else 0,
        "units_counted": stats.units if stats else 0,
        "coverage": stats.coverage if stats else None,
        **(summary_fields(figures, stats.summary) if stats else dict.fromkeys(SUMMARY)),
        "pooled": compared.pooled.value,
        "pooled_ci_lower": compared.pooled.lower,
        "pooled_ci_upper": compared.pooled.upper,
        "difference": None
        if figures.counts_authorities
        else difference(figures, area, compared.figure),
        "outcome": outcome_word(verdict.side, indicator.direction.good),
        "outcome_adjusted_for_many": None,
        "method": verdict.method,
        "phi": _rounded(verdict.phi),
        "z": _rounded(verdict.z),
        "reason": verdict.reason or _few_reason(stats),
        "flags": sorted({*figures.flag_list(area), *(stats.flags if stats else ())}),
        "group": compared.group.name,
        "comparator_value": compared.figure,
        "without_data": list(stats.without_data) if stats else [],
    }


def difference(figures: Figures, area: int, figure: Number) -> Number:
    """Return the value minus another figure as both are shown, rounded once."""
    value = float(figures.value[area])
    if figure is None or not np.isfinite(value):
        return None
    gap = shown(as_decimal(value) - as_decimal(float(figure)), figures.indicator.decimals)
    return figures.number(_or_nan(gap))


def _few_reason(stats: Statistics | None) -> str | None:
    return _TOO_FEW if stats and stats.units < TOO_FEW_MEMBERS else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, TEST_DECIMALS)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
