"""Sentences about two figures of one authority that are read together."""

from dataclasses import dataclass
from typing import Final

from api.contract import PairRow, Status
from dashboard.words.names import opening
from dashboard.words.numbers import NO_VALUE
from dashboard.words.outcomes import Measure
from dashboard.words.periods import label, when
from dashboard.words.statuses import status_word


@dataclass(frozen=True)
class Side:
    """One figure of a pair: what it is called, how it is written, and the line that parts it."""

    short_title: str
    title: str
    measure: Measure
    period: str | None
    line: float | int | None
    whose: str
    """Whose figure the line is: `England`, `the median`."""

    @property
    def time(self) -> str:
        """The period in words, blank where there is none."""
        return label(self.period, self.measure.measured) if self.period else ""

    @property
    def line_name(self) -> str:
        """The line with its figure: `England 10%`."""
        return f"{self.whose} {self.measure.quantity(self.line)}"


QUADRANTS: Final = {
    "higher_higher": ("higher", "higher"),
    "higher_lower": ("higher", "lower"),
    "lower_higher": ("lower", "higher"),
    "lower_lower": ("lower", "lower"),
}
"""How x and y lie in each quadrant, in the order of tables."""

BEYOND: Final = {
    "both": "both",
    "x_only": "the first only",
    "y_only": "the second only",
    "neither": "neither",
}
_BEYOND_SENTENCES: Final = {
    "both": "Both differ from it by more than chance.",
    "x_only": "Only the first differs from it by more than chance.",
    "y_only": "Only the second differs from it by more than chance.",
    "neither": "Neither differs from it by more than chance, so the quadrant says little.",
}


def quadrant_words(quadrant: str | None) -> str:
    """Return a quadrant in words, the first figure first; a dash for none."""
    if quadrant is None:
        return NO_VALUE
    first, second = QUADRANTS[quadrant]
    return f"{first}, {second}"


def beyond_words(beyond: str | None) -> str:
    """Return which of the two differ by more than chance."""
    return "cannot be said" if beyond is None else BEYOND[beyond]


def figure_words(value: float | int | None, status: str, side: Side) -> str:
    """Return a figure, or why there is none."""
    return side.measure.quantity(value) if status == Status.OK else status_word(status)


def chosen_sentence(row: PairRow, x: Side, y: Side, country: str) -> str:
    """Return what the two figures of an authority are, and whether they differ from the country."""
    name = opening(row["area_name"])
    if row["x_value"] is None or row["y_value"] is None:
        return f"{name} stands in no quadrant. {_full(row['reason'])}"
    first = _clause(row["x_value"], row["x_lies"], x)
    second = _clause(row["y_value"], row["y_lies"], y)
    why = "" if row["quadrant"] else f" {_full(row['reason'])}"
    return f"{name}: {first}; {second}.{why} {beyond_sentence(row, country)}"


def beyond_sentence(row: PairRow, country: str) -> str:
    """Return whether the two differ from the country by more than chance."""
    said = _BEYOND_SENTENCES.get(row["beyond_chance"] or "")
    if said:
        return said.replace(" it ", f" {country} ", 1)
    return f"Of one or both nobody can say whether it differs from {country} by more than chance."


def _clause(value: float | int, lies: str | None, side: Side) -> str:
    figure = f"“{side.short_title}” {side.measure.amount(value)}"
    dated = f"{figure} {when(side.period, side.measure.measured)}" if side.period else figure
    if lies is None or side.line is None:
        return dated
    than = {"level": "the same as"}.get(lies, f"{lies} than")
    return f"{dated}, {than} {side.whose} ({side.measure.quantity(side.line)})"


def _full(reason: str | None) -> str:
    return f"{(reason or '').rstrip('.')}." if reason else ""
