"""Rows about two indicators that are read together: the card of a pair, and its authorities."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class PairCard(TypedDict):
    """One pair, and how its two figures go together over the authorities of a year.

    `x_line` is the figure that parts higher from lower: the country's (`x_line_of` is `country`)
    or, where it has none, the median of the authorities (`median`). `authorities` have both figures
    and can be ranked, a joint return counted once; each is counted in one of the four quadrants or
    `on_a_line`. Those `left_out` can be ranked and lack a figure. `correlation` is the rank
    correlation over `authorities`, with its 95 % interval; `no_correlation` says why there is none.
    """

    id: str
    title: str
    x: str
    x_title: str
    x_short_title: str
    x_unit: str
    x_decimals: int
    x_measured: str
    x_period: str | None
    x_period_label: str | None
    x_line: float | int | None
    x_line_of: str | None
    y: str
    y_title: str
    y_short_title: str
    y_unit: str
    y_decimals: int
    y_measured: str
    y_period: str | None
    y_period_label: str | None
    y_line: float | int | None
    y_line_of: str | None
    reason: str
    caution: str
    higher_higher: str
    higher_lower: str
    lower_higher: str
    lower_lower: str
    source: str
    authorities: int
    authorities_higher_higher: int
    authorities_higher_lower: int
    authorities_lower_higher: int
    authorities_lower_lower: int
    authorities_on_a_line: int
    authorities_left_out: int
    correlation: float | None
    correlation_lower: float | None
    correlation_upper: float | None
    no_correlation: str | None
    sentence: str
    flags: list[str]


class PairRow(TypedDict):
    """One authority in /pairs/{pair}: both figures, and the quadrant that they put it in.

    `x_lies` is `higher`, `level` or `lower` than `x_line`, both as shown. `x_outcome` is that of
    the comparison with the country by itself, and `beyond_chance` joins what remains of the two
    when the whole page of the authority is seen together: `both`, `x_only`, `y_only` or `neither`
    differ by more than chance; null where one of them cannot be compared.
    Without a quadrant, `reason_code` is `not_rankable`, `no_x`, `no_y`, `neither`, `no_line` or
    `on_a_line`, and `reason` says it in words.
    """

    release: str
    pair: str
    area_code: str
    area_name: str
    area_type: str
    quadrant: str | None
    beyond_chance: str | None
    reason_code: str | None
    reason: str | None
    x: str
    x_period: str
    x_value: float | int | None
    x_status: str
    x_ci_lower: float | None
    x_ci_upper: float | None
    x_line: float | int | None
    x_line_of: str | None
    x_lies: str | None
    x_outcome: str
    x_outcome_adjusted_for_many: str
    x_outcome_reason: str | None
    y: str
    y_period: str
    y_value: float | int | None
    y_status: str
    y_ci_lower: float | None
    y_ci_upper: float | None
    y_line: float | int | None
    y_line_of: str | None
    y_lies: str | None
    y_outcome: str
    y_outcome_adjusted_for_many: str
    y_outcome_reason: str | None
    flags: list[str]
