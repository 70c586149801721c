"""Authorities in groups: the groupings there are, their members, and what each group comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from api.area_choice import CLASSES, class_values, graded
from api.area_names import lies_in
from api.comparators import OFSTED, REGION
from api.figure_table import JOINT
from api.figures import Figures, Number, pooled, statistics, summary_fields
from api.opened import OpenRelease
from api.problems import unknown_value
from reference.areas import AreaKind
from reference.inspections import NO_JUDGEMENT

AREA_TYPE: Final = "area_type"
OTHERS: Final = "others"


@dataclass(frozen=True)
class Grouping:
    """One way to group authorities; `judgement` only where it is by inspection."""

    token: str
    title: str
    note: str = ""
    judgement: str | None = None
    is_default: bool = False
    chosen: "Chosen | None" = None
    """The authorities that the reader chose, where it is these that make a group."""

    def as_card(self) -> dict[str, Any]:
        """Return the item of the list of groupings."""
        return {
            "grouping": self.token,
            "title": self.title,
            "note": self.note,
            "is_default": self.is_default,
        }


@dataclass(frozen=True)
class Chosen:
    """Authorities that the reader chose: neighbours of `subject`, or a list of the reader's own."""

    id: str
    label: str
    members: tuple[int, ...]
    subject: int | None = None
    has_others: bool = False
    """Whether all others are a second group to hold them against."""


@dataclass(frozen=True)
class NamedGroup:
    """One group of a grouping, with its members by area code."""

    id: str
    label: str
    members: tuple[int, ...]
    whole: int | None = None
    """The area whose published figure is that of the group, for regions."""

    subject: int | None = None
    """The area that these are neighbours of: its own return is not counted among them."""


def groupings_of(release: OpenRelease) -> Mapping[str, Grouping]:
    """Return the groupings of a release's place set by token."""
    places = release.snapshot.places
    found = [
        Grouping(REGION, "Region"),
        Grouping(AREA_TYPE, "Type of authority"),
        *(
            Grouping(
                f"{OFSTED}:{judgement}",
                f"Ofsted: {label[:1].lower()}{label[1:]}",
                "Judgements in force at the end of the period shown",
                judgement,
                is_default=judgement == places.default_judgement,
            )
            for judgement, label in places.judgements.items()
        ),
        *(Grouping(c.id, c.title, c.note) for c in places.classifications if c.id in CLASSES),
    ]
    return {grouping.token: grouping for grouping in found}


def read_grouping(release: OpenRelease, token: str, parameter: str = "grouping") -> Grouping:
    """Return a grouping; `ofsted` alone is by the default judgement. Raises ProblemError."""
    known = groupings_of(release)
    wanted = f"{OFSTED}:{release.snapshot.places.default_judgement}" if token == OFSTED else token
    if wanted not in known:
        advice = f"use {', '.join(known)}"
        raise unknown_value(parameter, token, (*known, OFSTED), "a grouping", advice)
    return known[wanted]


def groups_of(
    release: OpenRelease, grouping: Grouping, there: Sequence[int], on: date, *, machine_read: bool
) -> list[NamedGroup]:
    """Return the groups of a grouping of some authorities, in their own order.

    Inspection judgements are read on the day; an authority that has ended has none in force.
    """
    if grouping.chosen is not None:
        return _chosen(grouping.chosen, there)
    if grouping.token == REGION:
        return _regions(release, there, on)
    if grouping.judgement is not None:
        return _graded(release, grouping.judgement, there, on, machine_read=machine_read)
    if grouping.token == AREA_TYPE:
        labels = release.snapshot.places.area_types
        return _alike(labels, {code: release.areas[code].type for code in there})
    places = release.snapshot.places
    token = grouping.token
    values = {code: places.class_of(token, release.areas[code].code) for code in there}
    return _alike(class_values(places, token), values)


def group_row(
    release: OpenRelease,
    grouping: Grouping,
    group: NamedGroup,
    on: date | None,
    figures: Figures | None,
) -> dict[str, Any]:
    """Return the row of one group, with statistics where there are figures."""
    return {
        "grouping": grouping.token,
        "group": group.id,
        "label": group.label,
        "as_at": on.isoformat() if on else None,
        "members": len(group.members),
        **_statistics(figures, group),
        "areas": [
            {
                "code": release.areas[member].code,
                "name": release.areas[member].name,
                "value": figures.number(figures.value[member]) if figures else None,
                "status": figures.status_name(member) if figures else None,
            }
            for member in group.members
        ],
    }


def _statistics(figures: Figures | None, group: NamedGroup) -> dict[str, Any]:
    if figures is None:
        return dict.fromkeys(_STATISTICS) | {"flags": []}
    stats = statistics(figures, group.members, group.subject)
    together = pooled(figures, group.members, group.subject)
    return {
        "members_with_data": stats.with_data,
        "units_counted": stats.units,
        "coverage": stats.coverage,
        "pooled": together.value,
        "pooled_ci_lower": together.lower,
        "pooled_ci_upper": together.upper,
        **summary_fields(figures, stats.summary),
        "published_value": _published(figures, group),
        "flags": list(stats.flags),
    }


def own_of(figures: Figures, group: NamedGroup) -> frozenset[int]:
    """Return the members whose figure is that of the area that they are neighbours of."""
    if group.subject is None or not figures.flags[group.subject] & JOINT:
        return frozenset()
    is_own = figures.is_ok & (figures.unit == figures.unit[group.subject])
    return frozenset(member for member in group.members if is_own[member])


def _published(figures: Figures, group: NamedGroup) -> Number:
    return None if group.whole is None else figures.number(figures.value[group.whole])


_STATISTICS: Final = (
    "members_with_data", "units_counted", "coverage", "pooled", "pooled_ci_lower",
    "pooled_ci_upper", "mean", "median", "q25", "q75", "published_value",
)  # fmt: skip


def _chosen(chosen: Chosen, there: Sequence[int]) -> list[NamedGroup]:
    """Return the chosen authorities, as they were named, and the others that were there."""
    if not chosen.members:
        return []
    groups = [NamedGroup(chosen.id, chosen.label, chosen.members, subject=chosen.subject)]
    if chosen.has_others:
        apart = {*chosen.members, chosen.subject}
        others = tuple(code for code in there if code not in apart)
        groups.append(NamedGroup(OTHERS, "All other authorities", others, subject=chosen.subject))
    return groups


def _regions(release: OpenRelease, there: Sequence[int], on: date) -> list[NamedGroup]:
    return [
        NamedGroup(
            id=region.code,
            label=region.name,
            members=tuple(code for code in there if lies_in(release.areas[code], region)),
            whole=release.snapshot.area_codes[region.code],
        )
        for region in release.snapshot.places.of_kind(AreaKind.REGION, on)
    ]


def _graded(
    release: OpenRelease, judgement: str, there: Sequence[int], on: date, *, machine_read: bool
) -> list[NamedGroup]:
    held = graded(release, judgement, on, machine_read=machine_read)
    grade_of = {area: grade for grade, areas in held.items() for area in areas}
    areas = release.areas
    ended = {code: NO_JUDGEMENT for code in there if not areas[code].existed_on(on)}
    values = {code: grade_of.get(areas[code].code) for code in there} | ended
    return _alike({**release.snapshot.places.grades, NO_JUDGEMENT: "No judgement"}, values)


def _alike(labels: Mapping[str, str], values: Mapping[int, str | None]) -> list[NamedGroup]:
    groups = [
        NamedGroup(value, label, tuple(code for code, held in values.items() if held == value))
        for value, label in labels.items()
    ]
    return [group for group in groups if group.members]
