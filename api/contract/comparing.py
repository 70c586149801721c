"""Rows that compare: comparisons, profiles, groups."""

from typing import Any

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
        "plain_95": str, "plain_998": str, "p": float | None, "p_adjusted": float | None,
        "funnel_lower_95": float | None, "funnel_upper_95": float | None,
        "funnel_lower_998": float | None, "funnel_upper_998": float | None,
        "wide_funnel_lower_95": float | None, "wide_funnel_upper_95": float | None,
        "wide_funnel_lower_998": float | None, "wide_funnel_upper_998": float | None,
    },
)  # fmt: skip
ComparisonRow.__doc__ = """One row of /comparisons: `difference` is value minus the statistic shown;
`statistic_shown` is `value` (England, region), `median` (neighbours) or `pooled` (groups).
`comparator_value` is the figure that it names; for England and a region that is the published one,
which also stands in `pooled`. `group` names what is compared with (a grade, class, type or area).
Mean, median and quartiles are of all members with data; `pooled` leaves the area itself out.
For an indicator that counts authorities, `pooled` is their number, also for neighbours; mean,
median, quartiles and difference are null: one authority is not larger or smaller than a count.
Members are those that existed on the period's last day or have a figure in it; neighbours are as
their model names them. `without_data` lists the other members, each as `CODE status`, and as
`CODE joint_return` a neighbour in the area's own return, which no statistic counts.

`with=own_past` compares with the period before of the same kind (`group` names it), never across a
break; `with=target:NUMBER` with that number: neither has members. `outcome_adjusted_for_many` is
what remains when the area's whole page is seen together (Benjamini and Hochberg, 5 %): all
indicators at their latest, or all of the same period; it does not depend on what else was asked
for. `p` is the chance of a difference as large or larger, `p_adjusted` that among the page's.
`plain_95` and `plain_998` are the words by chance alone. `funnel_…` are the limits that chance sets
for an area of this size around what it is compared with, `wide_funnel_…` those with ordinary
variation, around a published figure only. docs/methods/comparison.md explains all of them."""


StandingRow = TypedDict(
    "StandingRow",
    {
        "release": str, "indicator": str, "title": str, "short_title": str,
        "kind": str, "stage": str, "period": str, "with": str, "model": str | None,
        "areas": int, "without_value": int,
        "better": int, "similar": int, "worse": int, "higher": int, "lower": int,
        "cannot_compare": int, "differ": int, "differ_alone": int, "reason": str | None,
    },
)  # fmt: skip
StandingRow.__doc__ = """One indicator in /standings: its rows of /comparisons, counted.

`areas` are those compared, each with one of the six words from `better` to `cannot_compare`, as it
is when the area's whole page is seen together (`outcome_adjusted_for_many`). `differ` is better,
worse, higher and lower taken together, `differ_alone` the same by the outcome of each figure by
itself. Of those in `cannot_compare`, `without_value` have no figure; `reason` is why most of the
others cannot be compared, null where there are none."""


class ProfileRow(TypedDict):
    """One indicator of one area in /profiles/{code}: the value beside its comparators.

    `change` is null where a break lies between the two figures or they share events, and
    `change_reason` says so. `trend` has the fields of /trends from `marker` to `values`.
    `agreement` says on how many of the comparators that were asked for a conclusion rests:
    `outcomes` names under each word the comparators that come to it when the whole page is seen
    together, `comparators` counts those that could be compared, and `sentence` says it, such as
    "similar under 3 and worse under 2 of 5 comparators"; own past and target are no such choice.
    `stands_out` has an item for each comparator from which the figure differs when the whole page
    is seen together, with `rank`, `certainty`, `difference` and `size` as in /exceptions.
    """

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
    change_reason: str | None
    trend: dict[str, Any]
    agreement: dict[str, Any]  # {outcomes: {word: [with]}, comparators, sentence}
    stands_out: list[dict[str, Any]]  # {with, rank, certainty, difference, size}


ExceptionRow = TypedDict(
    "ExceptionRow",
    {
        "release": str, "area_code": str, "area_name": str,
        "with": str, "model": str | None, "rank": int,
        "indicator": str, "title": str, "short_title": str, "kind": str, "stage": str,
        "period": str, "period_before": str | None,
        "value": float | int | None, "unit": str, "decimals": int,
        "ci_lower": float | None, "ci_upper": float | None,
        "tested_against": float | int | None, "median": float | None, "difference": float,
        "size": float | None, "outcome": str, "certainty": str,
        "p": float | None, "p_adjusted": float | None, "method": str, "flags": list[str],
    },
)  # fmt: skip
ExceptionRow.__doc__ = """One thing that stands out: a row of /exceptions, in the order of `rank`.

Every indicator at its latest period, against its neighbours taken together and its own past, or
what `with` asks for. `certainty` is `certain` (among all of its page chance gives it once in 500
at most), `among_many` (it remains when all are looked at together) or `alone` (it differs only by
itself; listed when asked for). Within a certainty the largest `size` comes first: `difference` (the
value minus `tested_against`) in units of how far authorities usually are apart, the standard
deviation that their quartiles imply; null where the quartiles are equal. `outcome` is the word of
the figure by itself."""


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
    With a second grouping, `across`, a row is of those of its members that lie in `across_group`,
    and the test is of the groups within that one; else these three are null.
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
    across: str | None
    across_group: str | None
    across_label: str | None


class GroupingCard(TypedDict):
    """One way to group authorities: an item of /groups when no grouping is named.

    `grouping` is a token for `grouping=` (`ofsted:JUDGEMENT` once for each judgement held).
    `is_default` marks the default judgement among those.
    """

    grouping: str
    title: str
    note: str
    is_default: bool
