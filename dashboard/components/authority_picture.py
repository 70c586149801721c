"""The balance view as a picture: every shown indicator of a stage with its spine."""

from collections.abc import Sequence
from typing import Final

from dashboard.asking import csv_address
from dashboard.charts.chart import Chart, NoChart
from dashboard.charts.embedding import chart_address, embed_address
from dashboard.components.authority_ways import page_address
from dashboard.components.text import stage_words
from dashboard.page import Node, link, node
from dashboard.report.line import Line
from dashboard.report.profile import STAGES, TABLE, Profile, opening_sentence
from dashboard.report.sources import source_words
from dashboard.svg.spines import Group, Strip, spines

SPINES: Final = "spines"


def pictures(profile: Profile) -> Node:
    """Return the ways to the balance view as a picture, and to put it into another page."""
    if not _drawn(profile):
        return None
    chart = spines_chart(profile)
    return node(
        "P",
        "These rows as a picture: ",
        link("PNG", chart_address(chart, "png"), download=""),
        ", ",
        link("SVG", chart_address(chart, "svg"), download=""),
        ", or ",
        link("to embed", embed_address(chart)),
        ".",
        className="same-numbers",
    )


def spines_chart(profile: Profile) -> Chart:
    """Return the chart; raises NoChart where nothing is left to draw."""
    lines = _drawn(profile)
    if not lines:
        reason = f"No indicator of {profile.area['name']} is left to draw by these choices."
        raise NoChart(reason)
    stage = profile.state.stage
    name = profile.area["name"]
    where = f", {stage_words(stage).lower()}" if stage else ""
    title = f"{name}: where it stands among all authorities{where}, latest figures held"
    summary = opening_sentence(profile)
    return Chart(
        kind=SPINES,
        subject=profile.area["code"],
        state=profile.state.changed(subject="", sort=""),
        title=title,
        summary=summary,
        svg=spines("spines-drawing", title, summary, _groups(lines), name, profile.country),
        meta=profile.meta,
        source=source_words(lines, profile.library),
        rows_address=profile.address,
        csv_address=csv_address(profile.address),
        note="A difference is said only where it is more than chance explains, also when all "
        "indicators are looked at together.",
        width=720,
        table_address=page_address(profile, view=TABLE),
        page_address=page_address(profile),
    )


def _drawn(profile: Profile) -> list[Line]:
    return [line for line in profile.shown if line.spine is not None]


def _groups(lines: Sequence[Line]) -> list[Group]:
    groups = []
    for stage in STAGES:
        for kind, words in (("outcome", "outcomes"), ("performance", "performance")):
            held = [line for line in lines if (line.stage, line.kind) == (stage, kind)]
            if held:
                groups.append(Group(f"{stage_words(stage)}: {words}", list(map(_strip, held))))
    context = [line for line in lines if line.kind == "context"]
    return [*groups, Group("Context", list(map(_strip, context)))] if context else groups


def _strip(line: Line) -> Strip:
    told = line.country.outcome if line.country else ""
    unit = line.unit_words if line.has_value else ""
    return Strip(line.short_title, f"{line.words} {unit}".strip(), line.spine, told)
