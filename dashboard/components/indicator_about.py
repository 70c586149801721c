"""What must be known of an indicator: definition, caveats, known problems, coverage, versions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.contract import KnownProblemRow, ObservationRow, Status
from dashboard.components.indicator_notes import notes
from dashboard.components.known_problems import problems_table
from dashboard.components.text import bullets, section
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
from dashboard.words.numbers import plural
from dashboard.words.statuses import flag_words, status_reason


def about_view(view: IndicatorView) -> Node:
    """Return the sections about the indicator, the quality of the shown figures first named."""
    return [
        notes(view.indicator, view.state),
        _quality(view),
        _versions(view.about.versions),
    ]


def _quality(view: IndicatorView) -> Node:
    problems = problems_of(view)
    return section(
        "quality",
        "Quality of these figures",
        None if view.is_country_only else bullets(coverage_words(view)),
        problems_table(problems, view.library.areas, view.state)
        if problems
        else node("P", "This release names no problem of single figures of this publication."),
        node(
            "P", link("Why a figure can be missing", "/missing"), " · ",
            link("All known problems", "/about#problems"),
        ),
    )  # fmt: skip


def coverage_words(view: IndicatorView) -> list[str]:
    """Return how many authorities have a figure in the shown period, and why others have none."""
    rows = view.of_level("authority")
    held = [row for row in rows if row["status"] == Status.OK]
    when = periods.when(view.period, view.measure.measured)
    said = [f"{len(held)} of {plural(len(rows), 'authority', 'authorities')} have a figure {when}."]
    said += _counted(rows)
    return said + _flagged(held)


def _counted(rows: Sequence[ObservationRow]) -> list[str]:
    counts: dict[str, int] = {}
    for row in rows:
        if row["status"] != Status.OK:
            counts[row["status"]] = counts.get(row["status"], 0) + 1
    return [
        f"{plural(count, 'authority', 'authorities')}: {status_reason(status)}."
        for status, count in sorted(counts.items(), key=lambda item: -item[1])
    ]


def _flagged(rows: Sequence[ObservationRow]) -> list[str]:
    counts: dict[str, int] = {}
    for row in rows:
        for flag in row["flags"]:
            counts[flag] = counts.get(flag, 0) + 1
    return [
        f"{plural(count, 'figure is', 'figures are')} marked “{flag_words([flag])}”."
        for flag, count in sorted(counts.items())
    ]


def problems_of(view: IndicatorView) -> list[KnownProblemRow]:
    """Return the known problems of the publications that the figures come from."""
    titles = [source["title"].lower() for source in view.indicator["sources"]]
    return [
        row
        for row in view.about.problems
        if any(row["publication"].lower() in title for title in titles)
    ]


_EVENTS: Final = {"first_held": "first held here", "changed": "changed", "retired": "retired"}


def _versions(versions: Sequence[Mapping[str, Any]]) -> Node:
    """Return when the definition was first held and what changed since."""
    if not versions:
        return None
    items = [_version(one) for one in versions]
    return section("versions", "Versions of the definition", bullets(items))


def _version(one: Mapping[str, Any]) -> str:
    event = _EVENTS.get(one["event"], str(one["event"]).replace("_", " "))
    changed = f" ({', '.join(one['changed'])})" if one["changed"] else ""
    note = f": {one['note']}" if one["note"] else ""
    return (
        f"Version {one['definition_version']}, {event}{changed} in release {one['release']}{note}."
    )
