"""What must be read beside a figure: definition, why it matters, caveats, breaks, sources."""

from api.contract import IndicatorDetail
from dashboard.components.indicator_pairs import read_together
from dashboard.components.sources import source_item
from dashboard.components.text import bullets, inset, section, summary_list
from dashboard.page import Node, link, node
from dashboard.state import State, indicator_address
from dashboard.views.indicator_view import carried
from dashboard.words import periods
from dashboard.words.outcomes import reason_sentence

_DIRECTIONS = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "none": "Neither higher nor lower is good in itself",
}


def notes(indicator: IndicatorDetail, state: State) -> Node:
    """Return the sections about one indicator, from its definition to its sources."""
    return [
        section(
            "definition",
            "Definition",
            node("P", indicator["definition"]),
            definition_facts(indicator),
        ),
        section("why", "Why it matters", node("P", indicator["why_it_matters"])),
        section("caveats", "Read with care", bullets(indicator["caveats"]), _breaks(indicator))
        if indicator["caveats"] or indicator["breaks"]
        else None,
        section("read-with", "Read beside it", bullets(_read_with(indicator, state)))
        if indicator["read_with"]
        else None,
        read_together(indicator, state),
        section("sources", "Sources", _sources(indicator, state.release)),
    ]


def definition_facts(indicator: IndicatorDetail) -> Node:
    """Return what an indicator is made of, which way is good and how sure its figures are."""
    direction = _DIRECTIONS.get(indicator["direction"], indicator["direction"])
    return summary_list(
        [
            ("Numerator", indicator["numerator"]),
            ("Denominator", indicator["denominator"]),
            ("Which way is good", f"{direction}. {indicator['direction_reason']}"),
            ("According to", indicator["direction_source"]),
            ("Interval", _interval(indicator)),
            ("Place in the framework", _place(indicator)),
            ("Designation", indicator["designation"]),
            ("Definition", _version(indicator)),
        ]
    )


def _sources(indicator: IndicatorDetail, release: str) -> Node:
    if not indicator["sources"]:
        return node("P", "No publication is held for it yet.")
    return bullets(
        [source_item(source, indicator["id"], release) for source in indicator["sources"]]
    )


def _interval(indicator: IndicatorDetail) -> str:
    methods = {
        "wilson": "95%, by Wilson’s method for proportions",
        "poisson": "95%, for a count of events",
        "published": "95%, as published",
        "none": "None: ",
    }
    said = methods.get(indicator["interval"], indicator["interval"])
    return (
        reason_sentence(said + indicator["interval_reason"])
        if indicator["interval"] == "none"
        else said
    )


def _place(indicator: IndicatorDetail) -> str:
    return " – ".join(filter(None, [indicator["framework_area"], indicator["framework_domain"]]))


def _version(indicator: IndicatorDetail) -> str:
    reviewed = periods.day(indicator["reviewed_on"])
    due = periods.day(indicator["due_on"])
    return f"Version {indicator['version']}, reviewed on {reviewed}, due again on {due}"


def _breaks(indicator: IndicatorDetail) -> Node:
    return [
        inset(node("Strong", f"Break in the series from {periods.short(b['period'])}: "), b["note"])
        for b in indicator["breaks"]
    ]


def _read_with(indicator: IndicatorDetail, state: State) -> list[Node]:
    return [
        node(
            "Span",
            link(
                other["title"],
                indicator_address(other["indicator"], carried(state).changed(view="")),
            )
            if other["title"]
            else other["indicator"],
            f": {other['reason']}",
        )
        for other in indicator["read_with"]
    ]
