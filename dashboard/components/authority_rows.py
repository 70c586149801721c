"""One side of the balance: each indicator as one row, which a phone shows as a card."""

from collections.abc import Sequence
from typing import Final

from dashboard.components.authority_ways import reason_way, source_way, way
from dashboard.components.comments import comment
from dashboard.components.figures import drawing
from dashboard.components.text import hidden, outcome_tag
from dashboard.page import Node, node
from dashboard.report.line import Beside, Line
from dashboard.report.lines import is_any_compared
from dashboard.report.profile import DIFFERS, Profile
from dashboard.svg.sparkline import sparkline
from dashboard.svg.spine import SMALL, spine
from dashboard.words.comments import part_words
from dashboard.words.numbers import NO_VALUE, quantity
from dashboard.words.trends import short_trend_reason, trend_cell

_LEAST: Final = 2
"""Values that a line needs."""


def rows_table(title: str, lines: Sequence[Line], profile: Profile) -> Node:
    """Return a table of some indicators; its caption is heard, as a heading stands above."""
    heads = _heads(profile)
    columns = [node("Th", "Indicator", scope="col", role="columnheader")]
    columns += [node("Th", head, scope="col", role="columnheader") for head in heads]
    bodies = [_body(line, heads, profile) for line in lines]
    caption = f"{title}, {profile.area['name']} beside those it is compared with"
    # The roles say again what the elements are, because on a phone they are laid out as cards.
    return node(
        "Table",
        node(
            "Caption",
            node("Span", caption, className="caption-text"),
            className="visually-hidden",
        ),
        node("Thead", node("Tr", *columns, role="row"), role="rowgroup"),
        *bodies,
        className=f"profile-rows with-{len(heads)}",
        role="table",
    )


def _heads(profile: Profile) -> list[str]:
    heads = [profile.area["name"]]
    first = next(iter(profile.lines))
    heads += [held.name for held in (first.country, first.region) if held]
    model = next((held.model for line in profile.lines for held in line.neighbours), "")
    return [*heads, f"Neighbours {model}, median"] if model else heads


def _body(line: Line, heads: Sequence[str], profile: Profile) -> Node:
    beside = [line.country, line.region]
    cells = [_own(line, profile)]
    cells += [
        _beside(line, held, head)
        for held, head in zip(beside, heads[1:3], strict=False)
        if len(heads) > 1
    ]
    if profile.has_neighbours:
        cells.append(_neighbours(line, heads[-1]))
    said = [
        comment(row, part_words(row, {}))
        for row in profile.comments
        if (row["indicator"], row["period"]) == (line.indicator, line.period)
    ]
    row = node("Tr", _head(line, profile), *cells, role="row", className="profile-row")
    words = [node("Tr", node("Td", *said, colSpan=len(cells) + 1, role="cell"), role="row")]
    return node("Tbody", row, *(words if said else []), id=line.indicator, role="rowgroup")


def _head(line: Line, profile: Profile) -> Node:
    flags = node("Strong", line.flags, className="flag") if line.flags else None
    period = [line.period_words, " ", *([flags, " "] if flags else [])]
    cannot = next((held.reason for held in line.beside if held.reason), "")
    is_silent = line.has_value and cannot and not is_any_compared(line)
    return node(
        "Th",
        way(line, profile),
        node("Div", *period, source_way(line, profile), className="row-note"),
        node("Div", reason_way(cannot), className="row-note") if is_silent else None,
        _agreement(line, profile),
        scope="row",
        role="rowheader",
    )


def _agreement(line: Line, profile: Profile) -> Node:
    """Return on which comparators a difference rests, where differences alone are shown."""
    if profile.state.only != DIFFERS or not line.agreement:
        return None
    return node("Div", line.agreement, className="row-note")


def _sparkline(line: Line, profile: Profile) -> Node:
    """Return the years that the trend is told of as a tiny line."""
    values = [value for _, value in line.history]
    if len(values) < _LEAST:
        return None
    title = f"{profile.area['name']}, {line.history[0][0]} to {line.history[-1][0]}"
    said = ", ".join(
        f"{period}: {quantity(value, line.unit, line.decimals)}" for period, value in line.history
    )
    return drawing(sparkline(f"spark-{line.indicator}", title, said, values), "spark-place")


