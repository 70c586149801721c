"""Change, rank, band and neighbour mean by the rules of the Local Authority Interactive Tool.

For readers who hold our figures against that tool of the Department for Education. Its rules
are not ours: any difference is a change, any authority has a rank, and a value on a cut point
falls into the band of the lower values, whichever way is good. docs/methods/position.md.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers, as_decimal, decimal_mean
from indicators.model import DirectionWord

MISSING: Final = frozenset({"-", "c", "..", ""})
"""What the tool reads as no figure, whatever the reason."""
NOTHING: Final = "-"


class Polarity(StrEnum):
    """Which way is good, in the tool's own words."""

    HIGH = "High"
    LOW = "Low"
    NONE = "-"


class Arrow(StrEnum):
    """Which way the sign of the change points."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


_BANDS: Final[Mapping[Polarity, str]] = {Polarity.LOW: "ABCD", Polarity.HIGH: "DCBA"}


def polarity_of(direction: DirectionWord) -> Polarity:
    """Return the polarity that the tool would give a direction of ours."""
    return {
        DirectionWord.HIGHER_IS_BETTER: Polarity.HIGH,
        DirectionWord.LOWER_IS_BETTER: Polarity.LOW,
    }.get(direction, Polarity.NONE)


def read_polarity(text: str) -> Polarity:
    """Read a cell of the tool's dictionary; a blank one is no polarity."""
    return Polarity(text) if text in set(Polarity) else Polarity.NONE


def read_figure(text: str) -> float:
    """Read a figure of the tool; NaN for each of its signs of a missing one."""
    return np.nan if text in MISSING else float(text)


def newest_first(labels: Sequence[str]) -> tuple[int, ...]:
    """Return the places of year labels, the latest first, as the tool has it: by their text."""
    return tuple(sorted(range(len(labels)), key=lambda place: labels[place], reverse=True))


def find_changes(values: ArrayLike, labels: Sequence[str]) -> Numbers:
    """Return the value at the last label minus that at the one before, in points.

    `values` has a row for each area and a column for each label. NaN where either is missing.
    No check that the labels are a year apart: the tool has none.
    """
    table = np.asarray(values, dtype=np.float64)
    if len(labels) < 2:
        return np.full(len(table), np.nan)
    last, before = newest_first(labels)[:2]
    pairs = zip(table[:, last], table[:, before], strict=True)
    return np.array([_difference(float(new), float(old)) for new, old in pairs])


def _difference(new: float, old: float) -> float:
    if not (np.isfinite(new) and np.isfinite(old)):
        return np.nan
    return float(as_decimal(new) - as_decimal(old))


def arrow_of(change: float) -> Arrow | None:
    """Return the arrow; any change other than exactly 0 points up or down."""
    if np.isnan(change):
        return None
    return Arrow.LEVEL if change == 0 else Arrow.UP if change > 0 else Arrow.DOWN


def is_improvement(change: float, polarity: Polarity) -> bool | None:
    """Return True (green) or False (red); None (black) for no change or no polarity."""
    if np.isnan(change) or change == 0 or polarity is Polarity.NONE:
        return None
    return (change > 0) == (polarity is Polarity.HIGH)


def find_ranks(values: ArrayLike, polarity: Polarity) -> Numbers:
    """Return competition ranks, 1 the best; NaN without a value, all NaN without polarity.

    `values` are those of all authorities, abolished ones and the smallest included.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if polarity is Polarity.NONE:
        return np.full(len(numbers), np.nan)
    keys = numbers if polarity is Polarity.LOW else -numbers
    ordered = np.sort(keys[np.isfinite(keys)])
    return np.where(np.isfinite(keys), 1.0 + np.searchsorted(ordered, keys), np.nan)


def cut_points(values: ArrayLike) -> Numbers | None:
    """Return minimum, three quartiles and maximum (type 7); None without values."""
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[np.isfinite(numbers)]
    return np.quantile(known, (0, 0.25, 0.5, 0.75, 1)) if len(known) else None


def find_bands(
    values: ArrayLike, polarity: Polarity, *, has_quartiles: bool = True
) -> tuple[str | None, ...]:
    """Return A to D for each value, None without one; `-` for all where the tool bands nothing.

    It bands nothing without a polarity, and where its dictionary says that the data range is too
    small (`has_quartiles` is then False).
    """
    numbers = np.asarray(values, dtype=np.float64)
    letters, cuts = _BANDS.get(polarity), cut_points(numbers)
    if letters is None or not has_quartiles:
        return (NOTHING,) * len(numbers)
    if cuts is None:
        return (None,) * len(numbers)
    # A value on a cut point is not above it.
    above: NDArray[np.int64] = np.searchsorted(cuts[1:4], numbers, side="left")
    return tuple(
        letters[place] if np.isfinite(value) else None
        for place, value in zip(above, numbers, strict=True)
    )


def band_labels(cuts: Sequence[float], polarity: Polarity, decimals: int) -> Mapping[str, str]:
    """Return band to the words the tool prints for it, its slip included.

    Cut points are rounded half to even, and each band begins one unit above the last. Where high
    is good, band C has reached one unit too far since September 2025, into band B.
    """
    letters = _BANDS.get(polarity)
    if letters is None:
        return {}
    unit = 10.0**-decimals
    edges = [round(float(cut), decimals) for cut in cuts]
    starts = [edges[0], *(edge + unit for edge in edges[1:4])]
    stops = edges[1:]
    if polarity is Polarity.HIGH:
        stops = [edges[1], edges[2] + unit, *edges[3:]]
    return {
        letter: f"{start:.{decimals}f} to {stop:.{decimals}f}"
        for letter, start, stop in zip(letters, starts, stops, strict=True)
    }


def neighbour_mean(values: Sequence[float]) -> tuple[float | None, int]:
    """Return the plain mean of the neighbours' values as published, and how many had one.

    No least number of neighbours, and no weight for their size: the tool has neither.
    """
    known = [value for value in values if np.isfinite(value)]
    mean = decimal_mean(known)
    return (None if mean is None else float(mean)), len(known)


def region_shown(subregion: float, region: float) -> float:
    """Return the published figure of the subregion, or of the region where that one has none."""
    return subregion if np.isfinite(subregion) else region
