"""How a figure is read from a file: which rows, which column, and what is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.contract import (
    POPULATION,
    TOTAL,
    IndicatorDetail,
    ObservationRow,
    ReadFrom,
    SourceCard,
    SourceFileRow,
)
from dashboard.words.numbers import amount, number

_NO_FILE: Final = SourceFileRow(name="", sha256="", rows=0, columns={}, spellings={})

Pick = tuple[str, tuple[str, ...]]
"""A column and the spellings of which one must stand in it, both in the words of the file."""


@dataclass(frozen=True)
class Reading:
    """How one entry of a definition is read from files, in the words of those files.

    `value` is blank where the files have no such column. `denominator` holds columns that are added
    up; `is_population` says that it is the number of children instead. Parts whose row differs from
    that of the value say in what.
    """

    files: tuple[str, ...]
    picks: tuple[Pick, ...]
    counted_where: tuple[Pick, ...]
    value: str
    numerator: str
    denominator: tuple[str, ...]
    numerator_picks: tuple[Pick, ...]
    denominator_picks: tuple[Pick, ...]
    limits: tuple[str, ...]
    is_population: bool
    is_complement: bool
    has_own_names: bool
    note: str

    @property
    def is_published(self) -> bool:
        """Whether the value stands in a column, as the publisher gives it."""
        return bool(self.value) and not self.counted_where and not self.is_complement


def readings(entry: ReadFrom, source: SourceCard) -> list[Reading]:
    """Return how an entry is read from the files of a source; files that agree share one."""
    merged: dict[Reading, list[str]] = {}
    for file in source["files"] or [_NO_FILE]:
        merged.setdefault(_reading(entry, file), []).append(file["name"])
    return [
        Reading(**{**vars(reading), "files": tuple(filter(None, names))})
        for reading, names in merged.items()
    ]


def _reading(entry: ReadFrom, file: SourceFileRow) -> Reading:
    columns = file["columns"]
    value = entry["value"] if not columns or entry["value"] in columns else ""
    limits = (entry["ci_lower"], entry["ci_upper"])
    population = entry["denominator"] == POPULATION
    parts = [] if population else filter(None, map(str.strip, entry["denominator"].split("+")))
    broken_down = {
        broken["column"]: _whole_of(broken) or list(broken["codes"])
        for broken in entry["breakdowns"].values()
        if broken["column"] not in entry["rows"]
    }
    return Reading(
        files=(),
        picks=_picks(file, {**entry["rows"], **broken_down}),
        counted_where=_picks(file, entry["counted_where"]),
        value=_header(file, value),
        numerator=_header(file, entry["numerator"]),
        denominator=tuple(_header(file, part) for part in parts),
        numerator_picks=_picks(file, entry["numerator_rows"]),
        denominator_picks=_picks(file, entry["denominator_rows"]),
        limits=tuple(_header(file, name) for name in limits if name),
        is_population=population,
        is_complement=entry["is_complement"],
        has_own_names=bool(columns),
        note=entry["note"],
    )


def is_whole(entry: ReadFrom) -> bool:
    """Say whether an entry gives figures that are not broken down."""
    fixed = entry["rows"]
    return all(b["column"] in fixed or _whole_of(b) for b in entry["breakdowns"].values())


def _whole_of(broken: Mapping[str, Any]) -> list[str]:
    """Return the spellings of a breakdown that stand for the whole."""
    return [said for said, code in broken["codes"].items() if code == TOTAL]


def _header(file: SourceFileRow, column: str) -> str:
    return file["columns"].get(column, column)


def _picks(file: SourceFileRow, rows: Mapping[str, Sequence[str]]) -> tuple[Pick, ...]:
    """Return columns and spellings as they are in the file."""
    return tuple(
        (
            _header(file, column),
            tuple(file["spellings"].get(column, {}).get(said, said) for said in spellings),
        )
        for column, spellings in rows.items()
    )


def quoted(spellings: Sequence[str]) -> str:
    """Return spellings as a reader looks for them: “Total” or “All”, or blank."""
    return " or ".join(f"“{said}”" if said else "blank" for said in spellings)


_TIMES: Final = {"percentage": 100, "rate_per_10000": 10_000, "thousands_per_head": 1_000}


def formula(indicator: IndicatorDetail) -> str:
    """Return how a value follows from its parts, in words."""
    if indicator["arithmetic"] == "count":
        return "the numerator itself"
    times = _TIMES.get(indicator["arithmetic"])
    return "numerator over denominator" + (f", times {times:,}" if times else "")


def rounding(decimals: int) -> str:
    """Return how values are rounded."""
    to = {0: "to a whole number", 1: "to one decimal"}.get(decimals, f"to {decimals} decimals")
    return f"rounded half up {to}"


def worked_out(row: ObservationRow, indicator: IndicatorDetail) -> str:
    """Return the sum with its numbers, such as `5,310 ÷ 84,456 × 100 = 6.3%`; blank without."""
    top, bottom = row["numerator"], row["denominator"]
    if top is None or bottom is None or indicator["arithmetic"] not in {*_TIMES, "ratio"}:
        return ""
    times = _TIMES.get(indicator["arithmetic"])
    by = f" × {times:,}" if times else ""
    value = amount(row["value"], indicator["unit"], indicator["decimals"])
    return f"{part(top)} ÷ {part(bottom)}{by} = {value}"


def part(value: float | int | None) -> str:
    """Write a whole count as it is, and a part of an average with one decimal."""
    return number(value, 0 if value is None or float(value).is_integer() else 1)
