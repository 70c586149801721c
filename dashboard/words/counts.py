"""Words for indicators that count authorities: one is counted or not, a group by how many are."""

from collections.abc import Sequence
from typing import Final

from api.contract import ComparisonRow, InequalityRow, ObservationRow, Status
from dashboard.words.names import opening
from dashboard.words.numbers import NO_VALUE, amount, number
from dashboard.words.outcomes import Measure, reason_sentence
from dashboard.words.periods import when

COUNTED_UNIT: Final = "authorities"
"""The unit of an indicator whose figure of one authority is 1 or 0."""


def counts_authorities(unit: str) -> bool:
    """Say whether the figure of an authority is whether it is counted."""
    return unit == COUNTED_UNIT


def yes_or_no(value: float | int | None) -> str:
    """Return whether an authority is counted."""
    return NO_VALUE if value is None else "Yes" if value else "No"


def counted_of(value: float | int | None, of: float | int | None) -> str:
    """Return `3 of 10 authorities`, without the second number where it is not known."""
    if value is None:
        return NO_VALUE
    if of is None:
        return f"{number(value)} {'authority' if value == 1 else COUNTED_UNIT}"
    return f"{number(value)} of {number(of)} {'authority' if of == 1 else COUNTED_UNIT}"


def own_amount(
    value: float | int | None, unit: str, decimals: int, *, is_authority: bool = True
) -> str:
    """Return a value with its unit in words; of an authority that is counted, yes or no."""
    if is_authority and counts_authorities(unit):
        return yes_or_no(value)
    return amount(value, unit, decimals)


def figure_words(
    row: ObservationRow | InequalityRow, measure: Measure, *, is_authority: bool
) -> str:
    """Return the figure of a row as a table gives it."""
    if not counts_authorities(measure.unit):
        return measure.quantity(row["value"])
    if is_authority:
        return yes_or_no(row["value"])
    return counted_of(row["value"], row["denominator"])


def compared_count(row: ComparisonRow) -> str:
    """Return the figure that an authority is compared with: how many are counted of how many.

    A group's own member is left out of the group, and so of those it is counted among.
    """
    is_whole = row["statistic_shown"] == "value"
    is_member = not is_whole and not row["model"] and row["status"] == Status.OK
    return counted_of(row["comparator_value"], row["units_counted"] - (1 if is_member else 0))


def counted_sentence(
    name: str,
    value: float | int | None,
    period: str,
    measure: Measure,
    compared: Sequence[tuple[str, ComparisonRow]],
) -> str:
    """Return the sentence about one authority: whether it is counted, and how many others are."""
    said = f"{opening(name)}: {yes_or_no(value).lower()} {when(period, measure.measured)}."
    others = [f"{words}: {compared_count(row)}" for words, row in compared]
    reasons = dict.fromkeys(row["reason"] for _, row in compared if row["reason"])
    beside = f"{others[0][:1].upper()}{'; '.join(others)[1:]}." if others else ""
    return " ".join([said, beside, *map(reason_sentence, reasons)]).strip()


def counted_change(
    value: float | int | None,
    previous: float | int | None,
    period: str,
    measure: Measure,
    *,
    is_authority: bool,
) -> str:
    """Return a count beside the one of the period before."""
    then = when(period, measure.measured)
    if value is None or previous is None:
        missing = then if previous is None else "for the latest period"
        return f"No change can be given: there is no figure {missing}."
    if not is_authority:
        return f"{counted_of(value, None)}, and {number(previous)} {then}."
    if value == previous:
        return f"{yes_or_no(value)}, as {then}."
    return f"{yes_or_no(value)}, and {yes_or_no(previous).lower()} {then}."
