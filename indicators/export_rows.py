"""The rows of a release as columns of text and as typed columns, for the files people take away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS, STATUSES, Status, flag_names
from indicators.shown_numbers import NOISE_DECIMALS, shown_limits, without_noise
from indicators.snapshot import NUMBER_COLUMNS, Snapshot
from reference.places import Area

CHUNK_ROWS: Final = 100_000
LINE_END: Final = "\r\n"

_HIDDEN: Final = frozenset({"value", "numerator", "ci_lower", "ci_upper"})
"""Columns that are empty unless the status is ok."""

_WHOLE: Final = frozenset({"numerator", "denominator", "ci_level"})
"""Columns in which a whole number is written without decimals, whatever the indicator."""

ROW_NUMBERS: Final = (*NUMBER_COLUMNS, "ci_level")
"""The columns of a row that are numbers with decimals."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")

Array: TypeAlias = Any
"""An Arrow array; its stubs cannot say what looking up and joining give."""


_LARGEST_WHOLE: Final = 1e15
"""Below this a whole number is written with one decimal as it is; above, Python needs more care."""


def csv_text(text: str) -> str:
    """Return a text as a CSV field that no spreadsheet takes for a formula."""
    if text.startswith(_FORMULA_STARTS):
        text = "'" + text
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_line(fields: Iterable[object]) -> str:
    """Return a line of CSV; None is empty, numbers stay numbers."""
    return (
        ",".join(
            "" if f is None else csv_text(f) if isinstance(f, str) else str(f).lower()
            for f in fields
        )
        + LINE_END
    )


def _json_text(text: str) -> str:
    return orjson.dumps(text).decode()


def _json_flags(text: str) -> str:
    return orjson.dumps(text.split(";") if text else []).decode()


@dataclass(frozen=True)
class _Form:
    """How one form of text writes a row: its fields, the key of each, and its two ends."""

    text: Callable[[str], str]
    flags: Callable[[str], str]
    number: Callable[[str], str]
    key: str
    begin: str
    end: str


_CSV: Final = _Form(csv_text, csv_text, str, "", "", LINE_END)
_JSON: Final = _Form(_json_text, _json_flags, lambda text: text or "null", '"{}":', "{", "}\n")


def number_text(number: float, decimals: int) -> str:
    """Return a number as it is shown in its shortest form; without decimals, a whole number."""
    if number == int(number) and (decimals == 0 or abs(number) >= 1e15):
        return str(int(number))
    text = repr(number)
    return f"{number:.{NOISE_DECIMALS}f}".rstrip("0") if "e" in text else text


def shown_type(area: Area) -> str:
    """Return what stands in `area_type`: the type of an authority, else the level."""
    return area.type or str(area.kind)


