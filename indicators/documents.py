"""The catalogue as a readable page and as a JSON Schema for editors."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from indicators.model import Indicator
from indicators.source_rows import SourceRows
from reference.periods import parse_period

HEAD: Final = """\
# Indicators

Written by `python -m etl.documents` from `indicators/definitions` and `etl/tables`; change those,
not this page. Ids, units and decimals are fixed. A value is the publisher's own figure wherever the
publication prints one; otherwise it is worked out from numerator and denominator and rounded half
up.
"""

_DIRECTIONS: Final = {
    "higher_is_better": "Higher is better.",
    "lower_is_better": "Lower is better.",
    "none": "Neither way is good.",
}
_INTERVALS: Final = {
    "wilson": "95 % Wilson interval of a proportion.",
    "poisson": "95 % Poisson interval of the count (Byar's; exact below 10).",
    "published": "95 % interval as published.",
    "none": "No interval.",
}
_MEASURED: Final = {"snapshot": "on the last day of", "during": "over"}
_PERIODS: Final = {
    "RY": "the year ending 31 March",
    "AY": "the academic year",
    "FY": "the financial year",
    "CY": "the calendar year",
    "RYQ": "a quarter of the year ending 31 March",
    "SEP": "the year ending 30 September",
}


def indicators_page(
    indicators: Sequence[Indicator], publications: Mapping[str, Sequence[str]]
) -> str:
    """Return the page as Markdown; `publications` has the lines of each table's editions."""
    contents = ["| id | title | unit | kind | stage |", "|---|---|---|---|---|"]
    contents += [
        f"| [{one.id}](#{one.id}) | {one.title} | {one.unit} | {one.kind} | {_words(one.stage)} |"
        for one in indicators
    ]
    sections = [_section(one, publications) for one in indicators]
    return "\n".join((HEAD, *contents, "", *sections))


def indicator_schema() -> dict[str, Any]:
    """Return the JSON Schema of one definition."""
    schema = Indicator.model_json_schema()
    schema["title"] = "Indicator definition"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _section(one: Indicator, publications: Mapping[str, Sequence[str]]) -> str:
    reason = f" {one.interval.reason}" if one.interval.reason else ""
    parts = [
        f"## {one.id}\n\n**{one.title}**\n\n{one.definition}\n\n{one.why_it_matters}",
        _table(
            ("Numerator", one.numerator),
            ("Denominator", one.denominator),
            ("Unit", f"{one.unit}, {_decimals(one.decimals)}"),
            ("Measured", f"{_MEASURED[one.measured]} {_PERIODS[one.period_kind]}"),
            ("Kind and stage", f"{one.kind}, {_words(one.stage)}"),
            ("Which way is good", f"{_DIRECTIONS[one.direction.good]} {one.direction.reason}"),
            ("Who says so", one.direction.source),
            ("Interval", f"{_INTERVALS[one.interval.method]}{reason}"),
            ("Framework", _joined((one.framework.area, one.framework.domain))),
            ("Publisher", f"{one.publisher} ({one.designation})"),
            ("From submissions", _submission(one)),
            (
                "Version",
                f"{one.version}, reviewed {one.review.reviewed_on}, due {one.review.due_on}",
            ),
            ("No longer recommended", one.retired.words if one.retired else ""),
            ("Also called", ", ".join(one.synonyms)),
        ),
        _bullets("Read with care", one.caveats),
        _bullets("Breaks", [f"{_label(item.period)}: {item.note}" for item in one.breaks]),
        _bullets(
            "Read with", [f"[{i.indicator}](#{i.indicator}): {i.reason}" for i in one.read_with]
        ),
        *(_source(source, publications.get(source.table, ())) for source in one.sources),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _source(source: SourceRows, editions: Sequence[str]) -> str:
    picked = "; ".join(
        f"`{column}` is {' or '.join(_quoted(text) for text in spellings)}"
        for column, spellings in source.rows.items()
    )
    rows = [
        ("Rows", picked or "all"),
        ("Value", f"`{source.value}`" if source.value else "computed"),
        ("Numerator", f"`{source.numerator}`" if source.numerator else "not published"),
        ("Denominator", _denominator(source)),
        ("Interval", _joined((source.ci_lower, source.ci_upper), " to ")),
        ("Broken down by", ", ".join(source.breakdowns)),
        ("Levels", ", ".join(source.levels)),
        ("Not in", _joined(source.absent_from, ", ")),
        ("Note", source.note),
    ]
    head = f"**Source: `{source.table}`**\n\n{_table(*rows)}"
    return "\n\n".join((head, "\n".join(f"- {line}" for line in editions)))


def _denominator(source: SourceRows) -> str:
    if not source.denominator:
        return "not published"
    other = "; ".join(
        f"of the row where `{column}` is {' or '.join(_quoted(text) for text in spellings)}"
        for column, spellings in source.denominator_rows.items()
    )
    return f"`{source.denominator}` {other}".strip()


def _submission(one: Indicator) -> str:
    if one.submission is None:
        return ""
    top, bottom = one.submission.numerator, one.submission.denominator
    below = bottom if isinstance(bottom, str) else bottom.measure
    where = "" if top.breakdown_type == "TOTAL" else f" for {top.breakdown_type} {top.breakdown}"
    return f"`{top.measure}` over `{below}`{where} in the {one.submission.collection} return"


def _label(period_id: str) -> str:
    return parse_period(period_id).label


def _decimals(decimals: int) -> str:
    return {0: "no decimals", 1: "one decimal"}.get(decimals, f"{decimals} decimals")


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "blank"


def _words(text: str) -> str:
    return text.replace("_", " ")


def _joined(texts: Iterable[str], by: str = "; ") -> str:
    return by.join(text for text in texts if text)


def _table(*rows: tuple[str, str]) -> str:
    lines = [f"| {name} | {text.replace('|', '/')} |" for name, text in rows if text]
    return "\n".join(("| | |", "|---|---|", *lines))


def _bullets(heading: str, lines: Iterable[str]) -> str:
    items = [f"- {line}" for line in lines]
    return "\n".join((f"**{heading}**\n", *items)) if items else ""
