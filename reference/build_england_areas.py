"""Areas, dated codes, spellings and lineage of England from published files (build time only)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

COUNTRY = ("E92000001", "England", "970")
_LONDON = "E12000007"
_TYPES = {
    "Unitary authority": "unitary",
    "Metropolitan district": "metropolitan",
    "London borough": "london_borough",
    "City of London": "london_borough",
    "Shire county": "county",
}
_KINDS = {
    "county_to_unitary": "recoded",
    "boundary_change_recode": "boundary_change",
    "split": "split",
    "merge": "merge",
}
_BOUNDARY_NOTE = "Small boundary change with {other}; the code changed, the area is almost the same"
_NOTES = {
    ("E06000028", "E06000058"): "Bournemouth, Poole and Christchurch district became one authority",
    ("E06000029", "E06000058"): "Bournemouth, Poole and Christchurch district became one authority",
    ("E10000009", "E06000058"): "Christchurch district only",
    ("E10000009", "E06000059"): "The county without Christchurch; same name, new code and number",
}
_BOUNDARY_PARTNERS = {
    "Northumberland": "Gateshead",
    "Gateshead": "Northumberland",
    "Barnsley": "Sheffield",
    "Sheffield": "Barnsley",
}
# Names of regions and of abolished authorities as statistical files write them.
_MORE_SPELLINGS = (
    ("E12000006", "East", "ONS"),
    ("E10000009", "Dorset (Pre LG)", "LAIT statistical neighbours"),
    ("E06000029", "Poole (Pre LG)", "LAIT statistical neighbours"),
    ("E06000028", "Bournemouth (Pre LG)", "LAIT statistical neighbours"),
    ("E13000001", "London (Inner)", "LAIT statistical neighbours"),
    ("E13000002", "London (Outer)", "LAIT statistical neighbours"),
)

Line = tuple[object, ...]


@dataclass(frozen=True)
class AreaTables:
    """The four tables about areas, and two ways to find an area in them."""

    areas: tuple[Line, ...]
    codes: tuple[Line, ...]
    spellings: tuple[Line, ...]
    changes: tuple[Line, ...]

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """Any dated code to the canonical code."""
        dated = {str(code): str(area) for area, code, *_ in self.codes}
        return dated | {str(area[0]): str(area[0]) for area in self.areas}

    @cached_property
    def by_number(self) -> Mapping[str, str]:
        """The three-digit number of an authority or region to the canonical code."""
        return {str(area[4]): str(area[0]) for area in self.areas}

    @cached_property
    def current(self) -> tuple[str, ...]:
        """The canonical codes of the authorities that exist."""
        return tuple(str(a[0]) for a in self.areas if a[2] == "authority" and not a[8])


def read_lines(path: Path) -> list[dict[str, str]]:
    """Return the lines of a published CSV, all cells as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def area_tables(source: Path) -> AreaTables:
    """Return the tables about areas, from the joined-up tables in `source/reference`."""
    folder = source / "reference"
    current = read_lines(folder / "local_authorities.csv")
    former = read_lines(folder / "former_la_codes.csv")
    changes = read_lines(folder / "la_code_changes.csv")
    canonical = _canonical_codes({row["la_code"] for row in current}, changes)
    starts = {row["successor_code"]: row["effective_date"] for row in changes}
    wholes = tuple(_wholes(read_lines(folder / "regions.csv")))
    ended = [row for row in former if canonical[row["la_code"]] == row["la_code"]]
    ended = [row for row in ended if row["still_used_for_153_list"] != "Y"]
    began = {row["successor_code"] for row in changes if row["same_footprint"] == "N"}
    authorities = sorted(
        [
            *(
                _current_area(row, starts[row["la_code"]] if row["la_code"] in began else "")
                for row in current
            ),
            *(_ended_area(row, starts) for row in ended),
        ]
    )
    return AreaTables(
        areas=(*wholes, *authorities),
        codes=tuple(_dated_codes(canonical, changes)),
        spellings=tuple(_spellings(folder, authorities)),
        changes=tuple(_change(row, canonical) for row in changes),
    )


def _canonical_codes(current: set[str], changes: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Map each code to that of its area: codes joined by a mere recoding are one area."""
    groups: dict[str, set[str]] = {}
    for row in changes:
        old, new = row["predecessor_code"], row["successor_code"]
        for code in (old, new):
            groups.setdefault(code, {code})
        if row["same_footprint"] != "N":
            joined = groups[old] | groups[new]
            groups.update(dict.fromkeys(joined, joined))
    alone = {code: code for code in current}
    return alone | {
        code: next(iter(sorted(group & current)), code) for code, group in groups.items()
    }


def _wholes(regions: Sequence[Mapping[str, str]]) -> Iterator[Line]:
    code, name, number = COUNTRY
    yield (code, name, "country", None, number, None, None, None, None, "yes")
    for row in regions:
        parent = row["parent_region_code"] or None
        kind = "subregion" if parent else "region"
        yield (
            row["region_code"],
            row["region_name"],
            kind,
            None,
            row["lait_la_number"],
            parent,
            None,
            None,
            None,
            "yes",
        )


def _current_area(row: Mapping[str, str], first_day: str) -> Line:
    region, part = row["region_code"], row["dfe_region_code"]
    return (
        row["la_code"],
        row["la_name"],
        "authority",
        _TYPES[row["la_type"]],
        row["old_la_code"],
        region,
        part if part != region else None,
        first_day or None,
        None,
        "no" if row["sui_generis"] == "Y" else "yes",
    )


def _ended_area(row: Mapping[str, str], starts: Mapping[str, str]) -> Line:
    return (
        row["la_code"],
        row["la_name"],
        "authority",
        _TYPES[row["la_type"]],
        row["old_la_code"],
        row["region_code"],
        None,
        starts.get(row["la_code"]),
        row["last_day"],
        "yes",
    )


def _dated_codes(
    canonical: Mapping[str, str], changes: Sequence[Mapping[str, str]]
) -> Iterator[Line]:
    starts = {row["successor_code"]: row["effective_date"] for row in changes}
    ends = {row["predecessor_code"]: _day_before(row["effective_date"]) for row in changes}
    for code, area in sorted(
        canonical.items(), key=lambda pair: (pair[1], starts.get(pair[0], ""))
    ):
        yield (area, code, starts.get(code), ends.get(code))


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _spellings(folder: Path, authorities: Sequence[Line]) -> Iterator[Line]:
    names = {area[0]: area[1] for area in authorities}
    for row in read_lines(folder / "la_name_aliases.csv"):
        if row["alias"] != names[row["la_code"]]:
            yield (row["la_code"], row["alias"], row["source"])
    yield from _MORE_SPELLINGS
    for region in read_lines(folder / "regions.csv"):
        if region["level"] == "GOR":
            name = f"{region['region_name']} region (statistical)"
            yield (region["region_code"], name, "Fingertips")


def _change(row: Mapping[str, str], canonical: Mapping[str, str]) -> Line:
    old, new = row["predecessor_code"], row["successor_code"]
    kind = _KINDS[row["change_type"]]
    note = _NOTES.get((old, new), "")
    if kind == "recoded":
        note = f"Code {old} became {new}; the area is the same"
    if kind == "boundary_change":
        other = _BOUNDARY_PARTNERS[row["successor_name"]]
        note = f"{_BOUNDARY_NOTE.format(other=other)} ({old} became {new})"
    return (
        row["effective_date"],
        canonical[old],
        canonical[new],
        kind,
        row["same_footprint"],
        row["successor_share_of_predecessor_0_17"] or None,
        note,
    )
