"""What can be chosen on an indicator's page: authority, comparison, period, areas to point out."""

from typing import Final

from dashboard.components import controls
from dashboard.components.text import hidden
from dashboard.page import Node, link, node
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods

MOST_POINTED_OUT: Final = 6
"""So many further areas still have looks and labels of their own."""


def choices(view: IndicatorView) -> Node:
    """Return the form in one row; its choices are those of the release that is shown."""
    state = view.state
    form = controls.form(
        f"/indicators/{view.indicator['id']}",
        *_whom(view),
        controls.select(
            "period", "Period", _periods(view), "" if view.period == _latest(view) else view.period
        ),
        *_further(view),
        *(controls.kept(name, getattr(state, name)) for name in _KEPT),
        button="Show",
        label="Choose what is shown",
    )
    return node("Div", form, _chips(view), className="indicator-choices")


_KEPT: Final = ("release", "model", "view", "axis", "map", "by", "sort", "only", "find")


def _latest(view: IndicatorView) -> str | None:
    return view.indicator["latest"]


def _whom(view: IndicatorView) -> list[Node]:
    """Return the choice of authority and comparison, kept unseen where nothing can be chosen."""
    state = view.state
    if view.is_country_only:
        return [controls.kept("area", state.area), controls.kept("compare", state.compare)]
    authorities = {area["code"]: area["name"] for area in view.library.authorities}
    if view.chosen:
        until = view.chosen["last_day"]
        ending = f" (until {periods.day(until)})" if until else ""
        authorities[view.chosen["code"]] = f"{view.chosen['name']}{ending}"
    groupings = [(card["grouping"], card["title"]) for card in view.library.groupings]
    return [
        controls.select(
            "area", "Authority", [("", "None chosen"), *authorities.items()], state.area
        ),
        controls.select("compare", "Compare by", groupings, state.compare),
    ]


def _periods(view: IndicatorView) -> list[tuple[str, str]]:
    latest, measured = _latest(view), view.measure.measured
    return [
        (
            "" if period == latest else period,
            periods.label(period, measured) + (" (latest)" if period == latest else ""),
        )
        for period in reversed(view.indicator["periods"])
    ]


def _further(view: IndicatorView) -> list[Node]:
    """Return the list from which one more area is pointed out; those chosen already are kept."""
    codes = [area["code"] for area in view.highlighted]
    kept = controls.kept("areas", ",".join(codes))
    if view.is_country_only or len(codes) >= MOST_POINTED_OUT:
        return [kept]
    left = {*codes, view.state.area, view.library.country["code"]}
    regions = [area for area in view.library.areas.values() if area["kind"] == "region"]
    options = [
        (area["code"], area["name"])
        for area in [*regions, *view.library.authorities]
        if area["code"] not in left
    ]
    return [kept, controls.select("areas", "Point out also", [("", "Nobody"), *options], "")]


def _chips(view: IndicatorView) -> Node:
    """Return the areas that are pointed out, each a link that ends it."""
    if not view.highlighted:
        return None
    codes = [area["code"] for area in view.highlighted]
    items = [
        node(
            "Li",
            link(
                [hidden("No longer point out "), area["name"],
                 node("Span", " ×", aria_hidden="true")],
                view.with_areas([code for code in codes if code != area["code"]]),
                className="chip",
            ),
        )
        for area in view.highlighted
    ]  # fmt: skip
    label = node("Span", "Pointed out:", className="chips-label", id="chips-label")
    return node("Div", label, node("Ul", *items, aria_labelledby="chips-label"), className="chips")
