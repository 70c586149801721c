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


class GroupMember(TypedDict):
    """One authority of a group, with its value when an indicator was named."""

    code: str
    name: str
    value: float | int | None
    status: str | None


class GroupRow(TypedDict):
    """One group of a grouping in /groups, with statistics when an indicator was named.

    `grouping` is the token that gives these groups again, a list of one's own in it. `as_at` is the
    day on which judgements are read. `sd` (n - 1 below) and `iqr` are the spread of the values that
    mean and quartiles are of. From `groups_differ` to `caution`, every row of a grouping says the
    same: the result of a test of all groups, by ranks of authorities (`kruskal_wallis`, `none`
    without a test). `share_between` (0 to 1) is of the variation in the order of authorities.
    `is_tested` says whether this group is in the test, `left_out_of_test` which of its members with
    a value are not, each as `CODE reason`: `not_rankable`, `joint_return`, `no_judgement`,
    `few_members`. `test_reason_code` (and `sentence` in words) says why there is no test:
    `is_a_count`, `one_group`, `too_few_groups`, `too_few_authorities`, `all_equal`.
    """

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
    sd: float | None
    iqr: float | None
    is_tested: bool | None
    groups_differ: bool | None
    test_method: str | None
    test_statistic: float | None
    test_p: float | None
    share_between: float | None
    groups_tested: int | None
    authorities_tested: int | None
    test_reason_code: str | None
    sentence: str | None
    caution: str | None
    left_out_of_test: list[str]


class GroupingCard(TypedDict):
    """One way to group authorities: an item of /groups when no grouping is named.

    `grouping` is a token for `grouping=` (`ofsted:JUDGEMENT` once for each judgement held).
    `is_default` marks the default judgement among those.
    """

    grouping: str
    title: str
    note: str
    is_default: bool
