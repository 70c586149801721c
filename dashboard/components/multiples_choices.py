"""The choices of small multiples: of what, of whom, in which order, on which axis."""

from dashboard.components import controls
from dashboard.components.text import stage_place, stage_words
from dashboard.page import Node, link, node
from dashboard.state import State, address
from dashboard.views.multiples_view import AREAS, INDICATORS, PARTS, TRENDS, MultiplesView
from dashboard.words.counts import counts_authorities
from dashboard.words.parts import column_words

_VIEWS = {
    AREAS: "Many areas, one indicator",
    INDICATORS: "One area, many indicators",
    PARTS: "The parts of one figure",
}
_STAGES = ("help_and_protection", "in_care", "leaving_care", "system")


def views(view: MultiplesView) -> Node:
    """Return the ways to the three kinds of panels; the shown one is marked."""
    state = view.state
    kept = State(
        area=state.area, release=state.release, model=state.model, axis=state.axis,
        indicator=state.indicator,
    )  # fmt: skip
    items = [
        node(
            "Li",
            link(
                words,
                address(TRENDS, kept.changed(view=kind)),
                aria_current="page" if kind == view.mode else None,
            ),
        )
        for kind, words in _VIEWS.items()
    ]
    return node("Nav", node("Ul", *items), className="views", aria_label="What panels are of")


def choices(view: MultiplesView) -> Node:
    """Return the form."""
    state = view.state
    fields: dict[str, tuple[Node, ...]] = {
        AREAS: (_indicator(view), _areas(view), controls.kept("area", state.area)),
        INDICATORS: (_area(view), _stage(view)),
        PARTS: (_indicator(view, broken_down=True), _by(view), _area(view)),
    }
    return controls.form(
        TRENDS,
        *fields[view.mode],
        controls.select("sort", "Order", _orders(view), state.sort),
        controls.select(
            "axis", "Axes", [("", "Over the figures"), ("zero", "From nought")], state.axis
        ),
        controls.kept("view", state.view),
        controls.kept("release", state.release),
        controls.kept("model", state.model),
        button="Show",
        label="Choose what is shown",
    )


def _indicator(view: MultiplesView, *, broken_down: bool = False) -> Node:
    cards = sorted(
        (
            card
            for card in view.library.indicators.values()
            if card["latest"]
            and not counts_authorities(card["unit"])
            and (card["breakdowns"] or not broken_down)
        ),
        key=lambda card: (stage_place(card["stage"]), card["short_title"]),
    )
    options = [(c["id"], f"{stage_words(c['stage'])}: {c['short_title']}") for c in cards]
    shown = view.indicator["id"] if view.indicator else ""
    if shown and not any(id == shown for id, _ in options):
        options.insert(0, (shown, view.indicator["short_title"] if view.indicator else shown))
    return controls.select("indicator", "Indicator", options, shown)


def _areas(view: MultiplesView) -> Node:
    near = []
    if view.area["kind"] == "authority":
        code = view.area["code"]
        near = [(f"{code},neighbours:{code}", f"{view.area['name']} and its neighbours")]
    regions = sorted(
        (area for area in view.library.areas.values() if area["kind"] == "region"),
        key=lambda area: area["name"],
    )
    options = [
        *near,
        ("region", "The regions"),
        *((f"within:{one['code']}", f"Authorities in {one['name']}") for one in regions),
        *((f"neighbours:{a['code']}", f"Neighbours of {a['name']}")
          for a in view.library.authorities),
    ]  # fmt: skip
    if not any(value == view.selector for value, _ in options):
        options.insert(0, (view.selector, f"As chosen ({len(view.series)} areas)"))
    return controls.select("areas", "Areas", options, view.selector)


def _area(view: MultiplesView) -> Node:
    areas = [("", view.library.country["name"])]
    areas += [(area["code"], area["name"]) for area in view.library.authorities]
    if not any(code == view.state.area for code, _ in areas):
        areas.append((view.area["code"], view.area["name"]))
    return controls.select("area", "Area", areas, view.state.area)


def _stage(view: MultiplesView) -> Node:
    options = [("", "The core set"), *((stage, stage_words(stage)) for stage in _STAGES)]
    if view.state.indicators:
        options[0] = ("", "As chosen")
    kept = controls.kept("indicators", view.state.indicators)
    return node("Div", controls.select("stage", "Indicators", options, view.state.stage), kept)


def _by(view: MultiplesView) -> Node:
    columns = list(view.indicator["breakdowns"]) if view.indicator else []
    options = [(column, column_words(column).capitalize()) for column in columns]
    return controls.select("by", "Parts", options or [("", "None held")], view.state.by)


def _orders(view: MultiplesView) -> list[tuple[str, str]]:
    first = {AREAS: "The chosen one, then by name", INDICATORS: "From need to outcome"}
    orders = [
        ("", first.get(view.mode, "As published")),
        ("name", "By name"),
        ("-value", "Highest first"),
        ("value", "Lowest first"),
    ]
    if view.mode != PARTS:
        orders += [("-change", "Steepest rise first"), ("change", "Steepest fall first")]
    return orders