def trend_line(line: Line) -> str:
    """Return which way a figure goes, since when; or why nobody can say."""
    trend = line.trend
    if trend["marker"] is None:
        return f"no trend: {short_trend_reason(trend)}"
    arrow = {"increasing": "↗ ", "decreasing": "↘ "}.get(trend["marker"])
    if arrow is None:
        return f"→ {trend_cell(trend)}"
    since = f" since {line.history[0][0]}" if line.history else ""
    word, bracket, judged = trend_cell(trend).partition(" (")
    return f"{arrow}{word}{since}{bracket}{judged}"


def _own(line: Line, profile: Profile) -> Node:
    if not line.has_value:
        word = node("Strong", line.words, className="row-none")
        return _cell([word, hidden(f": {line.reason}")], "own", profile.area["name"])
    unit = node("Span", f" {line.unit_words}", className="row-note") if line.unit_words else None
    value = node("Strong", line.words, className="row-value")
    first = node("Div", node("Span", value, unit), _sparkline(line, profile), className="row-first")
    going = node("Div", trend_line(line), className="row-note")
    return _cell([first, _spine(line, profile), going], "own", profile.area["name"])


def _spine(line: Line, profile: Profile) -> Node:
    if line.spine is None:
        return None
    words = spine_words(line, profile.country)
    drawn = spine(f"spine-{line.indicator}", line.short_title, words, line.spine, SMALL)
    return drawing(drawn, "spine-place")


def spine_words(line: Line, country: str) -> str:
    """Return what a spine says."""
    of = line.spine
    if of is None:
        return ""

    def said(figure: float | None) -> str:
        return quantity(figure, line.unit, line.decimals)

    words = (
        f"Authorities large enough to rank: {said(of.lowest)} to {said(of.highest)}, half of them "
        f"between {said(of.q25)} and {said(of.q75)}."
    )
    beside = f" {country}: {said(of.country)}." if of.country is not None else ""
    return f"{words}{beside} This area: {said(of.value)}."


def _beside(line: Line, held: Beside | None, head: str) -> Node:
    if held is None:
        return _cell([NO_VALUE], "beside", head)
    return _cell(
        [node("Span", held.words, className="row-figure"), *_verdict(line, held)], "", head
    )


def _neighbours(line: Line, head: str) -> Node:
    if not line.neighbours:
        return _cell([NO_VALUE], "neighbours", head)
    first, *others = line.neighbours
    content = [
        node("Span", first.words, className="row-figure"),
        *_verdict(line, first),
        node("Div", more, className="row-note") if (more := more_of(first)) else None,
    ]
    for other in others:
        figure = f"{other.model}: {other.words}"
        content.append(
            node("Div", figure, *_verdict(line, other, is_quiet=True), className="row-note")
        )
    return _cell(content, "neighbours", head)


def more_of(held: Beside) -> str:
    """Return what else is to be known of the neighbours: mean, how many have data."""
    told = [f"mean {held.mean_words}" if held.mean is not None else ""]
    told += [f"all together {held.together_words}" if held.together_words else ""]
    told += [held.count_words]
    return ", ".join(filter(None, told))


def _verdict(line: Line, held: Beside, *, is_quiet: bool = False) -> list[Node]:
    """Return the outcome of one comparison; what differs stands out."""
    if not held.outcome or not is_any_compared(line):
        return []  # said once for the whole row, or the value is missing
    if held.reason:
        return [" ", node("Span", held.short_reason, className="row-note")]
    if not held.is_different:
        return [" ", node("Span", held.outcome, className="quiet")]
    return [" ", node("Strong", held.outcome) if is_quiet else outcome_tag(held.outcome)]


def _cell(content: Sequence[Node], look: str, head: str) -> Node:
    return node("Td", *content, className=look or None, role="cell", data_label=head)