class Rows:
    """The columns of ROW_COLUMNS of a release, as Arrow arrays."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._columns = snapshot.columns
        self._is_ok = self._columns["status"] == STATUSES.index(Status.OK)
        self._decimals = np.array([i.decimals for i in snapshot.indicators], dtype=np.int64)
        self._chunk: tuple[int, dict[str, tuple[list[str], NDArray[Any]]]] = (0, {})
        self.count = snapshot.index.row_count

    def lines(self, start: int) -> bytes:
        """Return a chunk of rows as CSV."""
        return self._written(start, _CSV)

    def json_lines(self, start: int) -> bytes:
        """Return a chunk of rows as JSON Lines, as the API gives them."""
        return self._written(start, _JSON)

    def _written(self, start: int, form: _Form) -> bytes:
        """Return a chunk of rows: each distinct field is written once, nothing row by row."""
        rows = slice(start, min(start + CHUNK_ROWS, self.count))
        parts = []
        for name in ROW_COLUMNS:
            texts, codes = self._fields(name, rows, form)
            begin = (form.begin if name == ROW_COLUMNS[0] else "") + form.key.format(name)
            end = form.end if name == ROW_COLUMNS[-1] else ""
            parts.append(_take([f"{begin}{text}{end}" for text in texts], codes))
        join: Any = pc.binary_join_element_wise
        return _all_text(join(*parts, ","))

    def _fields(self, name: str, rows: slice, form: _Form) -> tuple[list[str], NDArray[Any]]:
        """Return the distinct fields of a column as text, and for each row the place of its own."""
        if name in ROW_NUMBERS:
            numbers, places = self._number_texts(name, rows)
            return list(map(form.number, numbers)), places
        if name == "definition_version":
            versions, places = np.unique(self._columns[name][rows], return_inverse=True)
            return list(map(str, versions)), places
        texts, codes = self._looked_up(name)
        write = form.flags if name == "flags" else form.text
        return list(map(write, texts)), codes[rows]

    def _number_texts(self, name: str, rows: slice) -> tuple[list[str], NDArray[Any]]:
        """Return the distinct texts of numbers, worked out once for all forms of a chunk."""
        if self._chunk[0] != rows.start:
            self._chunk = (rows.start, {})
        held = self._chunk[1]
        if name not in held:
            held[name] = _number_texts(self._numbers(name, rows), self._shown_decimals(name, rows))
        return held[name]

    def _shown_decimals(self, name: str, rows: slice) -> NDArray[np.int64]:
        """Return 0 where a whole number is written as one, else 1."""
        indicators = self._columns["indicator"][rows]
        if name != "value":
            return np.full(len(indicators), int(name not in _WHOLE), dtype=np.int64)
        shown: NDArray[np.int64] = np.minimum(self._decimals, 1)[indicators]
        return shown

    def _numbers(self, name: str, rows: slice = slice(None)) -> NDArray[np.float64]:
        numbers: NDArray[np.float64] = self._columns[name][rows].astype(np.float64)
        is_ok = self._is_ok[rows]
        if name == "ci_level":
            return np.asarray(np.round(np.where(is_ok, numbers, np.nan), 3), np.float64)
        if name in _HIDDEN:
            numbers = np.where(is_ok, numbers, np.nan)
        if name in {"ci_lower", "ci_upper"}:
            return shown_limits(numbers, self._decimals[self._columns["indicator"][rows]])
        return without_noise(numbers)

    def table(self) -> pa.Table:
        """Return all rows with typed columns; flags are a list of texts."""
        return pa.table({name: self._typed(name) for name in ROW_COLUMNS})

    def _typed(self, name: str) -> Array:
        if name in ROW_NUMBERS:
            return pa.array(self._numbers(name), pa.float64(), from_pandas=True)
        if name == "definition_version":
            return pa.array(self._columns[name].astype(np.int32))
        if name == "flags":
            bits, codes = np.unique(self._columns["flags"], return_inverse=True)
            lists = pa.array([list(flag_names(int(b))) for b in bits], pa.list_(pa.string()))
            return lists.take(_codes(codes))
        texts, codes = self._looked_up(name)
        # A dictionary that repeats a text is written with a byte nobody has set.
        distinct = list(dict.fromkeys(texts))
        place = {text: position for position, text in enumerate(distinct)}
        once = np.array([place[text] for text in texts], dtype=np.int32)
        return pa.DictionaryArray.from_arrays(_codes(once[codes]), pa.array(distinct, pa.string()))

    def _looked_up(self, name: str) -> tuple[list[str], NDArray[Any]]:
        """Return the distinct texts of a column, and for each row the place of its text."""
        snapshot, columns = self._snapshot, self._columns
        if name in BREAKDOWN_COLUMNS:
            texts = [getattr(one, name) for one in snapshot.index.breakdowns]
            return texts, columns["breakdown"]
        if name in {"period_start", "period_end"}:
            return self._days(0 if name == "period_start" else 1)
        if name == "flags":
            bits, codes = np.unique(columns["flags"], return_inverse=True)
            return [";".join(flag_names(int(b))) for b in bits], codes
        areas = [snapshot.places.area(code) for code in snapshot.index.areas]
        known: Mapping[str, tuple[Sequence[str], str | None]] = {
            "release": ([snapshot.card.id], None),
            "indicator": ([i.id for i in snapshot.indicators], "indicator"),
            "unit": ([i.unit for i in snapshot.indicators], "indicator"),
            "area_code": ([a.code for a in areas], "area"),
            "area_name": ([a.name for a in areas], "area"),
            "area_type": (list(map(shown_type, areas)), "area"),
            "period": (snapshot.index.periods, "period"),
            "status": ([str(s) for s in STATUSES], "status"),
            "source_symbol": (snapshot.index.symbols, "symbol"),
            "source": (snapshot.source_ids, "source"),
            "updated_release": (snapshot.index.releases, "updated_release"),
        }
        found, column = known[name]
        codes = np.zeros(self.count, np.int8) if column is None else columns[column]
        return list(found), codes

    def _days(self, place: int) -> tuple[list[str], NDArray[Any]]:
        """Return first or last days: of a snapshot the day it was taken on, else of the year."""
        periods = self._snapshot.periods
        during = np.array([i.measured == "during" for i in self._snapshot.indicators], dtype=bool)
        texts = [p.bounds("snapshot")[place].isoformat() for p in periods]
        texts += [p.bounds("during")[place].isoformat() for p in periods]
        offset = np.where(during, len(periods), 0)[self._columns["indicator"]]
        return texts, self._columns["period"] + offset


def _number_texts(
    numbers: NDArray[np.float64], decimals: NDArray[np.int64]
) -> tuple[list[str], NDArray[Any]]:
    """Return the distinct texts of numbers (none is empty), and for each row its place."""
    codes = np.zeros(len(numbers), dtype=np.int64)
    texts: list[str] = []
    for shown in np.unique(decimals):
        mine = decimals == shown
        distinct, place = np.unique(numbers[mine], return_inverse=True)
        codes[mine] = place + len(texts)
        texts += _texts_of(distinct, int(shown))
    return texts, codes


def _texts_of(numbers: NDArray[np.float64], shown: int) -> list[str]:
    """Return the text of each number, as number_text; whole ones are written all at once."""
    is_whole = (numbers == np.floor(numbers)) & (np.abs(numbers) < _LARGEST_WHOLE)
    whole = pa.array(numbers[is_whole].astype(np.int64)).cast(pa.string()).to_pylist()
    texts = np.full(len(numbers), "", dtype=object)
    texts[is_whole] = [f"{text}.0" for text in whole] if shown else whole
    for place in np.flatnonzero(~is_whole & ~np.isnan(numbers)):
        texts[place] = number_text(float(numbers[place]), shown)
    return list(texts)


def _all_text(array: Array) -> bytes:
    """Return the texts of an array one after another, as they lie in memory."""
    _, offsets, texts = array.buffers()
    last = np.frombuffer(offsets, dtype=np.int32, count=len(array) + 1)[-1] if len(array) else 0
    return bytes(memoryview(texts)[:last])


def _take(texts: Sequence[str], codes: NDArray[Any]) -> Array:
    return pa.array(texts, pa.string()).take(_codes(codes))


def _codes(codes: NDArray[Any]) -> Array:
    return pa.array(codes)
