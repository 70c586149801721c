"""Rows as text, JSON or CSV: fragments made once a release, numbers straight from columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import orjson

from api.columns import OK, Columns, number_token
from api.opened import OpenRelease
from api.rows import Block
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, flag_names
from indicators.export_rows import csv_text, shown_type


@dataclass(frozen=True)
class Dialect:
    """How one text format writes a field."""

    name: str
    text: Callable[[str], str]
    flags: Callable[[Sequence[str]], str]
    key: Callable[[str], str]
    null: str


def json_text(content: Any) -> str:
    """Return anything as JSON."""
    return orjson.dumps(content).decode()


JSON: Final = Dialect(
    "json", json_text, lambda flags: json_text(list(flags)), '"{}":'.format, "null"
)
CSV: Final = Dialect("csv", csv_text, ";".join, lambda _: "", "")


@dataclass(frozen=True)
class Fragments:
    """The text of everything that a code stands for, in one dialect."""

    release: OpenRelease
    dialect: Dialect

    def field(self, name: str, text: str) -> str:
        """Return one field with its key."""
        return self.dialect.key(name) + self.dialect.text(text)

    @cached_property
    def heads(self) -> list[str]:
        """By indicator: release and indicator, up to the definition's version."""
        return [
            f"{self.field('release', self.release.id)},{self.field('indicator', indicator.id)},"
            + self.dialect.key("definition_version")
            for indicator in self.release.snapshot.indicators
        ]

    @cached_property
    def areas(self) -> list[str]:
        """By area."""
        return [
            f",{self.field('area_code', area.code)},{self.field('area_name', area.name)},"
            + self.field("area_type", shown_type(area))
            for area in self.release.areas
        ]

    @cached_property
    def periods(self) -> list[str]:
        """By period, twice: as a snapshot on its last day, then as a whole."""
        return [
            f",{self.field('period', period.id)},"
            f"{self.field('period_start', start.isoformat())},"
            f"{self.field('period_end', end.isoformat())}"
            for measured in ("snapshot", "during")
            for period in self.release.snapshot.periods
            for start, end in (period.bounds(measured),)
        ]

    @cached_property
    def breakdowns(self) -> list[str]:
        """By breakdown, up to the value."""
        return [
            "".join(
                f",{self.field(name, code)}"
                for name, code in zip(BREAKDOWN_COLUMNS, breakdown.codes, strict=True)
            )
            + f",{self.dialect.key('value')}"
            for breakdown in self.release.snapshot.index.breakdowns
        ]

    @cached_property
    def tails(self) -> "_Tails":
        """By everything after the interval, up to the end of the row."""
        return _Tails(self)

    def tail(
        self, indicator: int, status: int, level: float, flags: int, symbol: int, source: int,
        updated: int,
    ) -> str:  # fmt: skip
        """Return the text from ci_level to updated_release."""
        snapshot, dialect = self.release.snapshot, self.dialect
        is_held = source >= 0
        level_text = number_token(round(level, 3)) if status == OK and level > 0 else None
        fields = (
            ("ci_level", level_text or dialect.null),
            ("status", dialect.text(str(STATUSES[status]))),
            ("flags", dialect.flags(flag_names(flags))),
            ("source_symbol", dialect.text(snapshot.index.symbols[symbol] if is_held else "")),
            ("unit", dialect.text(snapshot.indicators[indicator].unit)),
            ("source", dialect.text(snapshot.source_ids[source] if is_held else "")),
            ("updated_release", dialect.text(snapshot.index.releases[updated] if is_held else "")),
        )
        return "".join(f",{dialect.key(name)}{text}" for name, text in fields)


class _Tails(dict[tuple[Any, ...], str]):
    """The ends of rows, each made when it is first met."""

    def __init__(self, fragments: Fragments) -> None:
        super().__init__()
        self._fragments = fragments

    def __missing__(self, key: tuple[Any, ...]) -> str:
        found = self[key] = self._fragments.tail(*key)
        return found


def fragments_of(release: OpenRelease, dialect: Dialect) -> Fragments:
    """Return the fragments of a release, made once and kept with it."""
    key = ("fragments", dialect.name)
    found: Fragments | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = Fragments(release, dialect)
    return found


def row_texts(release: OpenRelease, block: Block, dialect: Dialect) -> list[str]:
    """Return the rows of a block as text, without what stands around a row."""
    parts = fragments_of(release, dialect)
    columns = Columns(release, block)
    heads, areas, periods, breakdowns = parts.heads, parts.areas, parts.periods, parts.breakdowns
    numerator, denominator, lower, upper = (
        f",{dialect.key(name)}" for name in ("numerator", "denominator", "ci_lower", "ci_upper")
    )
    return [
        f"{heads[i]}{version}{areas[a]}{periods[p]}{breakdowns[b]}{value}"
        f"{numerator}{top}{denominator}{bottom}{lower}{low}{upper}{high}{tail}"
        for i, version, a, p, b, value, top, bottom, low, high, tail in zip(
            block.indicator.tolist(), columns.versions, block.area.tolist(),
            columns.period_places, block.breakdown.tolist(),
            columns.values(dialect.null), columns.counts("numerator", dialect.null),
            columns.counts("denominator", dialect.null),
            columns.limits("ci_lower", dialect.null), columns.limits("ci_upper", dialect.null),
            map(parts.tails.__getitem__, columns.tail_keys()),
            strict=True,
        )
    ]  # fmt: skip


def csv_line(fields: Iterable[Any]) -> str:
    """Return a line of CSV of plain values; lists are joined, None is empty."""
    return ",".join(map(_csv_field, fields))


def _csv_field(field: Any) -> str:
    if field is None:
        return ""
    if isinstance(field, bool):
        return "true" if field else "false"
    if isinstance(field, int | float):
        return json_text(field)
    if isinstance(field, str):
        return csv_text(field)
    if isinstance(field, list | tuple) and all(isinstance(item, str) for item in field):
        return csv_text(";".join(field))
    return csv_text(json_text(field))
