"""Rows as text, JSON or CSV: fragments made once a release, numbers straight from columns.

Nothing is done row by row: each piece of all rows is a list, and the lists are joined at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final, get_args

import numpy as np
import orjson
from numpy.typing import NDArray

from api.blocks import Block
from api.columns import Columns, End, ends_of
from api.opened import OpenRelease
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, flag_names
from indicators.export_rows import csv_text, shown_type
from reference.periods import Measured, Period

NUMBERS: Final = ("numerator", "denominator", "ci_lower", "ci_upper")
"""The numbers after the value, in the order of a row."""


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

    def field(self, name: str, text: str) -> str:
        """Return one field with its key."""
        return self.dialect.key(name) + self.dialect.text(text)

    @cached_property
    def areas(self) -> list[bytes]:
        """By area."""
        return [
            f",{self.field('area_code', area.code)},{self.field('area_name', area.name)},"
            f"{self.field('area_type', shown_type(area))}".encode()
            for area in self.release.areas
        ]

    def periods(self, measured: Measured) -> list[bytes]:
        """By period: its id, first and last day; a snapshot is taken on the last day alone."""
        return self._periods[measured]

    @cached_property
    def _periods(self) -> dict[Measured, list[bytes]]:
        def text(period: Period, measured: Measured) -> bytes:
            start, end = (day.isoformat() for day in period.bounds(measured))
            return (
                f",{self.field('period', period.id)},{self.field('period_start', start)},"
                f"{self.field('period_end', end)}".encode()
            )

        kinds: tuple[Measured, ...] = get_args(Measured)
        periods = self.release.snapshot.periods
        return {measured: [text(period, measured) for period in periods] for measured in kinds}

    @cached_property
    def breakdowns(self) -> list[bytes]:
        """By breakdown, up to the value."""
        return [
            "".join(
                f",{self.field(name, code)}"
                for name, code in zip(BREAKDOWN_COLUMNS, breakdown.codes, strict=True)
            ).encode()
            + f",{self.dialect.key('value')}".encode()
            for breakdown in self.release.snapshot.index.breakdowns
        ]

    @cached_property
    def number_keys(self) -> list[bytes]:
        """What stands before each number after the value."""
        return [f",{self.dialect.key(name)}".encode() for name in NUMBERS]

    def heads_and_tails(self, indicator: int) -> tuple[list[bytes], list[bytes]]:
        """Return by the end of a row how it begins and how it ends; kept with the release."""
        key = ("heads and tails", self.dialect.name, indicator)
        found: tuple[list[bytes], list[bytes]] | None = self.release.kept.get(key)
        if found is None:
            ends = ends_of(self.release, indicator).ends
            heads = [self._head(indicator, end).encode() for end in ends]
            tails = [self._tail(indicator, end).encode() for end in ends]
            found = self.release.kept[key] = (heads, tails)
        return found

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
    return [_woven(parts, part) for part in one_by_one(block)]


def joined(lists: Sequence[list[bytes]]) -> bytes:
    """Return lists of pieces as one text, which is written into memory only once."""
    return b"".join(lists[0]) if len(lists) == 1 else b"".join(chain.from_iterable(lists))


def one_by_one(block: Block) -> Iterator[Block]:
    """Give the parts of a block that are of one indicator each."""
    if block.indicator[0] == block.indicator[-1]:
        yield block
        return
    edges = np.flatnonzero(np.diff(block.indicator)) + 1
    for first, last in zip([0, *edges], [*edges, len(block)], strict=True):
        yield block.part(int(first), int(last))


def _woven(parts: Fragments, block: Block) -> list[bytes]:
    """Return the rows of one indicator: lists of pieces, interleaved."""
    release, null = parts.release, parts.dialect.null.encode()
    code = int(block.indicator[0])
    indicator = release.snapshot.indicators[code]
    columns = Columns(release, block)
    heads, tails = parts.heads_and_tails(code)
    ends = ends_of(release, code).of(block).tolist()
    areas, count = parts.areas, len(block)
    pieces: list[Sequence[bytes]] = [
        [heads[end] for end in ends],
        [areas[area] for area in block.area.tolist()],
        _middles(parts, block, indicator.measured),
        number_tokens(columns.numbers("value"), null, whole=indicator.decimals == 0),
    ]
    for key, name in zip(parts.number_keys, NUMBERS, strict=True):
        is_limit = name.startswith("ci_")
        numbers = columns.limits(name) if is_limit else columns.numbers(name)
        pieces += [[key] * count, number_tokens(numbers, null, whole=not is_limit)]
    pieces.append([tails[end] for end in ends])
    woven: list[bytes] = [b""] * (count * len(pieces))
    for place, piece in enumerate(pieces):
        woven[place :: len(pieces)] = piece
    return woven


def _middles(parts: Fragments, block: Block, measured: Measured) -> list[bytes]:
    """Return period and breakdown of each row, up to its value."""
    periods, breakdowns = parts.periods(measured), parts.breakdowns
    first, last = block.period[0], block.period[-1]
    if first == last and not np.count_nonzero(block.breakdown):
        return [periods[first] + breakdowns[0]] * len(block)
    pairs = zip(block.period.tolist(), block.breakdown.tolist(), strict=True)
    return [periods[period] + breakdowns[breakdown] for period, breakdown in pairs]


def number_tokens(
    numbers: NDArray[np.float64], null: bytes = b"null", *, whole: bool = False
) -> list[bytes]:
    """Return numbers as text in their shortest form, NaN as null.

    `whole` writes whole numbers without a decimal.
    """
    text = orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
    if whole:
        text = (text + b",").replace(b".0,", b",")[:-1]
    if null != b"null":
        text = text.replace(b"null", null)
    return text.split(b",")


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
