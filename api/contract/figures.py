"""Rows of figures: observations, trends, rankings, inequalities."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class ObservationRow(TypedDict):
    """One row of /observations, the columns of ROW_COLUMNS."""

    release: str
    indicator: str
    definition_version: int
    area_code: str
    area_name: str
    area_type: str
    period: str
    period_start: str
    period_end: str
    sex: str
    age: str
    ethnicity: str
    need: str
    placement: str
    reason: str
    role: str
    school_phase: str
    value: float | int | None
    numerator: float | int | None
    denominator: float | int | None
    ci_lower: float | None
    ci_upper: float | None
    ci_level: float | None
    status: str
    flags: list[str]
    source_symbol: str
    unit: str
    source: str
    updated_release: str


class TrendRow(TypedDict):
    """Which way one series goes: a row of /trends, up to `period`, not broken down.

    `marker` is `increasing`, `decreasing` or `no_change`, null where nobody can say. `reason_code`
    (and `reason` in words) says why there is none: `too_few_points`, `no_interval`,
    `overlapping_periods`, `not_yearly`, `break_inside`, `zero_width_interval`; or why it is
    `no_change`: `within_chance`, `rests_on_one_point`, `too_small_to_show`. `slope` is per year, on
    the scale of the indicator. `periods` and `values` (as shown) are those of the points used.
    `is_robust`: the direction stands as each point is left out in turn.
    `breaks` are those of the seven years up to `period`, each as `PERIOD KIND` with the kinds
    `definition`, `boundary` and `small_change`; the last breaks nothing. `predecessors` are the
    areas that this one was made from: their figures are never part of its series.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    area_type: str
    period: str
    value: float | int | None
    status: str
    unit: str
    marker: str | None
    better_or_worse: str | None
    reason_code: str | None
    reason: str | None
    chi_square: float | None
    slope: float | None
    is_robust: bool | None
    points_used: int
    first_period: str | None
    last_period: str | None
    periods: list[str]
    values: list[float | int | None]
    breaks: list[str]
    predecessors: list[str]
    flags: list[str]


class RankingRow(TypedDict):
    """Where one authority stands among all: a row of /rankings, in the order of ranks.

    `rules` is `own` or `lait` (`as=lait`). `rank_one` says what rank 1 is: `best` or `highest`.
    `ranked` is of how many, `tied` how many share the rank. `percentile` is of the value, 0 the
    lowest. `quarter` 1 holds rank 1; `letter` (A to D) only where a way is good. `rank_from` and
    `rank_to` are the ranks that chance leaves open, null without an interval. `reason_code` (and
    `reason` in words) says why there is no position: `not_rankable`, `no_value`, `is_a_count`,
    `small_denominator`, `small_expected_count`, `too_few_authorities`; as LAIT, `no_direction`.
    `change`, `neighbour_mean` and `neighbours_with_value` are given as LAIT only, where `letter` is
    its band, and quarter, percentile and open ranks are null.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    area_type: str
    period: str
    value: float | int | None
    status: str
    unit: str
    rules: str
    rank_one: str | None
    rank: int | None
    ranked: int | None
    tied: int | None
    percentile: float | None
    quarter: int | None
    letter: str | None
    rank_from: int | None
    rank_to: int | None
    reason_code: str | None
    reason: str | None
    change: float | int | None
    neighbour_mean: float | None
    neighbours_with_value: int | None
    flags: list[str]


class InequalityRow(TypedDict):
    """One part of a figure against the total that it lies in: a row of /inequalities.

    Of each area, period and breakdown (`by`) the total comes first (`part` `_T`), then the parts in
    the order of reading, then the largest gap: `part` is the highest and `against` the lowest, both
    null where there is none. `against` of a part is `_T`. `difference` and its 95 % limits are
    worked out from the counts, on the scale of the indicator; `ratio` is of the same two.
    `outcome` is that of the part against the rest of its total, `outcome_adjusted_for_many` looks
    at all parts (of the largest gap: at all pairs) together. `reason_code` (and `reason` in words)
    says why there is no gap: `is_total`, `siblings` (`by` `family`, where `part` is an indicator),
    `part_missing`, `total_missing`, `no_interval`, `shares_denominator`, `counts_unknown`,
    `other_edition`, `nothing_else`, `not_inside`, `rest_withheld`, `few`, `overlapping_parts`,
    `too_few_parts`. Of parts older than a revised total, gaps are to all of them added up.
    """

    release: str
    indicator: str
    area_code: str
    area_name: str
    period: str
    by: str
    part: str | None
    part_title: str | None
    against: str | None
    value: float | int | None
    status: str
    ci_lower: float | None
    ci_upper: float | None
    numerator: float | int | None
    denominator: float | int | None
    total_value: float | int | None
    difference: float | None
    difference_lower: float | None
    difference_upper: float | None
    ratio: float | None
    outcome: str
    outcome_adjusted_for_many: str | None
    method: str
    reason_code: str | None
    reason: str | None
    unit: str
    source: str
    flags: list[str]
