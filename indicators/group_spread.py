"""How far authorities spread within groups and between them; docs/methods/groups.md.

The test is that of Kruskal and Wallis (1952): one value for each authority, so that ordinary
variation among authorities counts as well as chance, and by ranks, so that one extreme value
decides nothing. The share between groups is of the same ranks and never contradicts the test.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers, decimal_quantile, round_half_up, shown
from indicators.chi_square import chi_square_tail
from indicators.comparison import TOO_FEW_MEMBERS
from indicators.model import Arithmetic, Indicator
from indicators.position import MIN_AUTHORITIES, MIN_SHARE, count_ahead

ALPHA: Final = 0.05
METHOD_RANKS: Final = "kruskal_wallis"
METHOD_NONE: Final = "none"
SPREAD_DECIMALS: Final = 1
"""Spread is written with this many decimals more than the values, as limits of intervals are."""

IN_NO_GROUP: Final = -1
_TINY_P: Final = 0.001


class NoTest(StrEnum):
    """Why nobody can say whether groups differ."""

    IS_A_COUNT = "is_a_count"
    ONE_GROUP = "one_group"
    TOO_FEW_GROUPS = "too_few_groups"
    TOO_FEW_AUTHORITIES = "too_few_authorities"
    ALL_EQUAL = "all_equal"


WORDS: Final[Mapping[NoTest, str]] = {
    NoTest.IS_A_COUNT: "this indicator counts authorities, and one is counted or not",
    NoTest.ONE_GROUP: "there is one group, and nothing to hold it against",
    NoTest.TOO_FEW_GROUPS: f"fewer than two groups have {TOO_FEW_MEMBERS} authorities with a value",
    NoTest.TOO_FEW_AUTHORITIES: (
        f"fewer than half of the authorities, or fewer than {MIN_AUTHORITIES}, have a value"
    ),
    NoTest.ALL_EQUAL: "all authorities have the same value",
}


@dataclass(frozen=True)
class Spread:
    """How far the values of one group lie apart; None below three members with data."""

    sd: float | None = None
    iqr: float | None = None


@dataclass(frozen=True)
class GroupTest:
    """Whether groups differ beyond chance and ordinary variation, or why nobody can say.

    `share_between` is of the variation in the order of authorities, 0 to 1. `groups` and
    `authorities` are those that the test counts; `is_tested` says it of each group.
    """

    reason: NoTest | None
    is_tested: tuple[bool, ...] = ()
    groups: int = 0
    authorities: int = 0
    statistic: float | None = None
    p: float | None = None
    share_between: float | None = None

    @property
    def differ(self) -> bool | None:
        """Whether the groups differ; None where there is no test."""
        return None if self.p is None else self.p < ALPHA

    @property
    def method(self) -> str:
        """The name of the test."""
        return METHOD_NONE if self.reason else METHOD_RANKS


def spread_of(values: Sequence[float], decimals: int) -> Spread:
    """Return the spread of the values of a group as shown, each authority counting alike.

    The standard deviation has n - 1 below it, as the authorities stand for more years than one.
    """
    lower, upper = (decimal_quantile(values, share) for share in ("0.25", "0.75"))
    if len(values) < TOO_FEW_MEMBERS or lower is None or upper is None:
        return Spread()
    places = decimals + SPREAD_DECIMALS
    deviation = float(np.std(np.asarray(values, dtype=np.float64), ddof=1))
    return Spread(sd=round_half_up(deviation, places), iqr=shown(upper - lower, places))


def judge_groups(indicator: Indicator, value: ArrayLike, group: ArrayLike, count: int) -> GroupTest:
    """Say whether the groups of some authorities differ.

    `value` is as shown, NaN where there is none; `group` numbers the groups from 0 to `count` - 1.
    A group with fewer than three values is left out.
    """
    values, codes = np.asarray(value, dtype=np.float64), np.asarray(group, dtype=np.int64)
    has_value = np.isfinite(values) & (codes > IN_NO_GROUP)
    sizes = np.bincount(codes[has_value], minlength=count)
    enough = sizes >= TOO_FEW_MEMBERS
    is_in = (codes > IN_NO_GROUP) & enough[codes] if count else has_value
    used, of_group = values[is_in & has_value], codes[is_in & has_value]
    reason = _why_no_test(indicator, used, int(enough.sum()), count, int((codes >= 0).sum()))
    if reason is not None:
        return GroupTest(reason, (False,) * count)
    statistic, between = rank_statistic(used, np.searchsorted(np.flatnonzero(enough), of_group))
    groups = int(enough.sum())
    return GroupTest(
        reason=None,
        is_tested=tuple(enough.tolist()),
        groups=groups,
        authorities=len(used),
        statistic=statistic,
        p=chi_square_tail(statistic, groups - 1),
        share_between=between,
    )


def rank_statistic(value: Numbers, group: NDArray[np.int64]) -> tuple[float, float]:
    """Return the H of Kruskal and Wallis, corrected for ties, and the share between groups.

    The share is epsilon squared of the ranks (Kelley 1935), 0 on average where groups are drawn
    at random and never shown below; eta squared would be (groups - 1) / (n - 1) for nothing.
    """
    ahead, equal = count_ahead(value)
    rank = ahead + (equal + 1) / 2
    n, sizes = len(rank), np.bincount(group)
    middle = (n + 1) / 2
    means = np.bincount(group, rank) / sizes
    total = float(((rank - middle) ** 2).sum())
    between = float((sizes * (means - middle) ** 2).sum())
    statistic = (n - 1) * between / total
    share = (statistic - len(sizes) + 1) / (n - len(sizes))
    return statistic, max(share, 0.0)


def sentence_of(test: GroupTest) -> str:
    """Return the result in a sentence."""
    if test.reason is not None:
        return f"Nobody can say whether groups differ here: {WORDS[test.reason]}."
    counted = f"{test.authorities} authorities in {test.groups} groups, {_p_words(test.p or 0.0)}"
    if not test.differ:
        return (
            "These groups do not differ by more than chance and ordinary variation among "
            f"authorities explain ({counted})."
        )
    return (
        "Authorities in these groups differ by more than chance and ordinary variation "
        f"({counted}): {_share_words(test.share_between or 0.0)} of the variation in the order of "
        "authorities lies between the groups, the rest within them."
    )


def _why_no_test(
    indicator: Indicator, used: Numbers, enough: int, count: int, members: int
) -> NoTest | None:
    if indicator.arithmetic is Arithmetic.COUNT:
        return NoTest.IS_A_COUNT
    if count == 1:
        return NoTest.ONE_GROUP
    if enough < 2:
        return NoTest.TOO_FEW_GROUPS
    if len(used) < max(MIN_AUTHORITIES, MIN_SHARE * members):
        return NoTest.TOO_FEW_AUTHORITIES
    return NoTest.ALL_EQUAL if (used == used[0]).all() else None


def _p_words(p: float) -> str:
    return f"p < {_TINY_P}" if p < _TINY_P else f"p = {round_half_up(p, 3)}"


def _share_words(share: float) -> str:
    whole = int(round_half_up(100 * share, 0))
    return f"{whole}%" if whole else "less than 1%"
