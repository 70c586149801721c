"""Rows that compare: comparisons, profiles, groups."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

ComparisonRow = TypedDict(
    "ComparisonRow",
    {
        "release": str, "indicator": str, "area_code": str, "period": str,
        "value": float | int | None, "status": str,
        "ci_lower": float | None, "ci_upper": float | None,
        "with": str, "model": str | None, "statistic_shown": str,
        "members": int, "members_with_data": int, "units_counted": int,
        "coverage": float | None, "mean": float | None, "median": float | None,
        "q25": float | None, "q75": float | None, "pooled": float | None,
        "pooled_ci_lower": float | None, "pooled_ci_upper": float | None,
        "difference": float | None, "outcome": str, "outcome_adjusted_for_many": str | None,
        "method": str, "phi": float | None, "z": float | None, "reason": str | None,
        "flags": list[str],
        "group": str | None, "comparator_value": float | int | None, "without_data": list[str],
    },
)  # fmt: skip
"""One row of /comparisons: `difference` is value minus the statistic shown;
`statistic_shown` is `value` (England, region), `median` (neighbours) or `pooled` (groups).
`comparator_value` is the figure that it names; for England and a region that is the published one,
which also stands in `pooled`. `group` names what is compared with (a grade, class, type or area).
Mean, median and quartiles are of all members with data; `pooled` leaves the area itself out.
For an indicator that counts authorities, `pooled` is their number, also for neighbours; mean,
median, quartiles and difference are null: one authority is not larger or smaller than a count.
Members are those that existed on the period's last day or have a figure in it; neighbours are as
their model names them. `without_data` lists the other members, each as `CODE status`, and as
`CODE joint_return` a neighbour in the area's own return, which no statistic counts."""


class ProfileRow(TypedDict):
    """One indicator of one area in /profiles/{code}: the value beside its comparators."""

    indicator: str
    title: str
    short_title: str
    kind: str
    stage: str
    unit: str
    decimals: int
    direction: str
    period: str
    period_label: str
    value: float | int | None
    status: str
    flags: list[str]
    ci_lower: float | None
    ci_upper: float | None
    previous_period: str | None
    previous_value: float | int | None
    change: float | None
    comparisons: list[ComparisonRow]
    spine: dict[str, float | None]  # min, q25, median, q75, max over authorities with data
    source: str
    change_reason: str | None  # why there is no change, as across a break


class GroupMember(TypedDict):
    """One authority of a group, with its value when an indicator was named."""

    code: str
    name: str
    value: float | int | None
    status: str | None


class GroupRow(TypedDict):
    """One group of a grouping in /groups, with statistics when an indicator was named."""

    grouping: str
    group: str
    label: str
    as_at: str | None
    members: int
    members_with_data: int | None
    units_counted: int | None
    coverage: float | None
    pooled: float | None
    pooled_ci_lower: float | None
    pooled_ci_upper: float | None
    mean: float | None
    median: float | None
    q25: float | None
    q75: float | None
    published_value: float | int | None
    flags: list[str]
    areas: list[GroupMember]


class GroupingCard(TypedDict):
    """One way to group authorities: an item of /groups when no grouping is named.

    `grouping` is a token for `grouping=` (`ofsted:JUDGEMENT` once for each judgement held).
    `is_default` marks the default judgement among those.
    """

    grouping: str
    title: str
    note: str
    is_default: bool
