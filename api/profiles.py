"""One area over all indicators: its figure, its change and trend, and its comparators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from api.comparators import OWN_PAST, TARGET, Comparator
from api.comparing import Compared, compare
from api.contract import Outcome
from api.exceptions import standings
from api.figure_table import FigureTable, read_table
from api.group_table import difference_shown
from api.judging import family_of, latest_pairs
from api.opened import OpenRelease
from api.own_past import Before, figures_before, series_up_to
from api.plain_columns import Nested, with_decimals, with_limits
from api.spread import spines
from api.trends import points_used, trend_fields
from indicators.cells import STATUSES, flag_names
from indicators.exceptions import Certainty
from indicators.trend import find_trends
from indicators.trend_points import stacked

COUNTED: Final = "One authority is counted or it is not; that is no number to change"
NOT_A_CHOICE: Final = frozenset({OWN_PAST, TARGET})
"""What says nothing of how a conclusion hangs on the choice of others to compare with."""


def profile_rows(
    release: OpenRelease,
    area: int,
    indicators: Sequence[int],
    comparators: Sequence[Comparator],
) -> list[dict[str, Any]]:
    """Return the latest figure of each indicator that the release holds, in catalogue order."""
    pairs = list(latest_pairs(release, indicators))
    if not pairs:
        return []
    table = read_table(release, pairs)
    family = family_of(release, pairs[0])
    compared = compare(table, family, [area], comparators)
    page = _Page(
        table,
        area,
        compared,
        figures_before(table, [area]),
        _trends(table, area),
        spines(table),
    )
    return [page.row(number) for number in range(len(pairs))]


def agreement(comparisons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say on how many choices of others to compare with a conclusion rests, and in words.

    `outcomes` names under each word the comparators that come to it, when the whole page is seen
    together; those that cannot be compared are left out.
    """
    outcomes: dict[str, list[str]] = {}
    for row in comparisons:
        word, token = row["outcome_adjusted_for_many"], row["with"]
        if word != Outcome.CANNOT_COMPARE and token.partition(":")[0] not in NOT_A_CHOICE:
            outcomes.setdefault(word, []).append(token)
    total = sum(map(len, outcomes.values()))
    return {"outcomes": outcomes, "comparators": total, "sentence": _agreed(outcomes, total)}


def _agreed(outcomes: Mapping[str, Sequence[str]], total: int) -> str | None:
    if not total:
        return None
    comparators = "comparator" if total == 1 else "comparators"
    if len(outcomes) == 1:
        return f"{next(iter(outcomes))} under {'all ' if total > 1 else ''}{total} {comparators}"
    most_first = sorted(outcomes.items(), key=lambda held: -len(held[1]))
    parts = [f"{word} under {len(tokens)}" for word, tokens in most_first]
    return f"{', '.join(parts[:-1])} and {parts[-1]} of {total} {comparators}"


@dataclass(frozen=True)
class _Page:
    """The columns of a profile, a row for each indicator."""

    table: FigureTable
    area: int
    compared: Sequence[Compared]
    before: Before
    trends: Sequence[dict[str, Any]]
    spines: Sequence[dict[str, Any]]

    def row(self, number: int) -> dict[str, Any]:
        table, area, before = self.table, self.area, self.before
        snapshot, indicator = table.release.snapshot, table.indicators[number]
        pair = table.pairs[number]
        numbers = self._numbers(number)
        comparisons = [one.row(pair, area) for one in self.compared]
        why = before.reason(number, 0) or (COUNTED if table.is_counting[number] else None)
        source = int(table.source[number, area])
        return {
            "indicator": indicator.id,
            "title": indicator.title,
            "short_title": indicator.short_title,
            "kind": indicator.kind.value,
            "stage": indicator.stage.value,
            "unit": indicator.unit,
            "decimals": indicator.decimals,
            "direction": indicator.direction.good.value,
            "period": snapshot.index.periods[pair[1]],
            "period_label": snapshot.periods[pair[1]].label_for(indicator.measured),
            "value": numbers["value"],
            "status": str(STATUSES[int(table.status[number, area])]),
            "flags": list(flag_names(int(table.flags[number, area]))),
            "ci_lower": numbers["ci_lower"],
            "ci_upper": numbers["ci_upper"],
            "previous_period": before.period(number),
            "previous_value": numbers["previous_value"] if before.has_before[number] else None,
            "change": numbers["change"] if why is None else None,
            "comparisons": comparisons,
            "spine": self.spines[number],
            "source": "" if source < 0 else snapshot.source_ids[source],
            "change_reason": why,
            "trend": self.trends[number],
            "agreement": agreement(comparisons),
            "stands_out": self._standing.get(number, []),
        }

    def _numbers(self, number: int) -> dict[str, Any]:
        return {name: column[number][0] for name, column in self._columns.items()}

    @cached_property
    def _standing(self) -> dict[int, list[dict[str, Any]]]:
        """By row where the figure stands among what differs, for each comparator."""
        found: dict[int, list[dict[str, Any]]] = {}
        for one in self.compared:
            token = one.judgement.basis.groups.comparator.token
            for standing in standings(self.table, one, 0, Certainty.AMONG_MANY):
                found.setdefault(standing.row, []).append(
                    {
                        "with": token,
                        "rank": standing.rank,
                        "certainty": standing.certainty.value,
                        "difference": standing.difference,
                        "size": standing.size,
                    }
                )
        return found

    @cached_property
    def _columns(self) -> dict[str, Nested]:
        table, area = self.table, [self.area]
        decimals, value = table.decimals, table.value[:, area]
        earlier = self.before.earlier.value[:, area]
        gap = np.where(table.is_counting[:, None], np.nan, difference_shown(table, value, earlier))
        return {
            "value": with_decimals(value, decimals),
            "previous_value": with_decimals(earlier, decimals),
            "change": with_decimals(gap, decimals),
            "ci_lower": with_limits(table.ci_lower[:, area], decimals),
            "ci_upper": with_limits(table.ci_upper[:, area], decimals),
        }


def _trends(table: FigureTable, area: int) -> list[dict[str, Any]]:
    """Return the trend of each row's series up to its period."""
    series = series_up_to(table, [area])
    found = find_trends(stacked([held.points for held in series]))
    return [
        {**trend_fields(indicator, trend), **points_used(indicator, held, 0, trend)}
        for indicator, held, trend in zip(table.indicators, series, found, strict=True)
    ]
