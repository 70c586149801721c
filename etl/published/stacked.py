"""Columns of many small tables put below each other: texts stay coded until the end.

A load reads some hundred thousand figures in some hundred parts; a data frame for each part
would take longer than reading the files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from etl.raw_tables import Mask, TextColumn

Columns = Mapping[str, TextColumn | NDArray[Any]]
"""One part: every column equally long."""

_TEXT: Final = pd.StringDtype(na_value=np.nan)


def constant(text: str, count: int) -> TextColumn:
    """Return a column that says the same in every row."""
    return TextColumn(np.zeros(count, dtype=np.int32), (text,))


def coded(texts: NDArray[Any]) -> TextColumn:
    """Return an array of texts as a coded column."""
    codes, known = pd.factorize(texts)
    return TextColumn(codes.astype(np.int32), tuple(map(str, known)))


@dataclass(frozen=True)
class Stacked:
    """All parts together; `texts` has what the codes of a column stand for."""

    codes: Mapping[str, NDArray[np.int32]]
    texts: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(next(iter((*self.codes.values(), *self.numbers.values())), ()))

    def key(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Give each distinct combination of text columns a number, from 0 on without gaps."""
        combined = np.zeros(len(self), dtype=np.int64)
        for name in names:
            if len(self.texts[name]) > 1:
                combined = combined * len(self.texts[name]) + self.codes[name]
                combined = pd.factorize(combined)[0].astype(np.int64)
        return combined

    def looked_up(self, name: str, values: Mapping[str, Any], dtype: Any) -> NDArray[Any]:
        """Return for each row what its text stands for."""
        found = np.array([values[text] for text in self.texts[name]], dtype=dtype)
        return found[self.codes[name]] if len(found) else np.empty(0, dtype=dtype)

    def taken(self, rows: Mask) -> "Stacked":
        """Return only some of the rows."""
        return Stacked(
            {name: codes[rows] for name, codes in self.codes.items()},
            self.texts,
            {name: numbers[rows] for name, numbers in self.numbers.items()},
        )

    def frame(self, names: Sequence[str]) -> pd.DataFrame:
        """Return the columns named as a data frame."""
        columns: dict[str, Any] = {}
        for name in names:
            if name in self.numbers:
                columns[name] = self.numbers[name]
            else:
                columns[name] = decoded(self.texts[name], self.codes[name])
        return pd.DataFrame(columns, copy=False)


def decoded(texts: Sequence[str], codes: NDArray[np.int32]) -> Any:
    """Return coded texts as a column of pandas' text type."""
    known: Any = pa.array(texts, pa.large_string())
    text_type: Any = _TEXT
    return text_type.__from_arrow__(known.take(pa.array(codes)))


def stacked(parts: Sequence[Columns]) -> Stacked:
    """Put parts with the same columns below each other."""
    codes: dict[str, NDArray[np.int32]] = {}
    texts: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, NDArray[Any]] = {}
    for name in parts[0] if parts else ():
        columns = [part[name] for part in parts]
        words = [column for column in columns if isinstance(column, TextColumn)]
        if words:
            codes[name], texts[name] = _together(words)
        else:
            numbers[name] = np.concatenate(columns)  # type: ignore[arg-type]
    return Stacked(codes, texts, numbers)


def _together(columns: Sequence[TextColumn]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    known: dict[str, int] = {}
    codes = [
        np.array([known.setdefault(text, len(known)) for text in column.texts], dtype=np.int32)[
            column.codes
        ]
        if column.texts
        else column.codes
        for column in columns
    ]
    return np.concatenate(codes), tuple(known)
