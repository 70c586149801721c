"""Make the tables of `reference/made_up`: a country that does not exist, for tests and practice.

Run as `python -m reference.build_made_up`. Every figure is drawn from a hash of what it is for,
so the same code gives the same bytes on every machine.
"""

import sys
from collections.abc import Iterator, Mapping
from math import hypot
from pathlib import Path

from reference import shapes
from reference.build_england import write_table
from reference.build_made_up_areas import (
    COUNTRY,
    NEW_PAIR,
    OLD,
    PORT,
    REGIONS,
    SPLIT_ON,
    SUBREGIONS,
    TINY,
    Authority,
    abolished,
    authorities,
    draw,
)
from reference.build_made_up_context import context_lines, variable_lines
from reference.build_made_up_text import (
    ABOUT,
    CLASSIFICATIONS,
    KNOWN_PROBLEMS,
    LABELS,
    SOURCES,
)
from reference.fifths import fifths

_FOLDER = Path(__file__).parent / "made_up"
_FIRST_YEAR, _LAST_YEAR = 2012, 2024
_NEWEST, _EARLIER = "2025-07-01", "2024-07-01"
_BEFORE_SPLIT = "2021-03-31"
_RECODED_ON, _BEFORE_RECODING = "2019-04-01", "2019-03-31"
_RECODED, _CODE_BEFORE = "X06000061", "X10000023"
_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_CLOSENESS = ("extremely_close", "very_close", "close", "somewhat_close", "not_close")

_STRIPS = (5, 5, 6)  # columns of the tile map, three regions in each

Line = tuple[object, ...]


def build(target: Path = _FOLDER) -> None:
    """Write every table of the made-up place set."""
    current = authorities()
    old = abolished(current)
    labels = [(name, item, label) for name, items in LABELS.items() for item, label in items]
    children = _children(current, old)
    write_table(target, shapes.ABOUT, ABOUT)
    write_table(target, shapes.LABELS, labels)
    write_table(target, shapes.SOURCES, SOURCES)
    write_table(target, shapes.AREAS, _area_lines(current, old))
    write_table(target, shapes.CODES, _code_lines(current, old))
    write_table(target, shapes.SPELLINGS, _spelling_lines(current))
    write_table(target, shapes.CHANGES, _change_lines(children))
    write_table(target, shapes.POPULATIONS, _population_lines(current, old, children))
    write_table(target, shapes.NEIGHBOURS, _neighbour_lines(current, old))
    write_table(target, shapes.INSPECTIONS, _inspection_lines((*current, old)))
    classes, cuts = _class_lines(current, children)
    write_table(
        target,
        shapes.CLASSIFICATIONS,
        [(*line, cuts.get(line[0], ""), "Invented") for line in CLASSIFICATIONS],
    )
    write_table(target, shapes.CLASSES, classes)
    write_table(target, shapes.HEXAGONS, _hexagon_lines(current))
    write_table(target, shapes.KNOWN_PROBLEMS, KNOWN_PROBLEMS)
    write_table(target, shapes.CONTEXT_VARIABLES, variable_lines())
    write_table(target, shapes.CONTEXT, context_lines(current, children))
    # The framework is of indicators, not of places: practice uses the one of the catalogue.
    framework = f"{shapes.FRAMEWORK.table}.csv"
    (target / framework).write_bytes((_FOLDER.parent / "england" / framework).read_bytes())


def _area_lines(current: tuple[Authority, ...], old: Authority) -> Iterator[Line]:
    yield (*COUNTRY, "country", None, "970", None, None, None, None, "yes")
    for position, (code, name) in enumerate(REGIONS):
        yield (code, name, "region", None, str(980 + position), None, None, None, None, "yes")
    for position, (code, name) in enumerate(SUBREGIONS):
        yield (code, name, "subregion", None, str(995 + position), PORT, None, None, None, "yes")
    for a in sorted((*current, old), key=lambda area: area.code):
        last_day = _BEFORE_SPLIT if a is old else None
        rankable = "no" if a.code in TINY else "yes"
        whole = (a.region, a.subregion)
        yield (
            a.code,
            a.name,
            "authority",
            a.type,
            a.number,
            *whole,
            a.first_day,
            last_day,
            rankable,
        )


def _code_lines(current: tuple[Authority, ...], old: Authority) -> Iterator[Line]:
    for a in sorted((*current, old), key=lambda area: area.code):
        if a.code == _RECODED:
            yield (a.code, _CODE_BEFORE, None, _BEFORE_RECODING)
        first_day = _RECODED_ON if a.code == _RECODED else a.first_day
        yield (a.code, a.code, first_day, _BEFORE_SPLIT if a is old else None)


def _spelling_lines(current: tuple[Authority, ...]) -> Iterator[Line]:
    for a in current:
        suffix = {"town": "TA", "city": "City", "borough": "Borough", "vale": "VC"}[a.type]
        yield (a.code, f"{a.name} {suffix}", "Invented finance return")
        if " and " in a.name:
            yield (a.code, a.name.replace(" and ", " & "), "Invented inspectorate")


def _change_lines(children: Mapping[str, list[int]]) -> Iterator[Line]:
    note = f"Code {_CODE_BEFORE} became {_RECODED}; the area is the same"
    yield (_RECODED_ON, _RECODED, _RECODED, "recoded", "Y", None, note)
    total = sum(children[code][2021 - _FIRST_YEAR] for code in NEW_PAIR)
    for code in NEW_PAIR:
        share = f"{children[code][2021 - _FIRST_YEAR] / total:.4f}"
        yield (SPLIT_ON, OLD, code, "split", "N", share, "")


