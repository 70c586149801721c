"""The figures of many indicators and periods for every area, as tables of numbers.

A row is one indicator in one period, a column is one area. Statistics and comparisons of whole
pages are worked out on such tables at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from api.columns import OK
from api.opened import OpenRelease
from indicators.cells import FLAGS, STATUSES, Flag, Status
from indicators.comparison import can_test, overdispersions, standardised_at
from indicators.group_columns import is_repeated
from indicators.model import Arithmetic, Indicator
from indicators.snapshot import NUMBER_COLUMNS, cell_key

JOINT: Final = 1 << FLAGS.index(Flag.JOINT_RETURN)
NOT_AVAILABLE: Final = STATUSES.index(Status.NOT_AVAILABLE)

Codes = NDArray[np.int64]
Marks = NDArray[np.bool_]
Numbers = NDArray[np.float64]
T = TypeVar("T")

Pair = tuple[int, int]
"""The code of an indicator and that of a period."""


@dataclass(frozen=True)
class FigureTable:
    """Figures by row (indicator and period) and area; numbers are NaN unless the status is ok.

    `unit` is the area that stands for the return: two authorities that return jointly share one.
    `source` is -1 where there is no cell.
    """

    release: OpenRelease
    pairs: tuple[Pair, ...]
    status: Codes
    flags: Codes
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    ci_lower: Numbers
    ci_upper: Numbers
    unit: Codes
    source: Codes
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out once from this table."""

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """Return what was worked out for a key, or work it out."""
        if key not in self.kept:
            self.kept[key] = make()
        found: T = self.kept[key]
        return found

    def taken(self, rows: Sequence[int]) -> "FigureTable":
        """Return some of the rows."""
        places = list(rows)
        columns = ("status", "flags", *NUMBER_COLUMNS, "unit", "source")
        return FigureTable(
            release=self.release,
            pairs=tuple(self.pairs[row] for row in places),
            **{name: getattr(self, name)[places] for name in columns},
        )

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicator of each row."""
        held = self.release.snapshot.indicators
        return tuple(held[indicator] for indicator, _ in self.pairs)

    @cached_property
    def periods(self) -> Codes:
        """The period of each row."""
        return np.asarray([period for _, period in self.pairs], dtype=np.int64)

    @cached_property
    def is_ok(self) -> Marks:
        """Whether an area has a value."""
        return np.asarray(self.status == OK)

    @cached_property
    def is_there(self) -> Marks:
        """Whether an area counts: it existed on the last day of the period or has a figure in it.

        A figure that is withheld is one too: the rule by which /observations gives rows.
        """
        release = self.release
        return np.asarray(release.existed[self.periods] | release.has_content[self.status])

    @cached_property
    def decimals(self) -> Codes:
        """How many decimals each row shows."""
        return np.asarray([one.decimals for one in self.indicators], dtype=np.int64)

    @cached_property
    def multiplier(self) -> Numbers:
        """What a quotient of parts is multiplied by; NaN where the value does not follow so."""
        found = [one.arithmetic.multiplier for one in self.indicators]
        return np.asarray([np.nan if one is None else one for one in found], dtype=np.float64)

    @cached_property
    def is_share(self) -> Marks:
        """Whether a row is of percentages."""
        return self.where(lambda one: one.arithmetic is Arithmetic.PERCENTAGE)

    @cached_property
    def is_testable(self) -> Marks:
        """Whether differences of a row can be tested."""
        return self.where(can_test)

    @cached_property
    def is_counting(self) -> Marks:
        """Whether a row counts authorities, so that a group is how many of it are."""
        return self.where(lambda one: one.arithmetic is Arithmetic.COUNT)

    def where(self, holds: Callable[[Indicator], bool]) -> Marks:
        """Mark the rows whose indicator meets a condition."""
        return np.asarray([holds(one) for one in self.indicators], dtype=np.bool_)

    def share_of(self, area: int) -> Numbers:
        """Return an area's figures as shares of 1 or events per head, from parts if it has them."""
        top, bottom = self.numerator[:, area], self.denominator[:, area]
        with np.errstate(divide="ignore", invalid="ignore"):
            from_parts = np.where(np.isfinite(top) & (bottom > 0), top / bottom, np.nan)
            return np.where(
                np.isfinite(from_parts), from_parts, self.value[:, area] / self.multiplier
            )

    @cached_property
    def phi(self) -> Numbers:
        """The over-dispersion of authorities about the whole country, each return once."""
        release = self.release
        country = release.snapshot.area_codes[release.snapshot.places.country.code]
        places = release.authorities
        counted = first_of_unit(self.unit[:, places], self.is_ok[:, places])
        top = np.where(counted, self.numerator[:, places], np.nan)
        bottom = np.where(counted, self.denominator[:, places], np.nan)
        known = np.isfinite(top) & np.isfinite(bottom)
        with np.errstate(divide="ignore", invalid="ignore"):
            pooled = np.where(known, top, 0).sum(axis=1) / np.where(known, bottom, 0).sum(axis=1)
        share = self.share_of(country)
        share = np.where(np.isfinite(share) & (share != 0), share, pooled)
        return overdispersions(standardised_at(self.is_share[:, None], top, bottom, share[:, None]))


def first_of_unit(unit: Codes, counts: Marks) -> Marks:
    """Say by row which of the areas that count is the first of its return."""
    repeats = is_repeated(unit[:, None, :], counts[:, None, :])
    return np.asarray(counts & ~repeats[:, 0, :])


def read_table(release: OpenRelease, pairs: Sequence[Pair]) -> FigureTable:
    """Read the figures of pairs for every area, not broken down."""
    snapshot = release.snapshot
    shape = (len(pairs), len(release.areas))
    codes = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    indicator, period = (np.repeat(column, shape[1]) for column in codes.T)
    area = np.tile(np.arange(shape[1]), shape[0])
    wanted = cell_key(indicator, period, area, np.zeros_like(area), snapshot.index)
    found = np.searchsorted(snapshot.keys, wanted)
    found = np.minimum(found, max(len(snapshot.keys) - 1, 0))
    is_held = (
        snapshot.keys[found] == wanted if len(snapshot.keys) else np.zeros(len(wanted), np.bool_)
    )

    def read(name: str, missing: int) -> Codes:
        return np.where(is_held, snapshot.columns[name][found], missing).astype(np.int64)

    status, flags = read("status", NOT_AVAILABLE), read("flags", 0)
    is_ok = is_held & (status == OK)
    numbers = {
        name: np.where(is_ok, snapshot.columns[name][found], np.nan).reshape(shape)
        for name in NUMBER_COLUMNS
    }
    flags = flags.reshape(shape)
    return FigureTable(
        release=release,
        pairs=tuple(pairs),
        status=status.reshape(shape),
        flags=flags,
        unit=_units(flags, numbers["value"], numbers["numerator"], numbers["denominator"]),
        source=read("source", -1).reshape(shape),
        value=numbers["value"],
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        ci_lower=numbers["ci_lower"],
        ci_upper=numbers["ci_upper"],
    )


def _units(flags: Codes, *numbers: Numbers) -> Codes:
    """Give each area its own unit, joint returns with the same figures one between them."""
    unit = np.tile(np.arange(flags.shape[1]), (flags.shape[0], 1))
    first: dict[tuple[float, ...], int] = {}
    for row, area in zip(*(places.tolist() for places in np.nonzero(flags & JOINT)), strict=True):
        held = (row, *(-1.0 if np.isnan(n[row, area]) else float(n[row, area]) for n in numbers))
        unit[row, area] = first.setdefault(held, area)
    return unit
