"""Sentences about two figures of one authority that are read together."""

from dataclasses import dataclass
from typing import Final

from api.contract import Outcome, PairCard, PairRow, Status
from dashboard.words.names import opening
from dashboard.words.numbers import NO_VALUE, number, plural
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


CONTEXT: Final = "context:"
"""What stands before the id of a context variable."""
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
    "neither": "Neither differs from it by more than chance.",
}
_WITHOUT: Final = {
    "not_rankable": "in no ranking",
    "no_x": "no figure",
    "no_y": "no figure",
    "neither": "no figures",
    "no_line": "no line to compare with",
    "on_a_line": "on a line",
}
_STANDS_OUTSIDE: Final = {
    "on_a_line": "So it stands on a line, and in no quadrant.",
    "not_rankable": "It stands in no ranking, so it has no quadrant.",
}


def quadrant_words(quadrant: str | None, reason_code: str | None = None) -> str:
    """Return a quadrant in words, the first figure first; for none, why in a word or two."""
    if quadrant is None:
        return _WITHOUT.get(reason_code or "", NO_VALUE)
    first, second = QUADRANTS[quadrant]
    return f"{first}, {second}"


def beyond_words(beyond: str | None) -> str:
    """Return which of the two differ by more than chance."""
    return "cannot be said" if beyond is None else BEYOND[beyond]


def chance_words(row: PairRow) -> str:
    """Return which of the two differ by more than chance; of a context variable, the other."""
    if not is_context(row["x"]) and not is_context(row["y"]):
        return beyond_words(row["beyond_chance"])
    word = tested_word(row)
    if word == "cannot compare":
        return "cannot be said"
    return "no" if word == Outcome.SIMILAR else f"yes, {word}"


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
    outside = "" if row["quadrant"] else _STANDS_OUTSIDE.get(row["reason_code"] or "", "")
    said = (f"{name}: {first}; {second}.", outside, beyond_sentence(row, country), _weak(row))
    return " ".join(filter(None, said))


def beyond_sentence(row: PairRow, country: str) -> str:
    """Return whether the two differ from the country by more than chance."""
    said = _BEYOND_SENTENCES.get(row["beyond_chance"] or "")
    if is_context(row["x"]) or is_context(row["y"]):
        return _tested_sentence(row, country)
    if said:
        return said.replace(" it ", f" {country} ", 1)
    return f"Of one or both nobody can say whether it differs from {country} by more than chance."


def is_context(id: str) -> bool:
    """Say whether a side of a pair is a context variable, which is never tested."""
    return id.startswith(CONTEXT)


def _tested_sentence(row: PairRow, country: str) -> str:
    """Return whether the side that can be tested differs; nothing where both are context."""
    if is_context(row["x"]) and is_context(row["y"]):
        return ""
    which, word = "second" if is_context(row["x"]) else "first", tested_word(row)
    if word == Outcome.SIMILAR:
        return f"The {which} does not differ from {country} by more than chance."
    if word == "cannot compare":
        return f"Nobody can say whether the {which} differs from {country} by more than chance."
    return f"The {which} is {word} than {country} by more than chance."


def tested_word(row: PairRow) -> str:
    """Return the outcome of the side that is no context variable, in words."""
    side = "y" if is_context(row["x"]) else "x"
    word: str = dict(row)[f"{side}_outcome_adjusted_for_many"]  # type: ignore[assignment]
    return word.replace("_", " ")


def _weak(row: PairRow) -> str:
    is_weak = row["quadrant"] and row["beyond_chance"] == "neither"
    return "So its quadrant says little." if is_weak else ""


def correlation_words(card: PairCard) -> str:
    """Return the rank correlation in few words, or why there is none."""
    if card["correlation"] is None:
        return f"No rank correlation: {card['no_correlation']}."
    limits = card["correlation_lower"], card["correlation_upper"]
    interval = "" if None in limits else f" (95% interval {' to '.join(map(_two, limits))})"
    count = plural(card["authorities"], "authority", "authorities")
    return f"Rank correlation {_two(card['correlation'])}{interval} over {count}."


def _two(value: float | None) -> str:
    return number(value, 2)


def _clause(value: float | int, lies: str | None, side: Side) -> str:
    figure = f"“{side.short_title}” {side.measure.amount(value)}"
    dated = f"{figure} {when(side.period, side.measure.measured)}" if side.period else figure
    if lies is None or side.line is None:
        return dated
    than = {"level": "the same as"}.get(lies, f"{lies} than")
    return f"{dated}, {than} {side.whose} ({side.measure.quantity(side.line)})"


def _full(reason: str | None) -> str:
    return f"{(reason or '').rstrip('.')}." if reason else ""
