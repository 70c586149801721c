"""Sentences about comparisons and changes: what is said first, before any chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import ComparisonRow, IndicatorCard, Outcome, Status
from dashboard.words.differences import is_between
from dashboard.words.names import opening as opened
from dashboard.words.numbers import amount, number, plural, quantity, unit_word
from dashboard.words.periods import when
from dashboard.words.statuses import status_reason

_PHRASES: Final[dict[str, str]] = {
    Outcome.BETTER: "better than",
    Outcome.WORSE: "worse than",
    Outcome.HIGHER: "higher than",
    Outcome.LOWER: "lower than",
    Outcome.SIMILAR: "similar to",
}


@dataclass(frozen=True)
class Measure:
    """How the values of an indicator are written and when they were measured."""

    unit: str
    decimals: int
    measured: str

    @classmethod
    def of(cls, card: IndicatorCard) -> "Measure":
        """Return the measure of an indicator, short card or full."""
        return cls(card["unit"], card["decimals"], card["measured"])

    def amount(self, value: float | int | None) -> str:
        """Return the value with its unit in words."""
        return amount(value, self.unit, self.decimals)

    def quantity(self, value: float | int | None) -> str:
        """Return the value with no more than a sign."""
        return quantity(value, self.unit, self.decimals)


def outcome_of(row: ComparisonRow) -> str:
    """Return the outcome that pages show: the one adjusted for many tests where there is one."""
    return row["outcome_adjusted_for_many"] or row["outcome"]


def outcome_word(row: ComparisonRow) -> str:
    """Return `lower`, `similar` … or `cannot compare`."""
    return outcome_of(row).replace("_", " ")


def join_words(words: Sequence[str]) -> str:
    """Join with commas and a last `and`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def compared_sentence(
    name: str,
    value: float | int | None,
    period: str,
    measure: Measure,
    compared: Sequence[tuple[str, ComparisonRow]],
) -> str:
    """Return the sentence that opens a page about one authority.

    `compared` holds, for each comparator, its words (`England`, `its statistical neighbours`) and
    its row. Comparators with the same outcome are named together.
    """
    opening = f"{opened(name)}, {measure.amount(value)} {when(period, measure.measured)}"
    said: dict[str, list[str]] = {}
    unsaid: dict[str, list[str]] = {}
    for words, row in compared:
        phrase = _PHRASES.get(outcome_of(row))
        named = f"{words} ({_figure(row, measure)})"
        if phrase is None:
            unsaid.setdefault(reason_sentence(row["reason"]), []).append(named)
        else:
            said.setdefault(phrase, []).append(named)
    clauses = ", and ".join(f"{phrase} {join_words(names)}" for phrase, names in said.items())
    return " ".join(
        [
            f"{opening}, is {clauses}." if said else f"{opening}.",
            *(
                f"It cannot be compared with {join_words(names)}. {reason}"
                for reason, names in unsaid.items()
            ),
        ]
    )


def _figure(row: ComparisonRow, measure: Measure) -> str:
    figure = measure.quantity(row["comparator_value"])
    if row["statistic_shown"] != "median":
        return figure
    if is_between(row):
        return f"median {figure}, all together {measure.quantity(row['pooled'])}"
    return f"median {figure}"


def reason_sentence(reason: str | None) -> str:
    """Return a reason as one or two sentences: what stands after a colon with a capital is one."""
    said = (reason or "The source does not give what a comparison needs").rstrip(".")
    first, colon, rest = said.partition(": ")
    return f"{first}. {rest}." if colon and rest[:1].isupper() else f"{said}."


def missing_sentence(name: str, status: str, period: str, measure: Measure) -> str:
    """Return the sentence about an area without a figure, with the reason."""
    word = status_reason(status) or status_reason(Status.NOT_AVAILABLE)
    return f"{opened(name)} has no figure {when(period, measure.measured)}: {word}."


def spread_sentence(
    country: str,
    value: float | int | None,
    status: str,
    period: str,
    measure: Measure,
    values: Sequence[float | int],
    held: int,
    expected: int,
) -> str:
    """Return the sentence about the whole country and the spread of its authorities.

    `values` are those of the authorities that are ranked; `held` of `expected` have a figure.
    """
    if status == Status.OK and value is not None:
        opening = f"{country}: {measure.amount(value)} {when(period, measure.measured)}."
    else:
        opening = missing_sentence(country, status, period, measure)
    if not values:
        return f"{opening} No authority has a figure."
    low, high = measure.quantity(min(values)), measure.quantity(max(values))
    share = f"{held:,} of {plural(expected, 'authority', 'authorities')}"
    return f"{opening} {share} have a figure; of those large enough to rank, from {low} to {high}."


def change_sentence(
    value: float | int | None,
    previous: float | int | None,
    previous_period: str | None,
    measure: Measure,
    break_note: str = "",
) -> str:
    """Return the plain change since the period before: no judgement, and none across a break."""
    if previous_period is None:
        return "No earlier period is held."
    then = when(previous_period, measure.measured)
    if break_note:
        return f"Not comparable with the figure {then}: {break_note}"
    if value is None or previous is None:
        missing = then if previous is None else "for the latest period"
        return f"No change can be given: there is no figure {missing}."
    return f"{_difference(value, previous, measure)} {then} ({measure.quantity(previous)})."


def _difference(value: float | int, previous: float | int, measure: Measure) -> str:
    size = number(abs(value - previous), measure.decimals)
    if not float(size.replace(",", "")):
        return "The same as"
    way = "higher" if value > previous else "lower"
    if measure.unit == "%":
        return f"{size} percentage {'point' if size == '1' else 'points'} {way} than"
    if measure.unit == "£":
        return f"£{size} {way} than"
    return " ".join(filter(None, [size, unit_word(measure.unit), way, "than"]))
