"""How an indicator is read from a source: rows, columns, and what is made of them."""

from collections.abc import Sequence

from api.contract import AreaCard, IndicatorDetail
from dashboard.components.table import Column, Row, table
from dashboard.components.text import between, code, section, summary_list
from dashboard.page import Node, node
from dashboard.views.source_view import SourceView, has_figure
from dashboard.words import periods
from dashboard.words.readings import Pick, Reading, formula, quoted, rounding, worked_out


def reading_section(view: SourceView, found: Sequence[Reading]) -> Node:
    """Return how the indicator is read from the files; nothing where it is not."""
    if view.indicator is None or not found:
        return None
    named = [None if len(found) == 1 else _of_files(reading) for reading in found]
    parts = [
        [name, _rows_table(view, reading, place), _columns(view, view.indicator, reading)]
        for place, (name, reading) in enumerate(zip(named, found, strict=True))
    ]
    unnamed = (
        "This release does not hold the names of the file’s own columns; those are given under "
        "which this service knows them."
    )
    return section(
        "reading",
        "How it is read",
        None if found[0].has_own_names else node("P", unnamed, className="note"),
        *parts,
    )


def _of_files(reading: Reading) -> Node:
    return node("H3", ", ".join(reading.files) or "The file")


def _rows_table(view: SourceView, reading: Reading, place: int) -> Node:
    rows: list[Row] = [(code(column), quoted(said)) for column, said in reading.picks]
    rows += [("Period", _period(view)), ("Area", _area(view.area))]
    caption = "Which rows" if not place else f"Which rows of {reading.files[0]}"
    return table(caption, [Column("Where this column"), Column("Says")], rows, look="even")


def _period(view: SourceView) -> str:
    if not view.period or view.measure is None:
        return "any"
    return periods.label(view.period, view.measure.measured)


def _area(area: AreaCard | None) -> str:
    if area is None:
        return "any"
    itself = "" if area["kind"] == "authority" else " itself, not an area within it"
    return f"{area['name']} ({area['code']}){itself}"


def _columns(view: SourceView, indicator: IndicatorDetail, reading: Reading) -> Node:
    return summary_list(
        [
            ("Value", _value(view, indicator, reading)),
            ("Numerator", _numerator(indicator, reading)),
            ("Denominator", _denominator(indicator, reading)),
            ("Limits of the interval", [_joined(reading.limits)] if reading.limits else None),
            ("Note", reading.note),
        ]
    )


def _value(view: SourceView, indicator: IndicatorDetail, reading: Reading) -> Node:
    if reading.counted_where:
        column, words = reading.counted_where[0]
        so = ["Yes (1) where column ", code(column), f" says {quoted(words)}"]
        return [*so, ", no (0) where it says anything else, and no figure where it is blank."]
    if reading.is_published:
        months = " Years and months are given in months." if indicator["unit"] == "months" else ""
        return ["Column ", code(reading.value), f", as published.{months}"]
    if reading.value:
        rest = rounding(indicator["decimals"])
        return ["100 less column ", code(reading.value), f", {rest}."]
    said = f"Worked out by this service: {formula(indicator)}, {rounding(indicator['decimals'])}."
    row = view.row
    example = worked_out(row, indicator) if row and has_figure(row) else ""
    return [said, node("Span", example, className="worked")] if example else said


def _numerator(indicator: IndicatorDetail, reading: Reading) -> Node:
    if not reading.numerator:
        return None
    word = "The denominator less column " if reading.is_complement else "Column "
    column = [word, code(reading.numerator), _where(reading.numerator_picks)]
    return [f"{indicator['numerator'].rstrip('.')}. ", *column]


def _denominator(indicator: IndicatorDetail, reading: Reading) -> Node:
    said = f"{indicator['denominator'].rstrip('.')}. "
    if reading.is_population:
        return [said, "Not in the file: from the population estimates that this service holds."]
    if not reading.denominator:
        return None
    word = "Column " if len(reading.denominator) == 1 else "Columns "
    return [said, word, _joined(reading.denominator, " + "), _where(reading.denominator_picks)]


def _where(picks: Sequence[Pick]) -> Node:
    """Return in what the row of a part differs from the row of the value."""
    if not picks:
        return "."
    said = [[code(column), f" says {quoted(words)}"] for column, words in picks]
    if any(len(words) > 1 for _, words in picks):
        return [", added up over the rows where instead ", *between(said, " and "), "."]
    return [", on the row where instead ", *between(said, " and "), "."]


def _joined(columns: Sequence[str], words: str = " and ") -> Node:
    return between([code(column) for column in columns], words)