def _children(current: tuple[Authority, ...], old: Authority) -> dict[str, list[int]]:
    """Return children by authority for each mid-year; the abolished one is the sum of its parts."""
    counts = {
        a.code: [
            round(a.size * (1 + 0.012 * (draw(a.code, "growth") - 0.35)) ** year)
            for year in range(_LAST_YEAR - _FIRST_YEAR + 1)
        ]
        for a in current
    }
    counts[old.code] = [sum(pair) for pair in zip(*(counts[c] for c in NEW_PAIR), strict=True)]
    return counts


def _population_lines(
    current: tuple[Authority, ...], old: Authority, children: Mapping[str, list[int]]
) -> Iterator[Line]:
    split = 2021 - _FIRST_YEAR
    for whole, codes in _wholes(current):
        totals = [sum(year) for year in zip(*(children[code] for code in codes), strict=True)]
        yield _NEWEST, whole, _FIRST_YEAR, " ".join(map(str, totals))
    for a in sorted((*current, old), key=lambda area: area.code):
        counts = children[a.code]
        held = counts[:split] if a is old else counts[split:] if a.first_day else counts
        first = 2021 if a.first_day else _FIRST_YEAR
        yield _NEWEST, a.code, first, " ".join(map(str, held))
    for a in current:
        first_estimate = round(children[a.code][-2] * (0.995 + 0.01 * draw(a.code, "revision")))
        yield _EARLIER, a.code, 2023, first_estimate


def _wholes(current: tuple[Authority, ...]) -> Iterator[tuple[str, list[str]]]:
    yield COUNTRY[0], [a.code for a in current]
    for code, _ in (*REGIONS, *SUBREGIONS):
        yield code, [a.code for a in current if code in (a.region, a.subregion)]


def _neighbour_lines(current: tuple[Authority, ...], old: Authority) -> Iterator[Line]:
    before_split = tuple(a for a in current if a.code not in NEW_PAIR)
    for model, candidates, weight in (
        ("2024", current, 1.0),
        ("2020", (*before_split, old), 2.5),
    ):
        for a in candidates:
            ranked = sorted((_distance(a, b, weight), b.code) for b in candidates if b is not a)[
                :10
            ]
            words = [_CLOSENESS[min(int(distance * 25), 4)] for distance, _ in ranked]
            yield model, a.code, " ".join(code for _, code in ranked), " ".join(words)


def _distance(a: Authority, b: Authority, weight: float) -> float:
    return hypot(weight * (a.need - b.need), draw(a.code, "size") - draw(b.code, "size"))


def _inspection_lines(all_areas: tuple[Authority, ...]) -> Iterator[Line]:
    for a in sorted(all_areas, key=lambda area: area.code):
        if a.first_day is None:
            published = _day(a.code, "first", 2014, 4)
            grades, source = _grades(a, 1, 2014), "Invented inspectorate, 2018"
            yield a.code, "First round", "Full", None, published, grades, "official", source
        if a.code == OLD:
            continue
        year = 2022 + int(4 * draw(a.code, "second"))
        month = 1 + int(9 * draw(a.code, "month"))
        basis = "machine_read" if (year, month) > (2025, 4) else "official"
        days = (f"{year}-{month:02d}-09", f"{year}-{month + 2:02d}-20")
        grades, source = _grades(a, 2, year), "Invented inspectorate, 2025"
        yield a.code, "Second round", "Full", *days, grades, basis, source


def _day(code: str, what: str, first_year: int, years: int) -> str:
    year = first_year + int(years * draw(code, what, "year"))
    return f"{year}-{1 + int(12 * draw(code, what, 'month')):02d}-15"


def _grades(area: Authority, round_number: int, year: int) -> str:
    made = ["overall", "leadership", "help_and_protection", "in_care"]
    if round_number == 1 or year >= 2023:
        made.append("leaving_care")
    return " ".join(
        f"{judgement}:{_GRADES[int(4 * draw(area.code, judgement, round_number))]}"
        for judgement in made
    )


def _class_lines(
    current: tuple[Authority, ...], children: Mapping[str, list[int]]
) -> tuple[list[Line], dict[str, str]]:
    rural = ("urban", "significant_rural", "rural")
    lines: list[Line] = [
        ("rural_urban", a.code, rural[int(3 * draw(a.code, "rural"))], None, "") for a in current
    ]
    cuts: dict[str, str] = {}
    scores = {
        "deprivation": {a.code: round(5 + 40 * a.need, 2) for a in current},
        "population_band": {a.code: float(children[a.code][-1]) for a in current},
    }
    for name, by_area in scores.items():
        groups, limits = fifths(by_area, is_highest_first=name == "deprivation")
        cuts[name] = " ".join(f"{limit:.15g}" for limit in limits)
        lines += [(name, code, groups[code], f"{by_area[code]:.15g}", "") for code in by_area]
    return lines, cuts


def _hexagon_lines(current: tuple[Authority, ...]) -> Iterator[Line]:
    """Lay three strips of regions side by side, each wound down like a snake."""
    left = 0
    for strip, width in enumerate(_STRIPS):
        regions = [code for code, _ in REGIONS[3 * strip : 3 * strip + 3]]
        inside = [a for region in regions for a in current if a.region == region]
        for place, area in enumerate(inside):
            row, step = divmod(place, width)
            yield area.code, left + (width - 1 - step if row % 2 else step), row
        left += width


if __name__ == "__main__":
    build()
    sys.exit(0)
