"""All figures of an area as one wide table, and why some of them cannot be compared."""

from typing import Final

from api.contract import Outcome
from dashboard.components.authority_rows import more_of
from dashboard.components.authority_ways import CANNOT_COMPARE, source_way, way
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, Row, table
from dashboard.components.text import (
    bullets,
    kind_short,
    section,
    sentence_case,
    stage_words,
    summary_list,
)
from dashboard.page import Node, node
from dashboard.report.line import Beside, Line
from dashboard.report.profile import Profile
from dashboard.report.sources import source_words
from dashboard.words.counts import counts_authorities
from dashboard.words.differences import short_reason
from dashboard.words.numbers import NO_VALUE, number, unit_heading
from dashboard.words.outcomes import reason_sentence
from dashboard.words.periods import day
from dashboard.words.trends import short_trend_reason, trend_cell

TABLE: Final = "profile-table"
_CANNOT: Final = Outcome.CANNOT_COMPARE.replace("_", " ")


def profile_table(profile: Profile) -> Node:
    """Return the table of what is shown, one row for an indicator."""
    first = profile.lines[0].beside
    columns = [
        Column("Indicator"),
        Column("Stage", is_short=True),
        Column("Kind"),
        Column("Period"),
        Column("Value", is_number=True),
        Column("Unit", is_short=True),
        Column("95% interval", is_number=True),
        *[Column(_head(held)) for held in first],
        Column("Trend"),
        Column("Source"),
    ]
    return section(
        TABLE,
        "All figures in one table",
        table(
            f"{profile.area['name']}: indicators beside their comparators",
            columns,
            [_row(line, len(first), profile) for line in profile.shown],
            look="profile",
            is_headed=True,
        ),
    )


def _head(held: Beside) -> str:
    return f"{held.name} ({held.model}): median" if held.model else held.name


def _row(line: Line, width: int, profile: Profile) -> Row:
    cells = [_cell(held) for held in line.beside]
    return (
        way(line, profile),
        stage_words(line.stage),
        kind_short(line.kind),
        [line.period_label, f" ({line.flags})" if line.flags else ""],
        number(line.value, line.decimals) if _is_number(line) else line.words,
        "yes or no" if counts_authorities(line.unit) else unit_heading(line.unit),
        _interval(line),
        *cells,
        *([""] * (width - len(cells))),
        _trend(line),
        source_way(line, profile),
    )


def _is_number(line: Line) -> bool:
    return line.has_value and not counts_authorities(line.unit)


def _interval(line: Line) -> str:
    if line.lower is None or line.upper is None:
        return NO_VALUE
    return f"{number(line.lower, line.decimals)} to {number(line.upper, line.decimals)}"


def _cell(held: Beside) -> Node:
    """Return a comparator's figure and the outcome; what differs is bold."""
    figure = f"{held.words.removesuffix('%').removeprefix('£')} "
    more = node("Span", f" {more_of(held)}", className="note") if held.mean is not None else None
    if not held.outcome:
        return [figure, more]
    if held.outcome == _CANNOT:
        return [figure, node("Span", held.short_reason, className="note"), more]
    return [figure, node("Strong", held.outcome) if held.is_different else held.outcome, more]


def _trend(line: Line) -> Node:
    """Return the trend in a word or two; where there is none, why."""
    if line.trend["marker"] is not None:
        return trend_cell(line.trend)
    return ["none ", node("Span", short_trend_reason(line.trend), className="note")]


def numbers(profile: Profile, tabular: str) -> Node:
    """Return the links to the same figures."""
    return same_numbers(profile.address, "this profile", tabular=tabular)


def sources_line(profile: Profile) -> Node:
    """Return who published what is shown, and of which release it is: also for paper."""
    meta = profile.meta
    words = source_words(profile.shown, profile.library)
    return node(
        "P",
        f"Sources of the figures above: {words}. Each leads to its publication and date. "
        f"Release {meta['release']}, published here on {day(meta['published_at'])}. "
        f"{meta['not_official']}",
        className="note profile-foot",
    )


def reasons(profile: Profile) -> Node:
    """Return why some figures cannot be compared: each reason once, with its indicators."""
    named: dict[str, list[str]] = {}
    for line in profile.lines:
        for reason in sorted({held.reason for held in line.beside if held.reason}):
            named.setdefault(reason, []).append(line.short_title)
    if not named:
        return None
    said: dict[str, list[Node]] = {}
    for reason, titles in named.items():
        item = [f"{_because(reason)} ", node("Span", "; ".join(titles), className="note")]
        said.setdefault(sentence_case(short_reason(reason)), []).append(item)
    facts = [(word, bullets(items)) for word, items in said.items()]
    return node(
        "Details",
        node("Summary", node("Span", "Why some cannot be compared", className="fold-title")),
        summary_list(facts),
        id=CANNOT_COMPARE,
        className="fold",
    )


def _because(reason: str) -> str:
    """Return the part of a reason that its short words leave out, as a sentence."""
    _, colon, rest = reason.partition(": ")
    words = rest if colon else reason
    return reason_sentence(sentence_case(words))
