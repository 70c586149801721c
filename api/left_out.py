"""Authorities that are in no group of a grouping: how many, why, and which."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from api.area_choice import CLASSES
from api.comparators import OFSTED, Comparator
from api.figures import Figures
from api.groupings import Grouping, NamedGroup, groups_of, read_grouping
from api.opened import OpenRelease
from reference.inspections import MACHINE_READ, judgement_in_force

MOST_NAMED: Final = 10


def there_on(release: OpenRelease, on: date, figures: Figures | None = None) -> tuple[int, ...]:
    """Return the authorities that count: on a day, or in the period of figures."""
    if figures is not None:
        return figures.authorities
    codes = release.authorities.tolist()
    return tuple(code for code in codes if release.areas[code].existed_on(on))


def left_out(
    release: OpenRelease,
    grouping: Grouping,
    groups: Iterable[NamedGroup],
    there: Sequence[int],
    on: date,
) -> Iterator[str]:
    """Give a sentence for each reason why authorities are in none of the groups."""
    grouped = {member for group in groups for member in group.members}
    reasons: dict[str, list[str]] = {}
    for code in there:
        if code not in grouped:
            reason = _reason(release, grouping, code, on)
            reasons.setdefault(reason, []).append(release.areas[code].name)
    for reason, names in reasons.items():
        count = "1 authority is" if len(names) == 1 else f"{len(names)} authorities are"
        yield f"{count} in no group of {grouping.token}, because {reason}: {listed(names)}"


def left_out_of_comparisons(
    release: OpenRelease, comparators: Iterable[Comparator], on: date, *, machine_read: bool
) -> Iterator[str]:
    """Give the same of comparisons with grades and classes, on the day judgements are read."""
    there = there_on(release, on)
    for comparator in comparators:
        if comparator.token.partition(":")[0] in {OFSTED, *CLASSES}:
            grouping = read_grouping(release, comparator.token)
            groups = groups_of(release, grouping, there, on, machine_read=machine_read)
            yield from left_out(release, grouping, groups, there, on)


def _reason(release: OpenRelease, grouping: Grouping, code: int, on: date) -> str:
    if grouping.judgement is None:
        return "none is held for them, as for those that have ended"
    held = judgement_in_force(
        release.snapshot.places, release.areas[code].code, grouping.judgement, on
    )
    if held is None:
        return f"no judgement was in force on {on}"
    if held.basis == MACHINE_READ:
        return "a machine read the judgement from the report (machine_read=include counts such)"
    return f"the grade {held.grade} is unknown here"


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return names as a list in words, the first of them where there are more than so many."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
