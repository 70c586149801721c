"""Sentences about authorities that have ended: when, and what is still held of them."""

from dashboard.words.outcomes import Measure
from dashboard.words.periods import day, label, when


def ended_sentence(
    name: str,
    last_day: str,
    period: str,
    measure: Measure,
    last: tuple[float | int | None, str] | None,
) -> str:
    """Return why an authority has no figure for a period: it had ended before.

    `last` is its last figure and the period of it, None where none is held.
    """
    shown = label(period, measure.measured)
    opening = f"{name} ended on {day(last_day)}, before the period shown ({shown})"
    if last is None:
        return f"{opening}. No figure of it is held."
    value, then = last
    said = f"{measure.amount(value)} {when(then, measure.measured)}"
    return f"{opening}; its last figure held is {said}."


def successors_sentence(name: str, last_day: str, successors: int) -> str:
    """Return the sentence that opens the page of an authority that has ended."""
    if not successors:
        return f"{name} ended on {day(last_day)}."
    took = "another authority" if successors == 1 else "other authorities"
    return f"{name} ended on {day(last_day)}; {took} took its place."
