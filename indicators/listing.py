"""The catalogue as text for a terminal: a list, and all that one definition says."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from indicators.checked_files import suggestion
from indicators.model import Indicator

WIDTH: Final = 88


class UnknownIndicatorError(LookupError):
    """An id that the catalogue does not have; the message suggests the nearest."""


def list_indicators(indicators: Sequence[Indicator]) -> str:
    """Return one line an indicator: id, kind, stage, unit and title, in catalogue order."""
    rows = [("ID", "KIND", "STAGE", "UNIT", "TITLE")]
    rows += [
        (one.id, one.kind, one.stage.replace("_", " "), one.unit, one.title) for one in indicators
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]))
        for row in rows
    ]
    return "\n".join(lines)


def find_indicator(indicators: Sequence[Indicator], indicator_id: str) -> Indicator:
    """Return the indicator of that id; raises UnknownIndicatorError with a suggestion."""
    for one in indicators:
        if one.id == indicator_id:
            return one
    near = suggestion(indicator_id, [one.id for one in indicators])
    advice = near or "; 'outcomes indicators list' names them all"
    msg = f"no indicator '{indicator_id}'{advice}"
    raise UnknownIndicatorError(msg)


def show_indicator(indicators: Sequence[Indicator], indicator_id: str) -> str:
    """Return all that a reader needs of one definition; raises UnknownIndicatorError."""
    one = find_indicator(indicators, indicator_id)
    blocks = [
        f"{one.title}\n{one.id}, version {one.version}",
        _items("No longer recommended", [one.retired.words] if one.retired else []),
        _block("Definition", one.definition),
        _block("Why it matters", one.why_it_matters),
        _block("Numerator", one.numerator),
        _block("Denominator", one.denominator),
        _facts(one),
        _block("Which way is good", f"{one.direction.good.words}: {one.direction.reason}"),
        _block("Who says so", one.direction.source),
        _items("Read with care", one.caveats),
        _items("Breaks", [f"{item.period}: {item.note}" for item in one.breaks]),
        _items("Read with", [f"{item.indicator}: {item.reason}" for item in one.read_with]),
        _items("Sources", [source.table for source in one.sources]),
        _block("From submissions", _submission(one)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _facts(one: Indicator) -> str:
    interval = one.interval.reason or one.interval.method
    return "\n".join(
        (
            f"Unit: {one.unit}, {one.decimals} decimals",
            f"Kind: {one.kind}; stage: {one.stage.replace('_', ' ')}",
            f"Periods: {one.period_kind}, measured {_MEASURED[one.measured]}",
            textwrap.fill(f"Interval: {interval}", WIDTH, subsequent_indent="  "),
            f"Publisher: {one.publisher}, {one.designation}",
        )
    )


_MEASURED: Final = {"snapshot": "on the last day", "during": "over the whole period"}


def _submission(one: Indicator) -> str:
    if one.submission is None:
        return "not submitted"
    bottom = one.submission.denominator
    below = bottom if isinstance(bottom, str) else bottom.measure
    return f"{one.submission.numerator.measure} over {below} ({one.submission.collection})"


def _block(heading: str, text: str) -> str:
    body = textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
    return f"{heading}\n{body}"


def _items(heading: str, items: Iterable[str]) -> str:
    lines = [
        textwrap.fill(item, WIDTH, initial_indent="  - ", subsequent_indent="    ")
        for item in items
    ]
    return "\n".join((heading, *lines)) if lines else ""
