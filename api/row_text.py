"""Rows as text, JSON or CSV: fragments made once a release, numbers straight from columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, Final, get_args

import numpy as np
import orjson
from numpy.typing import NDArray

from api.blocks import Block
from api.columns import End, end_table, numbers_of
from api.kept_rows import KeptRows
from api.opened import OpenRelease
from api.weaving import (
    LEAST_LONG,
    Coded,
    Column,
    Same,
    Texts,
    Tokens,
    number_text,
    woven,
    woven_rows,
)
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, flag_names
from indicators.export_rows import csv_text, shown_type
from reference.periods import Measured, Period

NUMBERS: Final = ("numerator", "denominator", "ci_lower", "ci_upper")
"""The numbers after the value, in the order of a row."""
MEASURED: Final[tuple[Measured, ...]] = get_args(Measured)


@dataclass(frozen=True)
class Dialect:
    """How one text format writes a row."""

    name: str
    text: Callable[[str], str]
    flags: Callable[[Sequence[str]], str]
    key: Callable[[str], str]
    null: str
    begin: str
    end: str


def json_text(content: Any) -> str:
    """Return anything as JSON."""
    return orjson.dumps(content).decode()


def json_flags(flags: Sequence[str]) -> str:
    """Return flags as an array."""
    return json_text(list(flags))


JSON: Final = Dialect("json", json_text, json_flags, '"{}":'.format, "null", "{", "},")
JSON_LINES: Final = Dialect("jsonl", json_text, json_flags, '"{}":'.format, "null", "{", "}\n")
CSV: Final = Dialect("csv", csv_text, ";".join, lambda _: "", "", "", "\r\n")


@dataclass(frozen=True)
class Fragments:
    """The text of everything that a code stands for, in one dialect."""

    release: OpenRelease
    dialect: Dialect
    _heads: Texts = field(default_factory=Texts)
    _tails: Texts = field(default_factory=Texts)
    _writing: Lock = field(default_factory=Lock)

    def field(self, name: str, text: str) -> str:
        """Return one field with its key."""
        return self.dialect.key(name) + self.dialect.text(text)

    @cached_property
    def areas(self) -> Texts:
        """By area."""
        return Texts(
            [
                f",{self.field('area_code', area.code)},{self.field('area_name', area.name)},"
                f"{self.field('area_type', shown_type(area))}".encode()
                for area in self.release.areas
            ]
        )

    @cached_property
    def periods(self) -> Texts:
        """By way of measuring and period: its id, first and last day, alike for a snapshot."""

        def text(period: Period, measured: Measured) -> bytes:
            start, end = (day.isoformat() for day in period.bounds(measured))
            return (
                f",{self.field('period', period.id)},{self.field('period_start', start)},"
                f"{self.field('period_end', end)}".encode()
            )

        periods = self.release.snapshot.periods
        return Texts([text(period, measured) for measured in MEASURED for period in periods])

    @cached_property
    def first_periods(self) -> NDArray[np.int64]:
        """By indicator, where among `periods` those of its way of measuring begin."""
        count = len(self.release.snapshot.periods)
        places = [MEASURED.index(one.measured) for one in self.release.snapshot.indicators]
        return np.asarray(places, dtype=np.int64) * count

    @cached_property
    def breakdowns(self) -> Texts:
        """By breakdown, up to the value."""
        return Texts(
            [
                "".join(
                    f",{self.field(name, code)}"
                    for name, code in zip(BREAKDOWN_COLUMNS, breakdown.codes, strict=True)
                ).encode()
                + f",{self.dialect.key('value')}".encode()
                for breakdown in self.release.snapshot.index.breakdowns
            ]
        )

    @cached_property
    def number_keys(self) -> list[Same]:
        """What stands before each number after the value."""
        return [Same(f",{self.dialect.key(name)}".encode()) for name in NUMBERS]

    @cached_property
    def is_whole(self) -> NDArray[np.bool_]:
        """By indicator, whether its values have no decimals."""
        return np.asarray([one.decimals == 0 for one in self.release.snapshot.indicators])

    def heads_and_tails(self) -> tuple[Texts, Texts]:
        """Return by the end of a row how it begins and how it ends, for all ends read so far."""
        known = end_table(self.release).ends
        if len(self._tails.pieces) < len(known):
            with self._writing:
                fresh = known[len(self._tails.pieces) :]
                self._heads.pieces += [self._head(*end).encode() for end in fresh]
                self._tails.pieces += [self._tail(*end).encode() for end in fresh]
        return self._heads, self._tails

    @cached_property
    def kept_rows(self) -> KeptRows:
        """The text of rows asked for lately."""
        return KeptRows(self.release.most_kept_rows)

    def rows(self, block: Block) -> list[bytes]:
        """Return a few rows as texts one by one."""
        return woven_rows(_columns(self, block), len(block))

    def _head(self, indicator: int, end: End) -> str:
        id = self.release.snapshot.indicators[indicator].id
        return (
            f"{self.dialect.begin}{self.field('release', self.release.id)},"
            f"{self.field('indicator', id)},{self.dialect.key('definition_version')}{end.version}"
        )

    def _tail(self, indicator: int, end: End) -> str:
        snapshot, dialect = self.release.snapshot, self.dialect
        level = dialect.null if end.level is None else number_token(end.level)
        fields = (
            ("ci_level", level),
            ("status", dialect.text(str(STATUSES[end.status]))),
            ("flags", dialect.flags(flag_names(end.flags))),
            ("source_symbol", dialect.text(named(snapshot.index.symbols, end.symbol))),
            ("unit", dialect.text(snapshot.indicators[indicator].unit)),
            ("source", dialect.text(named(snapshot.source_ids, end.source))),
            ("updated_release", dialect.text(named(snapshot.index.releases, end.updated))),
        )
        return "".join(f",{dialect.key(name)}{text}" for name, text in fields) + dialect.end


def fragments_of(release: OpenRelease, dialect: Dialect) -> Fragments:
    """Return the fragments of a release, made once and kept with it."""
    key = ("fragments", dialect.name)
    found: Fragments | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = Fragments(release, dialect)
    return found


def row_pieces(release: OpenRelease, block: Block, dialect: Dialect) -> list[list[bytes]]:
    """Return the rows of a block in lists of pieces to be joined; rows end as the dialect says."""
    parts = fragments_of(release, dialect)
    if len(block) < LEAST_LONG and parts.kept_rows.most:
        return [parts.kept_rows.texts(release, block, parts.rows)]
    return [woven(_columns(parts, block), len(block))]


def one_by_one(block: Block) -> Iterator[Block]:
    """Give the parts of a block that are of one indicator each."""
    if block.indicator[0] == block.indicator[-1]:
        yield block
        return
    edges = np.flatnonzero(np.diff(block.indicator)) + 1
    for first, last in zip([0, *edges], [*edges, len(block)], strict=True):
        yield block.part(int(first), int(last))


def _columns(parts: Fragments, block: Block) -> list[Column]:
    """Return the columns that rows are woven of."""
    ends = end_table(parts.release).of(block)
    heads, tails = parts.heads_and_tails()
    null = parts.dialect.null.encode()
    numbers = numbers_of(parts.release, block)
    columns: list[Column] = [
        Coded(heads, ends),
        Coded(parts.areas, block.area),
        *_middles(parts, block),
        _values(numbers["value"], parts.is_whole[block.indicator], null),
    ]
    for key, name in zip(parts.number_keys, NUMBERS, strict=True):
        is_whole = not name.startswith("ci_")
        columns += [key, Tokens(number_text(numbers[name], null, whole=is_whole))]
    return [*columns, Coded(tails, ends)]


def _middles(parts: Fragments, block: Block) -> list[Column]:
    """Return period and breakdown of each row, up to its value; once where all have the same."""
    periods = parts.first_periods[block.indicator] + block.period
    first = periods[0]
    if not np.count_nonzero(block.breakdown) and not np.count_nonzero(periods != first):
        return [Same(parts.periods.pieces[first] + parts.breakdowns.pieces[0])]
    return [Coded(parts.periods, periods), Coded(parts.breakdowns, block.breakdown)]


def _values(numbers: NDArray[np.float64], is_whole: NDArray[np.bool_], null: bytes) -> Tokens:
    count = np.count_nonzero(is_whole)
    if count in {0, len(is_whole)}:
        return Tokens(number_text(numbers, null, whole=bool(count)))
    whole = number_text(numbers, null, whole=True)
    return Tokens(number_text(numbers, null), whole, is_whole)


def number_tokens(
    numbers: NDArray[np.float64], null: bytes = b"null", *, whole: bool = False
) -> list[bytes]:
    """Return numbers one by one, as `number_text` writes them."""
    return number_text(numbers, null, whole=whole).split(b",")


def number_token(number: float) -> str:
    """Return one number as text, a whole one without its zero decimal."""
    return json_text(number).removesuffix(".0")


def csv_line(fields: Iterable[Any]) -> str:
    """Return a line of CSV of plain values; lists of such are joined, None is empty."""
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
    if isinstance(field, list | tuple) and all(_is_number(item) for item in field):
        return ";".join("" if item is None else json_text(item) for item in field)
    return csv_text(json_text(field))


def _is_number(item: Any) -> bool:
    return item is None or (isinstance(item, int | float) and not isinstance(item, bool))


def named(names: Sequence[str], code: int) -> str:
    """Return what a code stands for; nothing where there is no cell."""
    return names[code] if code >= 0 else ""
