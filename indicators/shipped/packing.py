"""Packing cells into as few bytes as they need, and unpacking exactly the same cells again.

Numbers are kept as integers at the decimals of their indicator; what follows from the parts
by the indicator's own arithmetic (a value, an interval) is left out and worked out again.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from indicators.arithmetic import published_value
from indicators.cell_frames import (
    HELD_IN,
    IS_COMPUTED,
    NUMBER_COLUMNS,
    STORED_COLUMNS,
    TEXT_COLUMNS,
    as_cells,
    same_numbers,
)
from indicators.cells import BREAKDOWN_COLUMNS, Status
from indicators.intervals import interval_of
from indicators.model import Indicator
from indicators.shipped.printed_digits import (
    NOT,
    limit_distances,
    limits_again,
    value_digits,
    values_again,
)

Numbers = NDArray[np.float64]
Catalogue = Mapping[str, Indicator]

CI_LEVEL: Final = 95.0
VALUE_LEFT_OUT: Final = "value_left_out"
INTERVAL_LEFT_OUT: Final = "interval_left_out"
VALUE_DIGITS: Final = "value_digits"
LIMIT_DISTANCE: Final = "limit_distance"

_ORDER: Final = ["indicator", *BREAKDOWN_COLUMNS, "area", "period"]
"""Neighbouring rows are alike in this order, so they take little room."""

_LIMITS: Final = ("ci_lower", "ci_upper", "ci_level")


def packed(cells: pd.DataFrame, catalogue: Catalogue) -> pa.Table:
    """Return cells (STORED_COLUMNS) as a compact table."""
    rows = as_cells(cells).sort_values(_ORDER, kind="stable").reset_index(drop=True)
    value_follows = same_numbers(_column(rows, "value"), _values(rows, catalogue)) & _is_ok(rows)
    lower, upper, level = _intervals(rows, catalogue)
    interval_follows = (
        same_numbers(_column(rows, "ci_lower"), lower)
        & same_numbers(_column(rows, "ci_upper"), upper)
        & same_numbers(_column(rows, "ci_level"), level)
    )
    columns: dict[str, Any] = {name: _coded(rows[name]) for name in (*TEXT_COLUMNS, HELD_IN)}
    columns["definition_version"] = pa.array(rows["definition_version"].to_numpy(np.int16))
    columns[IS_COMPUTED] = pa.array(rows[IS_COMPUTED].to_numpy(bool))
    columns[VALUE_LEFT_OUT] = pa.array(value_follows)
    columns[INTERVAL_LEFT_OUT] = pa.array(interval_follows)
    digits, distances = _printed(rows, catalogue, is_left=~value_follows & _is_ok(rows))
    columns[VALUE_DIGITS], columns[LIMIT_DISTANCE] = pa.array(digits), pa.array(distances)
    value_is_out = value_follows | (digits != NOT)
    limits_are_out = interval_follows | (distances != NOT)
    decimals = _decimals(rows, catalogue)
    for name in NUMBER_COLUMNS:
        numbers = _column(rows, name)
        if name == "value":
            numbers = np.where(value_is_out, np.nan, numbers)
        if name in _LIMITS:
            numbers = np.where(limits_are_out, np.nan, numbers)
        whole, exact = _as_integers(numbers, decimals if name == "value" else decimals * 0)
        columns[name], columns[f"{name}_exact"] = whole, exact
    return pa.table(columns)


def unpacked(table: pa.Table, catalogue: Catalogue) -> pd.DataFrame:
    """Return the cells (STORED_COLUMNS) that were packed."""
    columns: dict[str, Any] = {
        name: pd.Series(table.column(name).to_pandas().astype("str"))
        for name in (*TEXT_COLUMNS, HELD_IN)
    }
    rows = pd.DataFrame(columns)
    rows["definition_version"] = table.column("definition_version").to_numpy().astype(np.int64)
    rows[IS_COMPUTED] = table.column(IS_COMPUTED).to_numpy()
    decimals = _decimals(rows, catalogue)
    for name in NUMBER_COLUMNS:
        rows[name] = _from_integers(table, name, decimals if name == "value" else decimals * 0)
    value_follows = table.column(VALUE_LEFT_OUT).to_numpy()
    interval_follows = table.column(INTERVAL_LEFT_OUT).to_numpy()
    printed = _printed_again(rows, catalogue, table)
    values = np.where(value_follows, _values(rows, catalogue), _column(rows, "value"))
    rows["value"] = np.where(np.isnan(printed[0]), values, printed[0])
    for place, limit in enumerate(_intervals(rows, catalogue)):
        held = np.where(interval_follows, limit, _column(rows, _LIMITS[place]))
        again = printed[place + 1]
        rows[_LIMITS[place]] = np.where(np.isnan(again), held, again)
    return as_cells(rows[list(STORED_COLUMNS)])


def _printed(
    rows: pd.DataFrame, catalogue: Catalogue, is_left: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return the digits with which values follow, and the distances with which limits do."""
    digits, distances = (np.full(len(rows), NOT, dtype=np.int8) for _ in range(2))
    top, bottom, value, lower, upper = (
        _column(rows, name)
        for name in ("numerator", "denominator", "value", "ci_lower", "ci_upper")
    )
    for one, all_of_it in _of_each(rows, catalogue):
        mine = all_of_it & is_left
        if mine.any():
            parts = top[mine], bottom[mine]
            digits[mine] = value_digits(one, *parts, value[mine])
            distances[mine] = limit_distances(one, *parts, (lower[mine], upper[mine]), digits[mine])
    return digits, distances


