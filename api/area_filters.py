"""Which areas a list means beyond what figures are narrowed by: a day, words, level, children."""

from collections.abc import Callable
from datetime import date
from typing import Final

from api.area_cards import children_of
from api.area_names import lies_in, resolve_area
from api.opened import OpenRelease
from api.parameters import DAY, Parameter, Query, described, one_of
from api.problems import bad_value, unknown_value
from reference.areas import Area, AreaKind

AS_AT: Final = Parameter(
    "as_at",
    "A day: only areas that existed then, with the code and the judgements in force then. "
    "Default: all areas, as at the end of the latest period.",
    "2025-03-31",
    is_list=False,
    form=DAY,
)
ON: Final = Parameter(
    "on", "The same as `as_at`, its older name.", "2025-03-31", is_list=False, form=DAY
)
PARAMETERS: Final = described(
    (
        Parameter("q", "Words that the name contains.", "north", is_list=False),
        Parameter("kind", f"Levels: {', '.join(AreaKind)}.", "authority", form=one_of(*AreaKind)),
        Parameter("within", "Only authorities inside these: regions, subregions or `england`."),
        Parameter(
            "population_min",
            "Only authorities with at least so many children aged 0 to 17.",
            "50000",
            is_list=False,
        ),
        Parameter(
            "population_max",
            "Only authorities with at most so many children aged 0 to 17.",
            "100000",
            is_list=False,
        ),
        AS_AT,
        ON,
    )
)

Test = Callable[[Area], bool]


def read_day(query: Query) -> date | None:
    """Return the day asked about, None where none is; raises ProblemError."""
    if "on" in query and "as_at" in query:
        raise bad_value("on", "is the older name of as_at; give one of them")
    name = "on" if "on" in query else "as_at"
    text = query.one(name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_value(name, f"'{text[:20]}' is not a day like 2025-03-31") from None


def tests_of(release: OpenRelease, query: Query, on: date | None) -> list[Test]:
    """Return what an area must pass; raises ProblemError for what cannot be read."""
    kinds = _kinds(query)
    words = (query.one("q") or "").casefold().split()
    tests: list[Test] = [
        lambda area: area.kind in kinds,
        lambda area: on is None or area.existed_on(on),
        lambda area: all(word in area.name.casefold() for word in words),
    ]
    if "within" in query:
        wholes = [_whole(release, word) for word in query.all("within")]
        tests.append(lambda area: any(lies_in(area, whole) for whole in wholes))
    least, most = (_count(query, f"population_{end}") for end in ("min", "max"))
    if least is not None or most is not None:
        if least is not None and most is not None and least > most:
            raise bad_value("population_min", f"{least} is more than population_max, {most}")
        tests.append(lambda area: _is_between(children_of(release, area.code), least, most, area))
    return tests


def _is_between(count: int | None, least: int | None, most: int | None, area: Area) -> bool:
    """Say whether an authority has a known number of children between two numbers."""
    if count is None or area.kind is not AreaKind.AUTHORITY:
        return False
    return (least is None or count >= least) and (most is None or count <= most)


def _whole(release: OpenRelease, text: str) -> Area:
    area = resolve_area(release, text, "within")
    if area.kind is AreaKind.AUTHORITY:
        raise bad_value("within", f"{area.name} is an authority; give a region or country")
    return area


def _count(query: Query, name: str) -> int | None:
    text = query.one(name)
    if text is None:
        return None
    plain = text.replace("_", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        raise bad_value(name, f"'{text[:20]}' is not a whole number like 50000")
    return int(plain)


def _kinds(query: Query) -> set[AreaKind]:
    words = query.all("kind")
    for word in words:
        if word not in list(AreaKind):
            raise unknown_value("kind", word, AreaKind, "a level", f"use {', '.join(AreaKind)}")
    return {AreaKind(word) for word in words} or set(AreaKind)
