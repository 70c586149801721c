"""Tables of text as they stand in a file: columns coded by their distinct texts."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]


_BLANKS: Final = re.compile(r"\n | \n|  |[\t\r\v\f\x1c-\x1f]")


@dataclass(frozen=True)
class TextColumn:
    """A column as positions into its distinct texts, so that each text is looked at once."""

    codes: Codes
    texts: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        """Return the text of one row."""
        return self.texts[int(self.codes[row])]

    def taken(self, rows: NDArray[Any]) -> "TextColumn":
        """Return the column with only some rows: a mask or positions."""
        return replace(self, codes=self.codes[rows])

    def mapped(self, function: Callable[[str], Any], dtype: Any) -> NDArray[Any]:
        """Return a value per row, worked out once for each distinct text."""
        values = np.empty(len(self.texts), dtype=dtype)
        values[:] = [function(text) for text in self.texts] if self.texts else []
        return values[self.codes]

    def matches(self, accepted: Iterable[str]) -> Mask:
        """Say for each row whether its text is one of those accepted."""
        wanted = frozenset(accepted)
        return self.mapped(wanted.__contains__, np.bool_)

    @property
    def has_only_single_blanks(self) -> bool:
        """Whether no text has blanks at its ends, several in a row, or others than spaces."""
        joined = "\n".join(self.texts)
        if not joined.isascii() or joined.count("\n") != max(len(self.texts) - 1, 0):
            return False
        return not _BLANKS.search(f"\n{joined}\n")

    def cleaned(self, clean: Callable[[str], str]) -> "TextColumn":
        """Return the column with every text cleaned; texts that become one share a code."""
        cleaned = [clean(text) for text in self.texts]
        places = {text: place for place, text in enumerate(dict.fromkeys(cleaned))}
        recode = np.array([places[text] for text in cleaned], dtype=np.int32)
        return TextColumn(recode[self.codes] if len(cleaned) else self.codes, tuple(places))


def text_column(values: Sequence[str]) -> TextColumn:
    """Code a plain sequence of texts."""
    return from_arrow(pa.array(values, type=pa.string()))


def from_arrow(values: Any) -> TextColumn:
    """Code an Arrow array or chunked array of text, coded already or not; null becomes ''."""
    joined: Any = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if not pa.types.is_dictionary(joined.type):
        joined = joined.fill_null("").dictionary_encode()
    codes = joined.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return TextColumn(codes, tuple(joined.dictionary.to_pylist()))


@dataclass(frozen=True)
class RawTable:
    """One CSV file or one sheet: column names and their texts.

    `first_row` is the number of the first row of figures as an editor or spreadsheet counts;
    `row_numbers` is given only where blank lines make the count uneven; `title` is what stands
    above the header of a sheet.
    """

    names: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    sheet: str = ""
    first_row: int = 2
    row_numbers: NDArray[np.int64] | None = None
    title: str = ""

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.columns[0]) if self.columns else 0

    def row_number(self, row: int) -> int:
        """Return the number that an editor or spreadsheet shows for a row."""
        if self.row_numbers is not None:
            return int(self.row_numbers[row])
        return row + self.first_row

    def taken(self, rows: NDArray[Any]) -> "RawTable":
        """Return the table with only some rows (a mask or positions), their numbers kept."""
        numbers = self.row_numbers
        if numbers is None:
            numbers = np.arange(self.first_row, self.first_row + self.height, dtype=np.int64)
        return replace(
            self,
            columns=tuple(column.taken(rows) for column in self.columns),
            row_numbers=numbers[rows],
        )

    def row(self, row: int) -> tuple[str, ...]:
        """Return the texts of one row."""
        return tuple(column[row] for column in self.columns)

    def with_header(self, row: int) -> "RawTable":
        """Return the table below a row that holds the column names (spreadsheets have titles)."""
        below = np.arange(row + 1, self.height)
        names = tuple(" ".join(text.split()) for text in self.row(row))
        title = " ".join(text for above in range(row) for text in self.row(above) if text)
        return replace(self.taken(below), names=names, title=title)


@dataclass(frozen=True)
class FileContent:
    """What a file holds: its kind (`csv` or `workbook`), tables, size and SHA-256 unpacked."""

    kind: str
    size: int
    tables: tuple[RawTable, ...]
    sha256: str = ""
