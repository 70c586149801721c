"""The heat table: authorities by indicators, marked where a figure differs beyond chance."""

import asyncio

from dashboard.client import ApiClient
from dashboard.components import controls
from dashboard.components.chart_share import share
from dashboard.components.filters import filter_fold, filters_in_force
from dashboard.components.heat_chart import heat_chart, summary_of, who
from dashboard.components.heat_key import heat_key
from dashboard.components.heat_table import PATH, heat_table
from dashboard.components.sources import release_section
from dashboard.components.text import (
    breadcrumbs,
    heading,
    kind_words,
    lead,
    section,
    sentence_case,
    stage_words,
)
from dashboard.components.views import views
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address
from dashboard.views.heat_choice import (
    COUNTRY,
    KINDS,
    MOST_COLUMNS,
    STAGES,
    against_options,
    first_region,
    rows_chosen,
    rows_options,
)
from dashboard.views.heat_view import BEYOND_CHANCE, HeatView, load_heat
from dashboard.views.narrowing import narrowed, unnarrowed
from dashboard.words.heat import heard, own_heat_sentence
from dashboard.words.numbers import plural


async def page(client: ApiClient, state: State) -> Page:
    """Return the heat table; raises ApiError for what the API refuses."""
    view = await load_heat(client, state)
    return await asyncio.to_thread(_composed, view)


def _composed(view: HeatView) -> Page:
    sentence = opening_sentence(view)
    title = f"Heat table: {within(who(view))}"
    return Page(
        title=title,
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading(title, caption="Authorities by indicators"),
            lead(sentence),
            filters_in_force(PATH, view.state, view.classes),
            node("Div", _choices(view), className="many-choices"),
            _own(view),
            *(_body(view) if view.rows.data else [_empty(view)]),
            release_section(view.meta),
        ],
    )


def within(words: str) -> str:
    """Return the name of a selection as it stands after a colon."""
    return f"{words[:1].lower()}{words[1:]}" if words.startswith(("The ", "All ")) else words


def opening_sentence(view: HeatView) -> str:
    """Return how many figures differ, or that nobody is left."""
    if not view.rows.data:
        return "No authority is left that all filters let through, or no figures are held."
    return summary_of(view)


def _own(view: HeatView) -> Node:
    """Return in what the chosen authority differs; nothing where it is no row."""
    chosen = view.chosen
    if chosen is None or chosen not in view.areas:
        return None
    titles = {card["id"]: card["short_title"] for card in view.columns}
    code = chosen["code"]
    different = [
        (titles[row["indicator"]], heard(row)) for row in view.different if row["area_code"] == code
    ]
    compared = sum(row["area_code"] == code for row in view.compared)
    return node("P", own_heat_sentence(chosen["name"], view.against_words, different, compared))


def _body(view: HeatView) -> list[Node]:
    count = plural(view.left_out, "indicator")
    more = f"The first {MOST_COLUMNS} indicators are shown, {count} more are not: choose a stage."
    return [
        node("P", _HOW_TO_READ, className="note"),
        node("P", more, className="note") if view.left_out else None,
        views(
            [
                ("", "All figures", address(PATH, view.state.changed(only=""))),
                (
                    BEYOND_CHANCE,
                    "Differences beyond chance only",
                    address(PATH, view.state.changed(only=BEYOND_CHANCE)),
                ),
            ],
            view.state.only if view.is_only_beyond_chance else "",
            "Which figures are shown",
        ),
        *(_table(view) if view.shown_columns else []),
        *_warnings(view),
        _ways_on(view),
    ]


def _table(view: HeatView) -> list[Node]:
    rows = len(view.areas) - len(view.shown_areas)
    columns = len(view.columns) - len(view.shown_columns)
    said = (
        f"Without any difference and not listed: {plural(rows, 'authority', 'authorities')} and "
        f"{plural(columns, 'indicator')}."
    )
    return [
        heat_key(view),
        node("P", said, className="note") if rows or columns else None,
        link("Skip the table", "#further", className="skip-part"),
        node("Div", heat_table(view), id="table"),
        share(heat_chart(view, is_drawn=False)),
    ]


_HOW_TO_READ = (
    "Each figure is the latest held. A shaded figure differs beyond chance, when all figures of "
    "its authority are looked at together; a difference is a question, not a verdict. Outcomes for "
    "children stand apart from the performance of services: read both."
)


def _warnings(view: HeatView) -> list[Node]:
    said = [f"{words.rstrip('.')}." for words in view.rows.meta["warnings"]]
    return [node("P", words, className="note") for words in said]


def _ways_on(view: HeatView) -> Node:
    state = view.state
    kept = State(area=state.area, release=state.release, own=state.own, named=state.named)
    ways = [
        link("Compare groups of authorities in one indicator", address("/compare", kept)),
        link("Make a list of your own", address("/own", State(area=state.area))),
        link("How figures are compared, and what “beyond chance” means", "/methods/comparison"),
    ]
    return section(
        "further", "Further", node("Ul", *[node("Li", way) for way in ways], className="bullets")
    )


def _empty(view: HeatView) -> Node:
    if narrowed(view.state):
        way = link("Take all filters out", address(PATH, unnarrowed(view.state)))
    else:
        way = link("Start again with the core set", PATH)
    return node("Div", node("P", way), className="empty")


def _choices(view: HeatView) -> Node:
    state, library = view.state, view.library
    authorities = [(area["code"], area["name"]) for area in library.authorities]
    usual = rows_chosen(state.changed(areas="")) or first_region(library)
    rows = [("" if word == usual else word, said) for word, said in rows_options(state, library)]
    shown = rows_chosen(state) or first_region(library)
    against = [
        ("" if word == COUNTRY else word, sentence_case(said))
        for word, said in against_options(library).items()
    ]
    kinds = [
        ("", "Of any kind" if state.stage else "Core set"),
        *((kind, kind_words(kind)) for kind in KINDS),
    ]
    stages = [("", "Any stage"), *((stage, stage_words(stage)) for stage in STAGES)]
    return controls.form(
        PATH,
        controls.select("area", "Your authority", [("", "None"), *authorities], state.area),
        controls.select("areas", "Authorities", rows, "" if shown == usual else shown),
        controls.select("against", "Compared with", against, state.against),
        controls.select("kind", "Indicators", kinds, state.kind),
        controls.select("stage", "Stage", stages, state.stage),
        node("Div", filter_fold(state, view.classes), className="field whole-row"),
        *[controls.kept(name, getattr(state, name)) for name in ("release", "own", "named")],
        *[controls.kept(name, getattr(state, name)) for name in ("indicators", "only", "sort")],
        controls.kept("model", state.model),
        button="Show",
        label="Choose what is shown",
    )
