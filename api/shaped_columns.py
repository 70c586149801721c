"""The columns of rows one by one, for answers that are not shaped as rows always are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.blocks import Block
from api.columns import Columns, End, ends_of
from api.labels import part_label, source_label, unit_label
from api.opened import OpenRelease
from api.row_text import named
from api.shaping import Column
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, flag_names
from indicators.export_rows import shown_type
from indicators.model import Indicator
from indicators.row_words import FLAG_WORDS, STATUS_WORDS


@dataclass(frozen=True)
class Coded:
    """A column of few values, and which row has which: the first in every row for no codes."""

    values: Sequence[Any]
    codes: NDArray[Any] | None = None


@dataclass(frozen=True)
class Numbers:
    """A column of numbers, NaN for none; `is_whole` writes whole ones without a decimal."""

    numbers: NDArray[np.float64]
    is_whole: bool


ColumnOfRows = Coded | Numbers


@dataclass(frozen=True)
class Part:
    """Rows of one indicator, in the order of their keys."""

    release: OpenRelease
    block: Block
    columns: Columns
    code: int
    """The code of the indicator."""
    indicator: Indicator


def part_of(release: OpenRelease, block: Block) -> Part:
    """Return rows of one indicator ready to be read column by column."""
    code = int(block.indicator[0])
    return Part(release, block, Columns(release, block), code, release.snapshot.indicators[code])


def column_of(part: Part, column: Column) -> ColumnOfRows:
    """Return one column of the rows."""
    return _LABELS[column.field](part) if column.is_label else field_of(part, column.field)


def field_of(part: Part, name: str) -> ColumnOfRows:
    """Return a column as rows always have it, by its name."""
    return _FIELDS[name](part)


def as_array(column: ColumnOfRows, kind: pa.DataType, count: int) -> "pa.Array[Any]":
    """Return a column of so many rows for a table."""
    if isinstance(column, Numbers):
        return pa.array(column.numbers, kind, from_pandas=True)
    if column.codes is None:
        return pa.array([column.values[0]] * count, kind)
    return pa.array(list(column.values), kind).take(column.codes.astype(np.int64))


Read = Callable[[Part], ColumnOfRows]


def _of_area(what: Callable[[Any], str]) -> Read:
    return lambda part: Coded([what(area) for area in part.release.areas], part.block.area)


def _of_period(what: Callable[[Any, Indicator], str]) -> Read:
    return lambda part: Coded(
        [what(period, part.indicator) for period in part.release.snapshot.periods],
        part.block.period,
    )


def _of_breakdown(name: str, what: Callable[[Indicator, str, str], str]) -> Read:
    return lambda part: Coded(
        [
            what(part.indicator, name, getattr(breakdown, name))
            for breakdown in part.release.snapshot.index.breakdowns
        ],
        part.block.breakdown,
    )


def _of_end(what: Callable[[OpenRelease, End], Any]) -> Read:
    def read(part: Part) -> Coded:
        held = ends_of(part.release, part.code)
        return Coded([what(part.release, end) for end in held.ends], held.of(part.block))

    return read


def _of_number(name: str) -> Read:
    is_limit = name.startswith("ci_")

    def read(part: Part) -> Numbers:
        numbers = part.columns.limits(name) if is_limit else part.columns.numbers(name)
        shows_whole = part.indicator.decimals == 0 if name == "value" else not is_limit
        return Numbers(numbers, shows_whole)

    return read


_FIELDS: Final[Mapping[str, Read]] = {
    "release": lambda part: Coded([part.release.id]),
    "indicator": lambda part: Coded([part.indicator.id]),
    "unit": lambda part: Coded([part.indicator.unit]),
    "area_code": _of_area(lambda area: str(area.code)),
    "area_name": _of_area(lambda area: str(area.name)),
    "area_type": _of_area(shown_type),
    "period": _of_period(lambda period, _: str(period.id)),
    "period_start": _of_period(lambda period, one: str(period.bounds(one.measured)[0])),
    "period_end": _of_period(lambda period, one: str(period.bounds(one.measured)[1])),
    **{name: _of_breakdown(name, lambda _, __, code: code) for name in BREAKDOWN_COLUMNS},
    **{
        name: _of_number(name)
        for name in ("value", "numerator", "denominator", "ci_lower", "ci_upper")
    },
    "definition_version": _of_end(lambda _, end: end.version),
    "ci_level": _of_end(lambda _, end: end.level),
    "status": _of_end(lambda _, end: str(STATUSES[end.status])),
    "flags": _of_end(lambda _, end: list(flag_names(end.flags))),
    "source_symbol": _of_end(lambda r, end: named(r.snapshot.index.symbols, end.symbol)),
    "source": _of_end(lambda r, end: named(r.snapshot.source_ids, end.source)),
    "updated_release": _of_end(lambda r, end: named(r.snapshot.index.releases, end.updated)),
}

_LABELS: Final[Mapping[str, Read]] = {
    "indicator": lambda part: Coded([part.indicator.title]),
    "unit": lambda part: Coded([unit_label(part.indicator.unit)]),
    "period": _of_period(lambda period, one: str(period.label_for(one.measured))),
    **{name: _of_breakdown(name, part_label) for name in BREAKDOWN_COLUMNS},
    "status": _of_end(lambda _, end: STATUS_WORDS[STATUSES[end.status]]),
    "flags": _of_end(lambda _, end: [FLAG_WORDS[flag] for flag in flag_names(end.flags)]),
    "source": _of_end(
        lambda r, end: source_label(r.snapshot.sources[end.source]) if end.source >= 0 else ""
    ),
}
