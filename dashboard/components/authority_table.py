"""All figures of an area as one table, and why some of them cannot be compared."""

from typing import Final

from api.contract import ComparisonRow, Outcome, ProfileRow, Status
from dashboard.components.authority_figures import (
    CANNOT_COMPARE,
    Profile,
    few_with_data,
    is_neighbours,
)
from dashboard.components.table import Column, Row, table
from dashboard.components.text import bullets, sentence_case, summary_list
from dashboard.page import Node, node
from dashboard.words.counts import COUNTED_UNIT, compared_count, counts_authorities, yes_or_no
from dashboard.words.differences import is_different, short_reason
from dashboard.words.numbers import NO_VALUE, number, plural, unit_heading
from dashboard.words.outcomes import outcome_of, outcome_word, reason_sentence
from dashboard.words.statuses import status_word
from dashboard.words.trends import short_trend_reason, trend_cell

TABLE: Final = "profile-table"


def profile_table(profile: Profile) -> Node:
    """Return the table twin of all cards and lines, folded."""
    first = {c["with"]: c for row in profile.rows for c in row["comparisons"]}
    columns = [
        Column("Indicator"),
        Column("Period"),
        Column("Value", is_number=True),
        Column("Unit", is_short=True),
        Column("95% interval", is_number=True),
        *[Column(_head(profile, named, first)) for named in first],
        Column("Trend"),
        Column("Source"),
    ]
    made = table(
        f"{profile.area['name']}: all indicators beside their comparators",
        columns,
        [_row(row, list(first), profile) for row in profile.rows],
        look="profile",
    )
    summary = f"All {plural(len(profile.rows), 'indicator')} in one table"
    return node(
        "Details",
        node("Summary", node("Span", summary, className="fold-title")),
        made,
        id=TABLE,
        className="fold",
    )


def _head(profile: Profile, named: str, first: dict[str, ComparisonRow]) -> str:
    name = profile.comparator(first[named])
    return f"{name}: median (mean)" if is_neighbours(first[named]) else name


def _row(row: ProfileRow, comparators: list[str], profile: Profile) -> Row:
    held = {compared["with"]: compared for compared in row["comparisons"]}
    return (
        profile.way(row),
        row["period_label"],
        _value(row, profile),
        "yes or no" if _is_yes_or_no(row, profile) else unit_heading(row["unit"]),
        _interval(row),
        *[_cell(row, held[named]) if named in held else "" for named in comparators],
        _trend(row),
        profile.source(row),
    )


def _value(row: ProfileRow, profile: Profile) -> str:
    if row["status"] != Status.OK:
        return status_word(row["status"])
    if _is_yes_or_no(row, profile):
        return yes_or_no(row["value"])
    return number(row["value"], row["decimals"])


def _is_yes_or_no(row: ProfileRow, profile: Profile) -> bool:
    return profile.is_authority and counts_authorities(row["unit"])


def _interval(row: ProfileRow) -> str:
    lower, upper = row["ci_lower"], row["ci_upper"]
    if lower is None or upper is None:
        return NO_VALUE
    return f"{number(lower, row['decimals'])} to {number(upper, row['decimals'])}"


def _cell(row: ProfileRow, compared: ComparisonRow) -> Node:
    """Return a comparator's figure and the outcome; what differs is bold."""
    if row["status"] != Status.OK:
        return _figure(row, compared)
    outcome, figure = outcome_of(compared), f"{_figure(row, compared)} "
    if outcome == Outcome.CANNOT_COMPARE:
        return [figure, node("Span", short_reason(compared["reason"]), className="note")]
    word = outcome_word(compared)
    return [figure, node("Strong", word) if is_different(outcome) else word, _note(compared)]


def _trend(row: ProfileRow) -> Node:
    """Return the trend in a word or two; where there is none, why."""
    trend = row["trend"]
    if trend["marker"] is not None:
        return trend_cell(trend)
    return ["none ", node("Span", short_trend_reason(trend), className="note")]


def _figure(row: ProfileRow, compared: ComparisonRow) -> str:
    if counts_authorities(row["unit"]):
        return compared_count(compared).removesuffix(f" {COUNTED_UNIT}")
    figure = number(compared["comparator_value"], row["decimals"])
    if compared["statistic_shown"] != "median" or compared["comparator_value"] is None:
        return figure
    return f"{figure} ({number(compared['mean'], row['decimals'])})"


def _note(compared: ComparisonRow) -> Node:
    few = few_with_data(compared) if is_neighbours(compared) else ""
    return node("Span", few, className="note") if few else None


def reasons(profile: Profile) -> Node:
    """Return why some figures cannot be compared: each reason once, with its indicators."""
    named: dict[str, list[str]] = {}
    for row in profile.rows:
        told = {c["reason"] for c in row["comparisons"] if c["reason"]}
        for reason in sorted(told) if row["status"] == Status.OK else ():
            named.setdefault(reason, []).append(row["short_title"])
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
