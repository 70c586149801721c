"""Sources that are no publication: what this service computes, and what authorities send."""

from api.contract import IndicatorDetail, SourceKind
from dashboard.components.sources import figure_source_link
from dashboard.components.text import between, code, section, sentence_case, summary_list
from dashboard.page import Node, node
from dashboard.views.source_view import SourceView, has_figure
from dashboard.words.readings import formula, rounding, worked_out


def computed_section(view: SourceView) -> Node:
    """Return over whom a figure was computed, and where their figures come from."""
    if view.source["kind"] != SourceKind.COMPUTED:
        return None
    indicator, row = view.indicator, view.row
    said = [
        node(
            "P",
            "Numerators and denominators of the authorities that have both are added up, so that "
            "one without a return counts in neither; a joint return counts once.",
        ),
        _covers_others(view),
    ]
    if indicator is None:
        return section("reading", "How totals are worked out", *said)
    sum_of = worked_out(row, indicator) if row and has_figure(row) else ""
    facts = summary_list(
        [
            ("Value", f"{sentence_case(formula(indicator))}, {rounding(indicator['decimals'])}."),
            ("The sum", sum_of),
            ("Numerator", indicator["numerator"]),
            ("Denominator", indicator["denominator"]),
        ]
    )
    return section("reading", "How it is worked out", *said, facts, _members(view))


def _covers_others(view: SourceView) -> Node:
    entries = view.indicator["read_from"] if view.indicator else []
    if not any(entry["compute_country"] for entry in entries):
        return None
    return node(
        "P",
        "The publisher’s own figure of the country covers other bodies besides these authorities, "
        "and is not used.",
    )


def _members(view: SourceView) -> Node:
    if not view.members:
        return None
    held = [row for row in view.members if has_figure(row)]
    without = [row for row in view.members if not has_figure(row)]
    names = ", ".join(f"{row['area_name']} ({row['status'].replace('_', ' ')})" for row in without)
    count = f"{len(held)} of {len(view.members)} authorities have a figure."
    sources = dict.fromkeys(row["source"] for row in held if row["source"])
    ways = [
        figure_source_link(
            source, held[0]["indicator"], "", view.period, view.state.release, source
        )
        for source in sources
    ]
    return [
        node("P", count, f" Without one: {names}." if names else ""),
        node("P", "Their figures come from ", *between(ways, ", "), ".") if ways else None,
    ]


def _way(view: SourceView, source: str, indicator: str) -> Node:
    cards = view.indicator["sources"] if view.indicator else []
    titles = {card["id"]: card["title"] for card in cards}
    words = titles.get(source, source)
    return figure_source_link(source, indicator, "", view.period, view.state.release, words)


def submission_section(view: SourceView) -> Node:
    """Return what an authority's own return is, and which of its measures are used."""
    if view.source["kind"] != SourceKind.SUBMISSION:
        return None
    fed = view.indicator["submission"] if view.indicator else None
    return section(
        "reading",
        "How it is worked out",
        node(
            "P",
            "The figure is provisional. The authority sent counts, not records of children; small "
            "counts are hidden before a release. As soon as the official publication has the "
            "figure, that takes its place.",
        ),
        _measures(fed, view.indicator) if fed and view.indicator else None,
    )


def _measures(fed: dict[str, object], indicator: IndicatorDetail) -> Node:
    return summary_list(
        [
            ("Collection", str(fed["collection"])),
            ("Numerator", _measure(fed["numerator"])),
            ("Denominator", _measure(fed["denominator"])),
            ("Value", f"{sentence_case(formula(indicator))}, {rounding(indicator['decimals'])}."),
        ]
    )


def _measure(part_of: object) -> Node:
    if not isinstance(part_of, dict):
        return "Children aged 0 to 17, by the estimate of the year before"
    broken = part_of["breakdown_type"] != "TOTAL"
    of = f", {part_of['breakdown_type']} {part_of['breakdown']}" if broken else ""
    return ["Measure ", code(str(part_of["measure"])), of]
