"""One indicator of one authority: value, spine, and its comparators; and all as a table."""

from collections.abc import Sequence

from api.contract import ComparisonRow, Outcome, ProfileRow, Status
from dashboard.client import Library
from dashboard.components.figures import drawing
from dashboard.components.sources import figure_source_link
from dashboard.components.table import Column, Row, table
from dashboard.components.text import outcome_tag, sentence_case, tag
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.svg.spine import spine, spine_of
from dashboard.words.counts import compared_count, counts_authorities, own_amount
from dashboard.words.numbers import quantity, span
from dashboard.words.outcomes import outcome_of, outcome_word, reason_sentence
from dashboard.words.statuses import flag_words, status_reason


def card(row: ProfileRow, library: Library, state: State) -> Node:
    """Return the card of one indicator."""
    address = indicator_address(
        row["indicator"],
        State(area=_area(row, state), release=state.release, model=state.model),
    )
    value = _value(row, is_authority=_is_authority(row, library, state))
    return node(
        "Article",
        node("H4", link(row["short_title"], address)),
        node(
            "P",
            node("Strong", value, className="value" if row["status"] == Status.OK else "no-value"),
            node("Span", f" {row['period_label']} ", className="note"),
            node("Span", f"({flag_words(row['flags'])}) ", className="note")
            if row["flags"]
            else None,
            _source(row, state),
        ),
        _spine(row, library),
        node(
            "Ul",
            *[_comparator(row, c, library) for c in row["comparisons"] if c["members"]],
            className="beside",
        ),
        _reasons(row),
        className="figure-card",
    )


def _is_authority(row: ProfileRow, library: Library, state: State) -> bool:
    held = library.areas.get(_area(row, state))
    return held is None or held["kind"] == "authority"


def _area(row: ProfileRow, state: State) -> str:
    return next((c["area_code"] for c in row["comparisons"]), state.subject)


def _source(row: ProfileRow, state: State) -> Node:
    """Return the way to where the figure comes from."""
    area = _area(row, state)
    return figure_source_link(row["source"], row["indicator"], area, row["period"], state.release)


def _value(row: ProfileRow, *, is_authority: bool = True) -> str:
    if row["status"] != Status.OK:
        return sentence_case(status_reason(row["status"]))
    return own_amount(row["value"], row["unit"], row["decimals"], is_authority=is_authority)


def _spine(row: ProfileRow, library: Library) -> Node:
    country = library.country
    against = next((c for c in row["comparisons"] if c["with"] == "england"), None)
    beside = against["comparator_value"] if against else None
    value = float(row["value"]) if row["value"] is not None else None
    drawn = spine_of(row["spine"], value, beside)
    if drawn is None:
        return None

    def said(figure: float | None) -> str:
        return quantity(figure, row["unit"], row["decimals"])

    description = (
        f"Authorities large enough to rank: {said(drawn.lowest)} to {said(drawn.highest)}, half "
        "of them between "
        f"{said(drawn.q25)} and {said(drawn.q75)}. {country['name']}: "
        f"{said(value if beside is None else beside)}."
    )
    if beside is not None:
        description += f" This authority: {said(value)}."
    return drawing(spine(f"spine-{row['indicator']}", row["short_title"], description, drawn))


def comparator_name(named: str, library: Library, row: ComparisonRow) -> str:
    """Return whom a value is compared with, in a word or two."""
    if named == "england":
        return library.country["name"]
    if named == "region":
        own = library.areas.get(row["area_code"])
        return (own["region_name"] if own else None) or "Region"
    return "Neighbours" if named.startswith("neighbours") else named.replace("_", " ").capitalize()


def _figure(row: ProfileRow, compared: ComparisonRow) -> str:
    if counts_authorities(row["unit"]):
        return compared_count(compared)
    figure = quantity(compared["comparator_value"], row["unit"], row["decimals"])
    if compared["statistic_shown"] != "median":
        return figure
    mean = quantity(compared["mean"], row["unit"], row["decimals"])
    held = f"{compared['members_with_data']} of {compared['members']} with data"
    return f"median {figure} (mean {mean}; {held})"


def _comparator(row: ProfileRow, compared: ComparisonRow, library: Library) -> Node:
    name = comparator_name(compared["with"], library, compared)
    has_value = row["status"] == Status.OK
    return node(
        "Li",
        node("Span", f"{name}: {_figure(row, compared)}", className="who"),
        " ",
        outcome_tag(outcome_word(compared)) if has_value and _is_any_compared(row) else None,
    )


def _is_any_compared(row: ProfileRow) -> bool:
    return any(outcome_of(c) != Outcome.CANNOT_COMPARE for c in row["comparisons"])


def _reasons(row: ProfileRow) -> Node:
    """Return why it cannot be compared, each reason once."""
    reasons = list(dict.fromkeys(c["reason"] for c in row["comparisons"] if c["reason"]))
    if not reasons or row["status"] != Status.OK:
        return None  # the reason for a missing figure stands in its place already
    said = " ".join(reason_sentence(reason) for reason in reasons)
    if _is_any_compared(row):
        return node("P", said, className="note")
    return node("P", tag("cannot compare"), f" {said}", className="note")


def profile_table(name: str, rows: Sequence[ProfileRow], library: Library, state: State) -> Node:
    """Return the table twin of all cards."""
    comparators = list(dict.fromkeys(c["with"] for row in rows for c in row["comparisons"]))
    first = {c["with"]: c for row in rows for c in row["comparisons"]}
    heads = [comparator_name(named, library, first[named]) for named in comparators]
    columns = [
        Column("Indicator"),
        Column("Period"),
        Column("Value", is_number=True),
        Column("95% interval", is_number=True),
        *[Column(head) for head in heads],
        Column("Source"),
    ]
    return table(
        f"{name}: all indicators beside their comparators",
        columns,
        [_table_row(row, comparators, library, state) for row in rows],
    )


def _table_row(row: ProfileRow, comparators: Sequence[str], library: Library, state: State) -> Row:
    held = {compared["with"]: compared for compared in row["comparisons"]}
    return (
        row["short_title"],
        row["period_label"],
        _value(row, is_authority=_is_authority(row, library, state)),
        span(row["ci_lower"], row["ci_upper"], row["unit"], row["decimals"]),
        *[
            f"{_figure(row, held[named])}: {outcome_word(held[named])}" if named in held else ""
            for named in comparators
        ],
        _source(row, state),
    )
