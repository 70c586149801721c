"""Spread within groups, and whether the groups of a grouping differ at all, as fields of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from api.figures import Figures, units_of
from api.groupings import Grouping, NamedGroup, own_of
from indicators.group_spread import GroupTest, judge_groups, sentence_of, spread_of
from reference.inspections import NO_JUDGEMENT

DIGITS: Final = 6

CAUTION: Final = (
    "Research has found little or no association between inspection grades and such figures, and "
    "a stronger one with deprivation. A judgement may follow from figures and may change what "
    "comes after it, so that a difference between grades does not show its cause."
)
"""Beside every grouping by grade; docs/methods/groups.md names the research."""


class LeftOut(StrEnum):
    """Why the value of a member is not in the test of its groups."""

    NOT_RANKABLE = "not_rankable"
    JOINT_RETURN = "joint_return"
    NO_JUDGEMENT = "no_judgement"
    FEW_MEMBERS = "few_members"


@dataclass(frozen=True)
class Judged:
    """The test of one grouping, and why the values of some members are not in it."""

    test: GroupTest
    left_out: Mapping[int, LeftOut]


FIELDS: Final = (
    "sd", "iqr", "is_tested", "groups_differ", "test_method", "test_statistic", "test_p",
    "share_between", "groups_tested", "authorities_tested", "test_reason_code", "sentence",
    "caution",
)  # fmt: skip


def spread_and_test(
    figures: Figures | None, grouping: Grouping, groups: Sequence[NamedGroup]
) -> Iterator[dict[str, Any]]:
    """Give for each group its spread, and the test of all, which every row repeats."""
    if figures is None:
        yield from (dict.fromkeys(FIELDS) | {"left_out_of_test": []} for _ in groups)
        return
    judged = judge(figures, groups)
    shared = _test_fields(judged.test)
    for place, group in enumerate(groups):
        yield {
            **_spread(figures, group),
            "is_tested": judged.test.is_tested[place],
            **shared,
            "caution": CAUTION if grouping.judgement else None,
            "left_out_of_test": [
                f"{figures.release.areas[member].code} {judged.left_out[member]}"
                for member in group.members
                if member in judged.left_out
            ],
        }


def judge(figures: Figures, groups: Sequence[NamedGroup]) -> Judged:
    """Say whether groups differ, by authorities that can be ranked, each return once."""
    key = ("groups", figures.indicator.id, figures.period, tuple(groups))
    return figures.release.recall(key, lambda: _judge(figures, groups))


def _judge(figures: Figures, groups: Sequence[NamedGroup]) -> Judged:
    group_of, left_out = _returns(figures, groups)
    units = list(group_of)
    test = judge_groups(
        figures.indicator, figures.value[units], [group_of[unit] for unit in units], len(groups)
    )
    if test.reason is not None:
        return Judged(test, {})
    for group, is_tested in zip(groups, test.is_tested, strict=True):
        if not is_tested:
            left_out |= {m: LeftOut.FEW_MEMBERS for m in group.members if m not in left_out}
    has_value = figures.is_ok
    return Judged(test, {member: why for member, why in left_out.items() if has_value[member]})


def _returns(
    figures: Figures, groups: Sequence[NamedGroup]
) -> tuple[dict[int, int], dict[int, LeftOut]]:
    """Return the group of each return that is in the test, and why other members are not.

    A return of two authorities in two groups says nothing about how these differ.
    """
    left_out: dict[int, LeftOut] = {}
    members_of: dict[int, dict[int, int]] = {}
    for place, group in enumerate(groups):
        own = own_of(figures, group)
        for member in group.members:
            if group.id == NO_JUDGEMENT:
                left_out[member] = LeftOut.NO_JUDGEMENT
            elif member in own:
                left_out[member] = LeftOut.JOINT_RETURN
            elif not figures.release.areas[member].is_rankable:
                left_out[member] = LeftOut.NOT_RANKABLE
            else:
                members_of.setdefault(int(figures.unit[member]), {})[member] = place
    group_of: dict[int, int] = {}
    for unit, members in members_of.items():
        if len(set(members.values())) == 1:
            group_of[unit] = next(iter(members.values()))
        else:
            left_out |= dict.fromkeys(members, LeftOut.JOINT_RETURN)
    return group_of, left_out


def _spread(figures: Figures, group: NamedGroup) -> dict[str, float | None]:
    """Return the spread of the very values that mean and quartiles are of."""
    if figures.counts_authorities:
        return {"sd": None, "iqr": None}
    own = own_of(figures, group)
    units = units_of(figures, [member for member in group.members if member not in own])
    spread = spread_of(figures.value[units].tolist(), figures.indicator.decimals)
    return {"sd": spread.sd, "iqr": spread.iqr}


def _test_fields(test: GroupTest) -> dict[str, Any]:
    return {
        "groups_differ": test.differ,
        "test_method": test.method,
        "test_statistic": _short(test.statistic),
        "test_p": _short(test.p),
        "share_between": None if test.share_between is None else round(test.share_between, 4),
        "groups_tested": test.groups,
        "authorities_tested": test.authorities,
        "test_reason_code": test.reason,
        "sentence": sentence_of(test),
    }


def _short(number: float | None) -> float | None:
    """Return a number with so many digits that it stays other than nought however small."""
    return None if number is None else float(f"{number:.{DIGITS}g}")
