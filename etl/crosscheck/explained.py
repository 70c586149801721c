"""Why figures differ: each difference is held against what is declared, and put to its proof."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from etl.crosscheck.declared import (
    Case,
    CrossCheck,
    Explanation,
    Measure,
    Proof,
    area_named,
)
from etl.crosscheck.pairs import Outcome
from indicators.arithmetic import value_from_parts
from indicators.model import Indicator
from reference.periods import parse_period
from reference.places import PlaceSet

FEWEST_FOR_ALL: Final = 10
"""The same number for fewer areas than this can be chance."""


@dataclass(frozen=True)
class Difference:
    """One pair that differs; NaN stands for a number that one of the two does not show."""

    measure: str
    period: str
    area: str
    case: Case
    theirs: float
    ours: float
    digits: int
    status: str
    count: float
    is_computed: bool


@dataclass(frozen=True)
class Evidence:
    """What proofs need beside the difference itself."""

    places: PlaceSet
    measures: Mapping[str, Measure]
    indicators: Mapping[str, Indicator]
    counts: Mapping[tuple[str, str, str], float]
    """Their count of the numerator, by indicator, period and area."""
    same_for_all: frozenset[tuple[str, str]]
    """Measure and period in which they print one number for every area."""
    newer: frozenset[str]
    """Measures for which they have figures of a later period than our last one."""


def evidence_of(
    theirs: pd.DataFrame,
    ours: pd.DataFrame,
    check: CrossCheck,
    places: PlaceSet,
    indicators: Iterable[Indicator],
) -> Evidence:
    """Gather what the two sets of figures tell beside the single pair."""
    measures = {one.measure: one for one in check.measures}
    counted = {one.measure: one.indicator for one in check.measures if one.part == "numerator"}
    rows = theirs[theirs["measure"].isin(list(counted))]
    counts = {
        (counted[measure], period, area): number
        for measure, period, area, number in rows[
            ["measure", "period", "area", "theirs"]
        ].itertuples(index=False, name=None)
    }
    same = frozenset(
        (str(measure), str(period))
        for (measure, period), numbers in theirs.groupby(["measure", "period"])["theirs"]
        if len(numbers) >= FEWEST_FOR_ALL and numbers.notna().all() and numbers.nunique() == 1
    )
    last_of_theirs, last_of_ours = _last_ends(theirs, "theirs"), _last_ends(ours, "ours")
    newer = frozenset(
        name for name, last in last_of_theirs.items() if last > last_of_ours.get(name, last)
    )
    return Evidence(places, measures, {one.id: one for one in indicators}, counts, same, newer)


def _last_ends(figures: pd.DataFrame, column: str) -> Mapping[str, date]:
    """Return the end of the last period with a number, by measure."""
    shown = figures.loc[figures[column].notna(), ["measure", "period"]].drop_duplicates()
    ends: dict[str, date] = {}
    for measure, period in shown.itertuples(index=False, name=None):
        end = parse_period(period).end
        ends[measure] = max(end, ends.get(measure, end))
    return ends


def with_explanations(
    pairs: pd.DataFrame, explanations: Sequence[Explanation], evidence: Evidence
) -> pd.DataFrame:
    """Add `explanation`, the id of the first that fits a difference, and whether it explains it."""
    found = [""] * len(pairs)
    names = list(Difference.__dataclass_fields__)
    is_different = (pairs["outcome"] == Outcome.DIFFERENT).to_numpy(dtype=bool)
    for place in is_different.nonzero()[0]:
        row: dict[Any, Any] = pairs.iloc[place][names].to_dict()
        row["digits"] = 0 if pd.isna(row["digits"]) else int(row["digits"])
        difference = Difference(**row)
        found[place] = next(
            (one.id for one in explanations if explains(one, difference, evidence)), ""
        )
    explained = {one.id for one in explanations if not one.is_open}
    return pairs.assign(explanation=found, is_explained=[name in explained for name in found])


def explains(explanation: Explanation, difference: Difference, evidence: Evidence) -> bool:
    """Say whether an explanation fits a difference in every field, and its proof holds."""
    part = evidence.measures[difference.measure].part
    level = evidence.places.area(difference.area).kind
    asked: Sequence[tuple[Sequence[object], object]] = (
        (explanation.case, difference.case),
        (explanation.measures, difference.measure),
        (explanation.parts, part),
        (explanation.periods, difference.period),
        (explanation.levels, level),
        (explanation.status, difference.status),
    )
    return (
        all(not accepted or found in accepted for accepted, found in asked)
        and explanation.is_computed in (None, difference.is_computed)
        and explanation.shown in (None, difference.theirs)
        and not _is_too_far(explanation, difference)
        and _is_named(explanation, difference, evidence.places)
        and (explanation.proof is None or _PROOFS[explanation.proof](difference, evidence))
    )


def _is_too_far(explanation: Explanation, difference: Difference) -> bool:
    apart = abs(difference.theirs - difference.ours)
    return explanation.at_most is not None and apart > explanation.at_most


def _is_named(explanation: Explanation, difference: Difference, places: PlaceSet) -> bool:
    named = {area_named(places, name, difference.period) for name in explanation.areas}
    return not named or difference.area in named


def _is_rate_of_newest_population(difference: Difference, evidence: Evidence) -> bool:
    """Their figure is our count over the newest estimate of the year before."""
    indicator = evidence.indicators[evidence.measures[difference.measure].indicator]
    mid_year = parse_period(difference.period).end.year - 1
    population = evidence.places.population_of(difference.area, mid_year)
    if population is None:
        return False
    rate = float(value_from_parts(indicator.arithmetic, difference.count, population))
    return abs(rate - difference.theirs) <= 0.5 * 10.0**-difference.digits + 1e-9


def _has_the_same_count(difference: Difference, evidence: Evidence) -> bool:
    indicator = evidence.measures[difference.measure].indicator
    count = evidence.counts.get((indicator, difference.period, difference.area))
    return count is not None and count == difference.count


def _is_the_same_for_all(difference: Difference, evidence: Evidence) -> bool:
    return (difference.measure, difference.period) in evidence.same_for_all


def _is_not_above_ours(difference: Difference, _: Evidence) -> bool:
    return difference.theirs <= difference.ours


def _is_before_it_began(difference: Difference, evidence: Evidence) -> bool:
    first_day = evidence.places.area(difference.area).first_day
    return first_day is not None and first_day > parse_period(difference.period).end


def _has_ended(difference: Difference, evidence: Evidence) -> bool:
    return evidence.places.area(difference.area).last_day is not None


def _is_of_a_newer_edition(difference: Difference, evidence: Evidence) -> bool:
    return difference.measure in evidence.newer


_PROOFS: Final[Mapping[Proof, Callable[[Difference, Evidence], bool]]] = {
    Proof.NEWEST_POPULATION: _is_rate_of_newest_population,
    Proof.SAME_COUNT: _has_the_same_count,
    Proof.SAME_FOR_ALL: _is_the_same_for_all,
    Proof.NOT_ABOVE_OURS: _is_not_above_ours,
    Proof.BEFORE_IT_BEGAN: _is_before_it_began,
    Proof.HAS_ENDED: _has_ended,
    Proof.NEWER_EDITION: _is_of_a_newer_edition,
}
