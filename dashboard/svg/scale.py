"""From values to places on an axis, with round numbers to mark it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A straight axis: `low` and `high` of the data lie at `start` and `stop` of the drawing."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Return where a value lies; values outside lie at the ends."""
        if self.high == self.low:
            return (self.start + self.stop) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.stop - self.start)


def scale_over(
    values: Iterable[float | int | None], start: float, stop: float, *, ticks: int = 4
) -> tuple[Scale, tuple[float, ...]]:
    """Return a scale over all values, widened to round numbers, and those numbers."""
    known = [float(value) for value in values if value is not None and math.isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    marks = round_marks(low, high, ticks)
    return Scale(marks[0], marks[-1], start, stop), marks


def round_marks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Return evenly spaced round numbers that enclose low and high, about as many as wanted."""
    if high <= low:
        pad = abs(low) * 0.1 or 1.0
        low, high = low - pad, high + pad
    rough = (high - low) / wanted
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    # Multiplied, not added up, so that 0.1 thrice is not 0.30000000000000004.
    return tuple(round(step * place, 10) for place in range(first, last + 1))


def cut_points(values: Sequence[float | int], classes: int) -> tuple[float, ...]:
    """Return the upper ends of all classes but the last, so that each holds about as many.

    Equal values always fall in one class, so there may be fewer classes than asked for.
    """
    ordered = sorted(values)
    if not ordered:
        return ()
    places = (math.ceil(len(ordered) * k / classes) - 1 for k in range(1, classes))
    points = dict.fromkeys(ordered[place] for place in places)
    return tuple(point for point in points if point < ordered[-1])


def class_of(value: float | int, points: Sequence[float]) -> int:
    """Return which class a value falls in, counting from 0."""
    return sum(value > point for point in points)


def decimals_of(marks: Sequence[float]) -> int:
    """Return how many decimals the marks of an axis need."""
    return max(len(f"{mark:.10f}".rstrip("0").partition(".")[2]) for mark in marks)