def _printed_again(
    rows: pd.DataFrame, catalogue: Catalogue, table: pa.Table
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return value, limits and level of rows that follow at their printed digits; else NaN."""
    digits = table.column(VALUE_DIGITS).to_numpy()
    distances = table.column(LIMIT_DISTANCE).to_numpy()
    top, bottom = _column(rows, "numerator"), _column(rows, "denominator")
    value, lower, upper = (np.full(len(rows), np.nan) for _ in range(3))
    for one, all_of_it in _of_each(rows, catalogue):
        mine = all_of_it & (digits != NOT)
        if mine.any():
            parts = top[mine], bottom[mine]
            value[mine] = values_again(one, *parts, digits[mine])
            lower[mine], upper[mine] = limits_again(one, *parts, distances[mine], digits[mine])
    return value, lower, upper, np.where(np.isnan(lower), np.nan, CI_LEVEL)


def _of_each(
    rows: pd.DataFrame, catalogue: Catalogue
) -> Iterator[tuple[Indicator, NDArray[np.bool_]]]:
    codes, names = pd.factorize(rows["indicator"])
    for code, name in enumerate(names):
        yield catalogue[str(name)], codes == code


def _column(rows: pd.DataFrame, name: str) -> Numbers:
    return rows[name].to_numpy(dtype=np.float64)


def _is_ok(rows: pd.DataFrame) -> NDArray[np.bool_]:
    return (rows["status"] == str(Status.OK)).to_numpy(dtype=bool)


def _values(rows: pd.DataFrame, catalogue: Catalogue) -> Numbers:
    """Return each value as it follows from its parts."""
    return _by_indicator(
        rows, catalogue, lambda one, top, bottom: (published_value(one, top, bottom),)
    )[0]


def _intervals(rows: pd.DataFrame, catalogue: Catalogue) -> tuple[Numbers, Numbers, Numbers]:
    """Return each interval as it follows from the parts, and its level."""
    lower, upper = _by_indicator(rows, catalogue, interval_of, width=2)
    ok = _is_ok(rows)
    lower, upper = np.where(ok, lower, np.nan), np.where(ok, upper, np.nan)
    return lower, upper, np.where(np.isnan(lower), np.nan, CI_LEVEL)


def _by_indicator(
    rows: pd.DataFrame,
    catalogue: Catalogue,
    work_out: Callable[[Indicator, Numbers, Numbers], tuple[Numbers, ...]],
    width: int = 1,
) -> list[Numbers]:
    """Work something out of the parts, the rows of one indicator at a time."""
    results = [np.full(len(rows), np.nan) for _ in range(width)]
    top, bottom = _column(rows, "numerator"), _column(rows, "denominator")
    for one, mine in _of_each(rows, catalogue):
        found = work_out(one, top[mine], bottom[mine])
        for result, column in zip(results, found, strict=True):
            result[mine] = column
    return results


def _decimals(rows: pd.DataFrame, catalogue: Catalogue) -> NDArray[np.int64]:
    codes, names = pd.factorize(rows["indicator"])
    decimals = np.array([catalogue[str(name)].decimals for name in names], dtype=np.int64)
    return decimals[codes]


def _as_integers(numbers: Numbers, decimals: NDArray[np.int64]) -> tuple[Any, Any]:
    """Return numbers as integers at those decimals, and those that are not any as they are."""
    scale = np.power(10.0, decimals)
    with np.errstate(invalid="ignore"):
        whole = np.rint(numbers * scale)
        fits = (whole / scale == numbers) & (np.abs(whole) < 2**31)
    integers = np.where(fits, whole, 0).astype(np.int32)
    exact = np.where(fits, np.nan, numbers)
    return pa.array(integers, mask=~fits), pa.array(exact, mask=np.isnan(exact))


def _from_integers(table: pa.Table, name: str, decimals: NDArray[np.int64]) -> Numbers:
    scale = np.power(10.0, decimals)
    integers = table.column(name).to_numpy().astype(np.float64)
    exact = table.column(f"{name}_exact").to_numpy().astype(np.float64)
    return np.where(np.isnan(exact), integers / scale, exact)


def _coded(texts: "pd.Series[str]") -> Any:
    return pa.array(texts).dictionary_encode()
