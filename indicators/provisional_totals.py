"""Totals over submitted figures: rounded, and held back where they would give a count away."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from indicators.arithmetic import published_value, round_half_up
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from indicators.hidden_counts import Span
from indicators.intervals import interval_of
from indicators.model import Counted, Indicator
from indicators.provisional import NUMBERS, SUPPRESSED_SYMBOL, Figure, Part
from indicators.totals import COMPUTED_SOURCE, coverage
from reference.periods import parse_period
from reference.places import Area, AreaKind, PlaceSet

LEVELS: Final = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.SUBREGION)


@dataclass(frozen=True)
class TotalRules:
    """What a policy says of totals; coverage as shares of 1."""

    rounded_to: int
    full_coverage: float
    least_coverage: float
    fewest_candidates: int


class _Windows:
    """What the totals given out so far tell of the hidden counts inside them."""

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest
        self._known: dict[frozenset[str], Span] = {}

    def allows(self, parts: Mapping[str, Part], total: float, half: int) -> bool:
        """Say whether a rounded total leaves its hidden counts open enough, and remember it.

        `half` is half the rounding step: a total of 120 to the nearest 10 is 115 to 124.
        """
        hidden = {area: part for area, part in parts.items() if part.is_hidden}
        spans = [part.span for part in hidden.values() if part.span is not None]
        if not spans:
            return True
        shown = sum(part.number for area, part in parts.items() if area not in hidden)
        members = frozenset(hidden)
        first = (sum(low for low, _ in spans), sum(high for _, high in spans))
        before = self._known.get(members, first)
        low = max(before[0], int(total - half - shown))
        high = min(before[1], int(total + half - 1 - shown))
        if high - low + 1 < min(self._fewest, first[1] - first[0] + 1):
            return False
        self._known[members] = (low, high)
        return True


def total_cells(
    figures: Sequence[Figure], places: PlaceSet, rules: TotalRules, held: set[tuple[str, str, str]]
) -> Iterator[dict[str, Any]]:
    """Yield country, region and subregion cells where no level of them is `held` already.

    `held` names (indicator, period, kind of area) with figures. Responders count in numerator
    and denominator; every submitted total is rounded and the value follows from the rounded.
    """
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.status is Status.OK:
            grouped[figure.indicator.id, figure.period].append(figure)
    for (indicator, period), inside in grouped.items():
        wanted = [kind for kind in LEVELS if (indicator, period, str(kind)) not in held]
        yield from _totals(inside, period, wanted, places, rules)


def _totals(
    figures: Sequence[Figure],
    period: str,
    kinds: Sequence[AreaKind],
    places: PlaceSet,
    rules: TotalRules,
) -> Iterator[dict[str, Any]]:
    end = parse_period(period).end
    by_authority = {figure.authority: figure for figure in figures}
    tops, bottoms = _Windows(rules.fewest_candidates), _Windows(rules.fewest_candidates)
    for kind in kinds:
        for whole in places.of_kind(kind, on=end):
            members = {area.code for area in places.within(whole.code, on=end)}
            inside = [by_authority[code] for code in sorted(members & by_authority.keys())]
            if inside:
                share = coverage(places, whole, period, {f.authority for f in inside})
                yield _total(whole, inside, share, rules, (tops, bottoms))


def _total(
    whole: Area,
    inside: Sequence[Figure],
    share: float,
    rules: TotalRules,
    windows: tuple[_Windows, _Windows],
) -> dict[str, Any]:
    indicator = inside[0].indicator
    if share < rules.least_coverage:
        return _cell(whole, inside[0], share, rules, Status.NOT_AVAILABLE, (np.nan,) * 5)
    top, top_is_safe = _sum({f.authority: f.numerator for f in inside}, rules, windows[0])
    bottom, bottom_is_safe = _denominator(indicator, inside, rules, windows[1])
    if not (top_is_safe and bottom_is_safe):
        kept = bottom if bottom_is_safe else np.nan
        hidden = (np.nan, np.nan, kept, np.nan, np.nan)
        return _cell(whole, inside[0], share, rules, Status.SUPPRESSED, hidden)
    value = float(published_value(indicator, [top], [bottom])[0])
    if not np.isfinite(value):
        return _cell(whole, inside[0], share, rules, Status.NOT_APPLICABLE, (np.nan,) * 5)
    lower, upper = interval_of(indicator, [top], [bottom])
    numbers = (value, top, bottom, float(lower[0]), float(upper[0]))
    return _cell(whole, inside[0], share, rules, Status.OK, numbers)


def _denominator(
    indicator: Indicator, inside: Sequence[Figure], rules: TotalRules, windows: _Windows
) -> tuple[float, bool]:
    parts = {figure.authority: figure.denominator for figure in inside}
    fed = indicator.submission
    if fed is not None and isinstance(fed.denominator, Counted):
        return _sum(parts, rules, windows)
    # A population is public: rounding it would protect nobody.
    return sum(part.number for part in parts.values()), True


def _sum(parts: Mapping[str, Part], rules: TotalRules, windows: _Windows) -> tuple[float, bool]:
    step = rules.rounded_to
    total = round_half_up(sum(part.number for part in parts.values()) / step, 0) * step
    return total, windows.allows(parts, total, step // 2)


def _cell(
    whole: Area,
    like: Figure,
    share: float,
    rules: TotalRules,
    status: Status,
    numbers: tuple[float, ...],
) -> dict[str, Any]:
    is_partial = rules.least_coverage <= share < rules.full_coverage
    flags = [Flag.PARTIAL_COVERAGE, Flag.PROVISIONAL] if is_partial else [Flag.PROVISIONAL]
    return {
        "indicator": like.indicator.id,
        "period": like.period,
        "area": whole.code,
        **dict.fromkeys(BREAKDOWN_COLUMNS, TOTAL),
        **dict(zip(NUMBERS, numbers, strict=True)),
        "ci_level": 95.0 if np.isfinite(numbers[3]) else np.nan,
        "status": str(status),
        "flags": ";".join(map(str, flags)),
        "source_symbol": SUPPRESSED_SYMBOL if status is Status.SUPPRESSED else "",
        "source": COMPUTED_SOURCE,
        "definition_version": like.indicator.version,
    }
