"""What an area can be compared with: the whole, its region, neighbours, and groups of its like."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from api.area_choice import (
    CLASSES,
    class_values,
    graded,
    judgement_of,
    lies_in,
    neighbour_model,
)
from api.contract import COUNTRY_WORD
from api.figures import Figures
from api.opened import OpenRelease
from api.parameters import Parameter
from api.problems import ProblemError, unknown_value
from reference.areas import Area, AreaKind
from reference.inspections import MACHINE_READ, judgement_in_force

NEIGHBOURS: Final = "neighbours"
OFSTED: Final = "ofsted"
REGION: Final = "region"
TYPE: Final = "type"
NOT_YET: Final = ("own_past", "areas", "target")
DEFAULT: Final = (COUNTRY_WORD, REGION, NEIGHBOURS)

WITH: Final = Parameter(
    "with",
    f"What to compare with: `{COUNTRY_WORD}`, `region`, `neighbours`, `neighbours:MODEL`, `type`, "
    f"`ofsted:JUDGEMENT`, {', '.join(f'`{name}`' for name in CLASSES)}. "
    f"Default: {', '.join(DEFAULT)}.",
    "england,neighbours",
)


@dataclass(frozen=True)
class Comparator:
    """One comparison as asked for; `build` finds the group of an area among those with figures.

    The day is the one on which inspection judgements are read.
    """

    token: str
    model: str | None
    build: "Callable[[Figures, Area, date], Group]"


@dataclass(frozen=True)
class Group:
    """What an area is compared with: members by code, and the area that stands for the whole."""

    name: str | None = None
    members: tuple[int, ...] = ()
    whole: int | None = None
    """The area whose own figure is compared with, where there is one."""

    reason: str | None = None
    """Why there is nothing to compare with."""


def read_comparators(
    release: OpenRelease, tokens: tuple[str, ...], *, machine_read: bool
) -> tuple[Comparator, ...]:
    """Read `with=`; raises ProblemError for what is unknown or not there yet."""
    return tuple(_read(release, token, machine_read) for token in tokens or DEFAULT)


def _read(release: OpenRelease, token: str, machine_read: bool) -> Comparator:
    word, _, rest = token.partition(":")
    if word in NOT_YET:
        raise ProblemError(
            400, "not-yet", f"with: '{word}' is not there yet", parameter="with",
            suggestions=list(DEFAULT),
        )  # fmt: skip
    places = release.snapshot.places
    if word == NEIGHBOURS:
        model = neighbour_model(places, rest or None, "with")
        return Comparator(token, model, partial(_neighbours, model=model))
    if word == OFSTED:
        judgement = judgement_of(places, rest or places.default_judgement, "with")
        build = partial(_same_grade, judgement=judgement, machine_read=machine_read)
        return Comparator(token, None, build)
    if word in CLASSES and class_values(places, word) and not rest:
        return Comparator(token, None, partial(_same_class, name=word))
    plain = {**_PLAIN, places.country.name.casefold(): _country}
    if word.casefold() in plain and not rest:
        return Comparator(token, None, plain[word.casefold()])
    known = (*_PLAIN, NEIGHBOURS, *CLASSES, *(f"{OFSTED}:{name}" for name in places.judgements))
    raise unknown_value("with", token, known, "something to compare with", "use england or region")


def _country(figures: Figures, area: Area, _: date) -> Group:
    return _whole(figures, area, figures.release.snapshot.places.country)


def _region(figures: Figures, area: Area, _: date) -> Group:
    region = figures.release.snapshot.places.by_code.get(area.region or "")
    if region is None:
        return Group(reason=f"{area.name} lies in no region")
    return _whole(figures, area, region)


def _whole(figures: Figures, area: Area, whole: Area) -> Group:
    if area.code == whole.code:
        return Group(name=whole.name, reason="An area is not compared with itself")
    members = _those(figures, whole.code, lambda member: lies_in(member, whole))
    return Group(
        name=whole.name, members=members, whole=figures.release.snapshot.area_codes[whole.code]
    )


def _neighbours(figures: Figures, area: Area, _: date, *, model: str) -> Group:
    rows = figures.release.snapshot.places.neighbours_of(area.code, model)
    if not rows:
        return Group(reason=f"{area.name} has no statistical neighbours in model {model}")
    return Group(members=_codes(figures.release, [row.neighbour for row in rows]))


def _same_type(figures: Figures, area: Area, _: date) -> Group:
    if area.kind is not AreaKind.AUTHORITY or area.type is None:
        return Group(reason=f"{area.name} is not an authority of any type")
    alike = _those(figures, f"type {area.type}", lambda other: other.type == area.type)
    return Group(name=area.type, members=alike)


def _same_class(figures: Figures, area: Area, _: date, *, name: str) -> Group:
    places = figures.release.snapshot.places
    value = places.class_of(name, area.code)
    if value is None:
        return Group(reason=f"{area.name} has no class of {name.replace('_', ' ')}")
    alike = _those(
        figures, f"{name} {value}", lambda other: places.class_of(name, other.code) == value
    )
    return Group(name=value, members=alike)


def _same_grade(
    figures: Figures, area: Area, on: date, *, judgement: str, machine_read: bool
) -> Group:
    release = figures.release
    places = release.snapshot.places
    label = places.judgements[judgement].lower()
    held = judgement_in_force(places, area.code, judgement, on)
    if held is None:
        return Group(reason=f"{area.name} had no judgement of {label} in force on {on}")
    if held.basis == MACHINE_READ and not machine_read:
        reason = f"{area.name}'s judgement was read from its report by a machine"
        return Group(name=held.grade, reason=f"{reason}; machine_read=include counts such ones")
    alike = graded(release, judgement, on, machine_read=machine_read).get(held.grade, ())
    members = (code for code in _codes(release, alike) if figures.is_there[code])
    return Group(name=held.grade, members=tuple(members))


def _those(figures: Figures, name: str, holds: Callable[[Area], bool]) -> tuple[int, ...]:
    """Return the authorities that count in the period and meet a condition of some name."""
    release = figures.release
    return release.recall(
        ("those", name, figures.indicator.id, figures.period),
        lambda: tuple(code for code in figures.authorities if holds(release.areas[code])),
    )


_PLAIN: Final[Mapping[str, Callable[[Figures, Area, date], Group]]] = {
    COUNTRY_WORD: _country,
    AreaKind.COUNTRY.value: _country,
    REGION: _region,
    TYPE: _same_type,
}


def _codes(release: OpenRelease, areas: Iterable[str]) -> tuple[int, ...]:
    known = release.snapshot.area_codes
    return tuple(sorted(known[area] for area in areas))
