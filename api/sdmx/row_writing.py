"""Rows in series, or each alone, as bytes of a data format of SDMX.

As in `api.row_text` nothing is done row by row: columns of pieces are woven and joined at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import orjson
from numpy.typing import NDArray

from api.columns import Columns, ends_of
from api.opened import OpenRelease
from api.sdmx.dialects import Dialect
from api.sdmx.names import INDICATOR
from api.sdmx.row_fields import RowFields, fields_of
from api.sdmx.series import SeriesBlock, kinds_of

PART_ROWS: Final = 2_000
"""Rows that are written together: memory stays flat however many follow."""


@dataclass(frozen=True)
class Shape:
    """What of the data is wanted."""

    has_rows: bool = True
    has_attributes: bool = True
    is_flat: bool = False
    """Whether each observation stands alone, outside series."""


FULL: Final = Shape()
Pieces = Sequence[str]


def written(
    release: OpenRelease, made: SeriesBlock, dialect: Dialect, shape: Shape = FULL
) -> Iterator[bytes]:
    """Give the rows of one indicator part by part."""
    writing = _Writing(release, made, dialect, shape)
    if not shape.has_rows:
        yield writing.keys().encode()
        return
    for first in range(0, len(made), PART_ROWS):
        yield writing.part(slice(first, first + PART_ROWS)).encode()
    if not shape.is_flat:
        yield dialect.series_end.encode()


class _Writing:
    """The columns of one indicator in the order of its series."""

    def __init__(
        self, release: OpenRelease, made: SeriesBlock, dialect: Dialect, shape: Shape
    ) -> None:
        self.dialect = dialect
        self.shape = shape
        self.made = made
        self.texts: RowFields = fields_of(release, dialect)
        self.indicator = release.snapshot.indicators[made.indicator]
        order, block = made.order, made.block
        self.area, self.breakdown = block.area[order], block.breakdown[order]
        self.period = block.period[order]
        self.kind = kinds_of(release)[self.period]
        columns = Columns(release, block)  # of rows as they are held: it reads them as a whole
        self.value = columns.numbers("value")[order]
        self.fields: list[tuple[str, NDArray[np.float64], bool]] = []
        self.endings: list[str] = []
        self.end = np.zeros(0, dtype=np.int64)
        if shape.has_attributes and shape.has_rows:
            self.end = ends_of(release, made.indicator).of(block)[order]
            self.endings = self.texts.ends(made.indicator)
            self.fields = [
                *(
                    (n.upper(), columns.numbers(n)[order], True)
                    for n in ("numerator", "denominator")
                ),
                *((n.upper(), columns.limits(n)[order], False) for n in ("ci_lower", "ci_upper")),
            ]

    def keys(self) -> str:
        """Return the series without their observations."""
        ends = self.dialect.series_end
        return "".join(self._series(place) + ends for place in self._starts(slice(None)))

    def part(self, rows: slice) -> str:
        """Return some of the rows; a series is open at the end of a part."""
        count = len(self.value[rows])
        pieces: list[Pieces] = [*self._before(rows, count), *self._figures(rows, count)]
        woven = [""] * (count * len(pieces))
        for place, piece in enumerate(pieces):
            woven[place :: len(pieces)] = piece
        return "".join(woven)

    def _before(self, rows: slice, count: int) -> Iterator[Pieces]:
        """Give the columns that stand before the value."""
        if self.shape.is_flat:
            yield from self._alone(rows)
            return
        heads = [""] * count
        for place in self._starts(rows):
            end = self.dialect.series_end if place else ""
            heads[place - (rows.start or 0)] = end + self._series(place)
        yield heads
        begins = [self.dialect.row_begin.format(time) for time in self.texts.times]
        yield [begins[period] for period in self.period[rows].tolist()]

    def _alone(self, rows: slice) -> Iterator[Pieces]:
        """Give the columns of the keys of rows that stand alone."""
        begin, end = self.dialect.flat_begin.split("{}")
        indicator = self.dialect.field(INDICATOR, self.indicator.id)
        firsts = [f"{begin}{text}{indicator}" for text in self.texts.frequencies]
        timed = [f"{text}{end}" for text in self.texts.timed]
        yield [firsts[kind] for kind in self.kind[rows].tolist()]
        yield [self.texts.areas[area] for area in self.area[rows].tolist()]
        yield [self.texts.breakdowns[part] for part in self.breakdown[rows].tolist()]
        yield [timed[period] for period in self.period[rows].tolist()]

    def _figures(self, rows: slice, count: int) -> Iterator[Pieces]:
        """Give the value and the columns that stand after it."""
        dialect = self.dialect
        yield number_fields(
            self.value[rows], dialect.value, dialect.no_value, whole=self.indicator.decimals == 0
        )
        if not self.shape.has_attributes:
            yield [dialect.row_end] * count
            return
        endings = [dialect.attributes_begin + text for text in self.endings]
        yield [endings[end] for end in self.end[rows].tolist()]
        for name, numbers, whole in self.fields:
            yield number_fields(
                numbers[rows], dialect.field(name, "{}"), dialect.blank, whole=whole
            )
        shared = self.texts.units(self.indicator)
        shared += self.texts.of_release if dialect.repeats_release else ""
        end = shared + dialect.attributes_end + dialect.row_end
        periods = [text + end for text in self.texts.periods(self.indicator)]
        yield [periods[period] for period in self.period[rows].tolist()]

    def _starts(self, rows: slice) -> list[int]:
        """Return the places among all rows at which a series begins."""
        first = rows.start or 0
        return [first + place for place in np.flatnonzero(self.made.is_first[rows]).tolist()]

    def _series(self, place: int) -> str:
        """Return how the series of a row begins."""
        kind, texts = self.kind[place], self.texts
        key = (
            texts.frequencies[kind]
            + self.dialect.field(INDICATOR, self.indicator.id)
            + texts.areas[self.area[place]]
            + texts.breakdowns[self.breakdown[place]]
            + texts.kinds[kind]
        )
        return self.dialect.series_begin.format(key)


def number_fields(
    numbers: NDArray[np.float64], field: str, missing: str, *, whole: bool
) -> list[str]:
    """Return numbers in their shortest form inside a field; `missing` for each NaN.

    `whole` writes whole numbers without a decimal.
    """
    begin, end = field.split("{}")
    text = orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].decode()
    if whole:
        text = (text + ",").replace(".0,", ",")[:-1]
    fields = begin + text.replace(",", f"{end}\n{begin}") + end
    return fields.replace(f"{begin}null{end}", missing).split("\n")
