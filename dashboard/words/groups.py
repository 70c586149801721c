"""Sentences about groups of authorities: whether they differ, and where one authority stands."""

from collections.abc import Mapping, Sequence

from api.contract import GroupRow
from dashboard.views.group_cross import Cross, Overlap
from dashboard.words.names import opening
from dashboard.words.numbers import plural
from dashboard.words.outcomes import Measure
from dashboard.words.statuses import status_word


def lead_sentence(what: str, groups: Sequence[GroupRow]) -> str:
    """Return the sentence of the test, led by what it is of: indicator, grouping and period."""
    said = next((group["sentence"] for group in groups if group["sentence"]), None)
    return f"{what}: {said[:1].lower()}{said[1:]}" if said else f"{what}."


def range_sentence(
    groups: Sequence[tuple[str, GroupRow]], measure: Measure, country: str, value: float | None
) -> str:
    """Return where the median authorities of the groups lie, and the country's own figure."""
    known = [(group["median"], name) for name, group in groups if group["median"] is not None]
    own = f" {country}: {measure.amount(value)}." if value is not None else ""
    if len(known) < 2:
        return own.strip()
    low, high = min(known, key=_median), max(known, key=_median)
    if low[0] == high[0]:
        return f"The median authority of every group has {measure.amount(low[0])}.{own}"
    return (
        f"The median authority has {measure.quantity(low[0])} in the group “{low[1]}” and "
        f"{measure.quantity(high[0])} in “{high[1]}”.{own}"
    )


def _median(held: tuple[float | int | None, str]) -> float:
    return float(held[0] or 0)


def own_sentence(
    name: str, value: float | int | None, status: str | None, group: GroupRow, label: str,
    measure: Measure,
) -> str:  # fmt: skip
    """Return where an authority stands in its own group."""
    if value is None:
        return f"{opening(name)} is in “{label}” and has no figure: {status_word(status)}."
    said = f"{opening(name)}, {measure.amount(value)}, is in “{label}”"
    q25, q75 = group["q25"], group["q75"]
    if q25 is None or q75 is None:
        return f"{said}, which has too few figures for a middle half."
    half = f"the middle half of that group ({measure.quantity(q25)} to {measure.quantity(q75)})"
    if value < q25:
        return f"{said}, below {half}."
    return f"{said}, above {half}." if value > q75 else f"{said}, within {half}."


def missing_words(counts: Mapping[str, int]) -> str:
    """Return how many authorities have no figure by the reason, such as `3 suppressed`."""
    return ", ".join(f"{count} {status_word(status)}" for status, count in counts.items())


def with_data(group: GroupRow) -> str:
    """Return how many members have a figure, such as `58 of 60`."""
    return f"{group['members_with_data'] or 0} of {group['members']}"


def held_sentence(groups: Sequence[GroupRow]) -> str:
    """Return over how many authorities and groups the chart goes."""
    held = sum(group["members_with_data"] or 0 for group in groups)
    every = sum(group["members"] for group in groups)
    return (
        f"{held} of {plural(every, 'authority', 'authorities')} in "
        f"{plural(len(groups), 'group')} have a figure."
    )


def within_sentence(cross: Cross, by: str, across: str) -> str:
    """Return within how many groups of a second grouping the first ones differ."""
    verdicts = [cross.verdict(code) for code in cross.across]
    told = [word for word in verdicts if word != "cannot say"]
    if not told:
        return (
            f"Whether groups by {by} differ within each group by {across} cannot be said: too few "
            "authorities have a figure in any of them."
        )
    count = verdicts.count("yes")
    untold = len(verdicts) - len(told)
    rest = f"; of {untold} it cannot be said" if untold else ""
    opened = f"Among authorities alike by {across}, those by {by}"
    beyond = "beyond chance and ordinary variation"
    if len(told) == 1:
        verb = "differ" if count else "do not differ"
        return f"{opened} {verb} {beyond} in the one group of which it can be said{rest}."
    how_many = f"in {count}" if count else "in none"
    return f"{opened} differ {beyond} {how_many} of {plural(len(told), 'group')}{rest}."


def overlap_sentence(one: Overlap) -> str:
    """Return in plain counts that two groupings largely put the same authorities together."""
    return (
        f"The groupings overlap: of {one.members} authorities in “{one.label}”, {one.count} are in "
        f"“{one.within}” (of all {one.all}, {one.count_of_all} are). What differs between groups "
        "of one may be what differs between groups of the other."
    )
