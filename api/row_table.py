"""Rows as Arrow tables: the same columns, order and figures as the text formats."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.blocks import Block
from api.columns import Columns, ends_of
from api.opened import OpenRelease
from api.row_text import named, one_by_one
from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, STATUSES, flag_names
from indicators.export_rows import shown_type
from indicators.model import Indicator

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


def row_tables(release: OpenRelease, blocks: Iterable[Block]) -> Iterator[pa.Table]:
    """Give each block as a table."""
    for block in blocks:
        yield row_table(release, block)


def row_table(release: OpenRelease, block: Block) -> pa.Table:
    """Return a block as a table."""
    parts = [_columns(release, part) for part in one_by_one(block)]
    columns = [pa.chunked_array([part[name] for part in parts]) for name in ROW_COLUMNS]
    return pa.table(columns, schema=SCHEMA).combine_chunks()


def _columns(release: OpenRelease, block: Block) -> Mapping[str, Array]:
    """Return the columns of the rows of one indicator, texts by looking codes up."""
    snapshot = release.snapshot
    code = int(block.indicator[0])
    indicator = snapshot.indicators[code]
    columns = Columns(release, block)
    return {
        "release": _same(release.id, block),
        "indicator": _same(indicator.id, block),
        "unit": _same(indicator.unit, block),
        "area_code": _looked_up([area.code for area in release.areas], block.area),
        "area_name": _looked_up([area.name for area in release.areas], block.area),
        "area_type": _looked_up([shown_type(area) for area in release.areas], block.area),
        "period": _looked_up(snapshot.index.periods, block.period),
        **_days(release, indicator, block),
        **{
            name: _looked_up([getattr(b, name) for b in snapshot.index.breakdowns], block.breakdown)
            for name in BREAKDOWN_COLUMNS
        },
        **{name: _numbers(columns.numbers(name)) for name in ("value", "numerator", "denominator")},
        **{name: _numbers(columns.limits(name)) for name in ("ci_lower", "ci_upper")},
        **_ends(release, code, block),
    }


def _days(release: OpenRelease, indicator: Indicator, block: Block) -> Mapping[str, Array]:
    bounds = [period.bounds(indicator.measured) for period in release.snapshot.periods]
    return {
        "period_start": _looked_up([start.isoformat() for start, _ in bounds], block.period),
        "period_end": _looked_up([end.isoformat() for _, end in bounds], block.period),
    }


def _ends(release: OpenRelease, indicator: int, block: Block) -> Mapping[str, Array]:
    """Return the columns that follow from the ends of rows."""
    snapshot = release.snapshot
    held = ends_of(release, indicator)
    codes = held.of(block)
    columns: Mapping[str, tuple[list[Any], pa.DataType]] = {
        "definition_version": ([end.version for end in held.ends], pa.int32()),
        "ci_level": ([end.level for end in held.ends], pa.float64()),
        "status": ([str(STATUSES[end.status]) for end in held.ends], pa.string()),
        "flags": ([list(flag_names(end.flags)) for end in held.ends], pa.list_(pa.string())),
        "source_symbol": (
            [named(snapshot.index.symbols, end.symbol) for end in held.ends],
            pa.string(),
        ),
        "source": ([named(snapshot.source_ids, end.source) for end in held.ends], pa.string()),
        "updated_release": (
            [named(snapshot.index.releases, end.updated) for end in held.ends],
            pa.string(),
        ),
    }
    return {name: pa.array(texts, kind).take(codes) for name, (texts, kind) in columns.items()}


def _same(text: str, block: Block) -> Array:
    return pa.array([text] * len(block), pa.string())


def _looked_up(texts: Sequence[str], codes: NDArray[Any]) -> Array:
    return pa.array(list(texts), pa.string()).take(codes.astype(np.int64))


def _numbers(numbers: NDArray[np.float64]) -> Array:
    return pa.array(numbers, pa.float64(), from_pandas=True)
