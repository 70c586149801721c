"""Rows as Arrow tables: the same columns, order and figures as the text formats."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.columns import OK, Columns
from api.opened import OpenRelease
from api.rows import Block
from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, STATUSES, flag_names
from indicators.export_rows import shown_type

NUMBERS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level")

Array: TypeAlias = "pa.Array[Any]"

SCHEMA: Final = pa.schema(
    [
        pa.field(
            name,
            pa.float64()
            if name in NUMBERS
            else pa.int32()
            if name == "definition_version"
            else pa.list_(pa.string())
            if name == "flags"
            else pa.string(),
        )
        for name in ROW_COLUMNS
    ]
)


def row_tables(release: OpenRelease, blocks: Iterator[Block]) -> Iterator[pa.Table]:
    """Give each block as a table."""
    for block in blocks:
        yield row_table(release, block)


def row_table(release: OpenRelease, block: Block) -> pa.Table:
    """Return a block as a table."""
    columns = _Arrays(release, block)
    return pa.table([columns.array(name) for name in ROW_COLUMNS], schema=SCHEMA)


class _Arrays:
    """Builds the columns of a block, texts by looking codes up."""

    def __init__(self, release: OpenRelease, block: Block) -> None:
        self._release = release
        self._block = block
        self._columns = Columns(release, block)

    def array(self, name: str) -> Array:
        """Return one column."""
        if name in BREAKDOWN_COLUMNS:
            breakdowns = self._release.snapshot.index.breakdowns
            return _looked_up([getattr(b, name) for b in breakdowns], self._block.breakdown)
        if name == "release":
            return pa.array([self._release.id] * len(self._block), pa.string())
        build: Callable[[], Array] = getattr(self, f"_{name}")
        return build()

    def _indicator(self) -> Array:
        ids = [indicator.id for indicator in self._release.snapshot.indicators]
        return _looked_up(ids, self._block.indicator)

    def _definition_version(self) -> Array:
        return pa.array(self._columns.versions, pa.int32())

    def _area(self, text: Callable[[Any], str]) -> Array:
        return _looked_up([text(area) for area in self._release.areas], self._block.area)

    def _area_code(self) -> Array:
        return self._area(lambda area: str(area.code))

    def _area_name(self) -> Array:
        return self._area(lambda area: str(area.name))

    def _area_type(self) -> Array:
        return self._area(shown_type)

    def _period(self) -> Array:
        return _looked_up(list(self._release.snapshot.index.periods), self._block.period)

    def _day(self, place: int) -> Array:
        days = [
            period.bounds(measured)[place].isoformat()
            for measured in ("snapshot", "during")
            for period in self._release.snapshot.periods
        ]
        return _looked_up(days, np.asarray(self._columns.period_places, dtype=np.int64))

    def _period_start(self) -> Array:
        return self._day(0)

    def _period_end(self) -> Array:
        return self._day(1)

    def _value(self) -> Array:
        return _numbers(self._columns.numbers("value"))

    def _numerator(self) -> Array:
        return _numbers(self._columns.numbers("numerator"))

    def _denominator(self) -> Array:
        return _numbers(self._columns.numbers("denominator"))

    def _ci_lower(self) -> Array:
        return _numbers(self._columns.limit_numbers("ci_lower"))

    def _ci_upper(self) -> Array:
        return _numbers(self._columns.limit_numbers("ci_upper"))

    def _ci_level(self) -> Array:
        levels = [
            round(level, 3) if status == OK and level > 0 else None
            for _, status, level, *_ in self._columns.tail_keys()
        ]
        return pa.array(levels, pa.float64())

    def _status(self) -> Array:
        return _looked_up([str(status) for status in STATUSES], self._block.status)

    def _flags(self) -> Array:
        return pa.array(
            [list(flag_names(bits)) for bits in self._columns.codes("flags", 0)],
            pa.list_(pa.string()),
        )

    def _unit(self) -> Array:
        units = [indicator.unit for indicator in self._release.snapshot.indicators]
        return _looked_up(units, self._block.indicator)

    def _source_symbol(self) -> Array:
        return self._named("symbol", self._release.snapshot.index.symbols)

    def _source(self) -> Array:
        return self._named("source", self._release.snapshot.source_ids)

    def _updated_release(self) -> Array:
        return self._named("updated_release", self._release.snapshot.index.releases)

    def _named(self, column: str, names: Sequence[str]) -> Array:
        """Look names up; an empty text where there is no cell."""
        codes = np.asarray(self._columns.codes(column, len(names)), dtype=np.int64)
        return _looked_up([*names, ""], codes)


def _looked_up(texts: Sequence[str], codes: NDArray[Any]) -> Array:
    return pa.array(list(texts), pa.string()).take(pa.array(codes))


def _numbers(numbers: NDArray[np.float64]) -> Array:
    return pa.array(numbers, pa.float64(), from_pandas=True)
