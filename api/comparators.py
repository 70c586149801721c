"""What an area can be compared with: the whole, its region, neighbours, and groups of its like."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final

from api.area_choice import CLASSES, class_values, graded, judgement_of
from api.area_lists import AREAS, list_token, read_list, whole_tokens
from api.area_names import lies_in, neighbour_model
from api.contract import COUNTRY_WORD
from api.opened import OpenRelease
from api.parameters import Parameter
from api.problems import bad_value, unknown_value
from indicators.model import Arithmetic
from reference.areas import Area, AreaKind
from reference.inspections import MACHINE_READ, judgement_in_force

NEIGHBOURS: Final = "neighbours"
OFSTED: Final = "ofsted"
REGION: Final = "region"
TYPE: Final = "type"
OWN_PAST: Final = "own_past"
TARGET: Final = "target"
MOST_TARGET: Final = 1e9
_MOST_FIGURES: Final = {Arithmetic.PERCENTAGE: 100.0, Arithmetic.RATE_PER_10000: math.inf}
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
NAMING_NO_GROUP: Final = (OWN_PAST, f"{AREAS}:CODE", f"{TARGET}:NUMBER")
DEFAULT: Final = (COUNTRY_WORD, REGION, NEIGHBOURS)
DEFAULT_OF_EXCEPTIONS: Final = (NEIGHBOURS, OWN_PAST)


def with_parameter(default: Sequence[str]) -> Parameter:
    """Return `with=` of a resource, with what it means there when it is left out."""
    text = (
        f"What to compare with: `{COUNTRY_WORD}`, `region`, `neighbours`, `neighbours:MODEL`, "
        f"`type`, `ofsted:JUDGEMENT`, {', '.join(f'`{name}`' for name in CLASSES)}, `own_past` "
        "(the period before), `areas:CODE,CODE` (your own list), `target:NUMBER` (of one "
        "indicator, in its unit). "
        f"Default: {', '.join(default)}."
    )
    return Parameter("with", text, "england,neighbours")


WITH: Final = with_parameter(DEFAULT)


class Against(StrEnum):
    """What kind of figure a figure is compared with."""

    WHOLE = "whole"
    GROUP = "group"
    PAST = "past"
    TARGET = "target"


@dataclass(frozen=True)
class Group:
    """What an area is compared with: members by code, and the area that stands for the whole."""

    name: str | None = None
    members: tuple[int, ...] = ()
    whole: int | None = None
    """The area whose own figure is compared with, where there is one."""

    reason: str | None = None
    """Why there is nothing to compare with."""


@dataclass(frozen=True)
class Comparator:
    """One comparison as asked for; `build` finds the group of an area.

    The day is the one on which inspection judgements are read. Members that a model or a reader
    names (`is_named`) stand in the group whether or not they existed then.
    """

    token: str
    against: Against
    build: Callable[[OpenRelease, Area, date], Group]
    model: str | None = None
    is_named: bool = False
    target: float | None = None

    @property
    def word(self) -> str:
        """The token without what it names."""
        return self.token.partition(":")[0]

    @property
    def is_dated(self) -> bool:
        """Whether the group hangs on a day."""
        return self.word == OFSTED


def read_comparators(
    release: OpenRelease, tokens: tuple[str, ...], *, machine_read: bool
) -> tuple[Comparator, ...]:
    """Read `with=`; raises ProblemError for what is unknown."""
    found = whole_tokens(tokens or DEFAULT, set(_words(release)))
    return tuple(_read(release, words, machine_read) for words in dict.fromkeys(found))


def check_targets(
    release: OpenRelease, comparators: Sequence[Comparator], indicators: Sequence[int]
) -> None:
    """Raise ProblemError for a target of several indicators, or that a figure cannot reach."""
    targets = [one.target for one in comparators if one.target is not None]
    if not targets or not indicators:
        return
    if len(indicators) > 1:
        detail = f"a target is in the unit of one indicator; name one, not {len(indicators)}"
        raise bad_value("indicator", detail)
    arithmetic = release.snapshot.indicators[indicators[0]].arithmetic
    most = _MOST_FIGURES.get(arithmetic)
    if most is not None and not all(0 <= target <= most for target in targets):
        reach = f"0 to {most:g}" if math.isfinite(most) else "0 upwards"
        raise bad_value("with", f"target: figures of this indicator go from {reach}")


def _words(release: OpenRelease) -> Iterator[str]:
    yield from (*_PLAIN, *CLASSES, NEIGHBOURS, OFSTED, OWN_PAST, AREAS, TARGET)
    yield release.snapshot.places.country.name.casefold()


def _read(release: OpenRelease, words: tuple[str, ...], machine_read: bool) -> Comparator:
    token = words[0]
    word, _, rest = token.partition(":")
    places = release.snapshot.places
    if word == NEIGHBOURS:
        model = neighbour_model(places, rest or None, "with")
        build = partial(_neighbours, model=model)
        return Comparator(token, Against.GROUP, build, model, is_named=True)
    if word == OFSTED:
        judgement = judgement_of(places, rest or places.default_judgement, "with")
        graded_alike = partial(_same_grade, judgement=judgement, machine_read=machine_read)
        return Comparator(token, Against.GROUP, graded_alike)
    if word == AREAS:
        members = read_list(release, words, "with")
        listed = partial(_listed, members=members)
        return Comparator(list_token(release, members), Against.GROUP, listed)
    if word == TARGET:
        return Comparator(token, Against.TARGET, _alone, target=_target(rest))
    if word == OWN_PAST and not rest:
        return Comparator(token, Against.PAST, _alone)
    if word in CLASSES and class_values(places, word) and not rest:
        return Comparator(token, Against.GROUP, partial(_same_class, name=word))
    plain = {**_PLAIN, places.country.name.casefold(): _country}
    if word.casefold() in plain and not rest:
        build_plain = plain[word.casefold()]
        against = Against.GROUP if build_plain is _same_type else Against.WHOLE
        return Comparator(token, against, build_plain)
    known = (
        *_PLAIN, NEIGHBOURS, *CLASSES, *(f"{OFSTED}:{name}" for name in places.judgements),
        *NAMING_NO_GROUP,
    )  # fmt: skip
    raise unknown_value("with", token, known, "something to compare with", "use england or region")


def _target(text: str) -> float:
    target = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not abs(target) <= MOST_TARGET:
        detail = f"target: '{text[:20]}' is not a number; write target:12.5 in the indicator's unit"
        raise bad_value("with", detail)
    return target


def _country(release: OpenRelease, area: Area, _: date) -> Group:
    return _whole(release, area, release.snapshot.places.country)


def _region(release: OpenRelease, area: Area, _: date) -> Group:
    region = release.snapshot.places.by_code.get(area.region or "")
    if region is None:
        return Group(reason=f"{area.name} lies in no region")
    return _whole(release, area, region)


def _whole(release: OpenRelease, area: Area, whole: Area) -> Group:
    if area.code == whole.code:
        return Group(name=whole.name, reason="An area is not compared with itself")
    members = _those(release, whole.code, lambda member: lies_in(member, whole))
    return Group(name=whole.name, members=members, whole=release.snapshot.area_codes[whole.code])


def _neighbours(release: OpenRelease, area: Area, _: date, *, model: str) -> Group:
    rows = release.snapshot.places.neighbours_of(area.code, model)
    if not rows:
        return Group(reason=f"{area.name} has no statistical neighbours in model {model}")
    return Group(members=_codes(release, [row.neighbour for row in rows]))


def _listed(release: OpenRelease, area: Area, _: date, *, members: tuple[int, ...]) -> Group:
    return Group(name="own list", members=members)


def _alone(release: OpenRelease, area: Area, _: date) -> Group:
    return Group()


def _same_type(release: OpenRelease, area: Area, _: date) -> Group:
    if area.kind is not AreaKind.AUTHORITY or area.type is None:
        return Group(reason=f"{area.name} is not an authority of any type")
    alike = _those(release, f"type {area.type}", lambda other: other.type == area.type)
    return Group(name=area.type, members=alike)


def _same_class(release: OpenRelease, area: Area, _: date, *, name: str) -> Group:
    places = release.snapshot.places
    value = places.class_of(name, area.code)
    if value is None:
        return Group(reason=f"{area.name} has no class of {name.replace('_', ' ')}")
    alike = _those(
        release, f"{name} {value}", lambda other: places.class_of(name, other.code) == value
    )
    return Group(name=value, members=alike)


def _same_grade(
    release: OpenRelease, area: Area, on: date, *, judgement: str, machine_read: bool
) -> Group:
    places = release.snapshot.places
    label = places.judgements[judgement].lower()
    held = judgement_in_force(places, area.code, judgement, on)
    if held is None:
        return Group(reason=f"{area.name} had no judgement of {label} in force on {on}")
    if held.basis == MACHINE_READ and not machine_read:
        reason = f"{area.name}'s judgement was read from its report by a machine"
        return Group(name=held.grade, reason=f"{reason}; machine_read=include counts such ones")
    alike = graded(release, judgement, on, machine_read=machine_read).get(held.grade, ())
    return Group(name=held.grade, members=_codes(release, alike))


def _those(release: OpenRelease, name: str, holds: Callable[[Area], bool]) -> tuple[int, ...]:
    """Return the authorities that ever existed and meet a condition of some name."""
    codes = release.authorities.tolist()
    return release.recall(
        ("those", name), lambda: tuple(code for code in codes if holds(release.areas[code]))
    )


_PLAIN: Final[Mapping[str, Callable[[OpenRelease, Area, date], Group]]] = {
    COUNTRY_WORD: _country,
    AreaKind.COUNTRY.value: _country,
    REGION: _region,
    TYPE: _same_type,
}


def _codes(release: OpenRelease, areas: Iterable[str]) -> tuple[int, ...]:
    known = release.snapshot.area_codes
    return tuple(sorted(known[area] for area in areas))
