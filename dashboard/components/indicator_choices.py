"""What can be chosen on an indicator's page: authority, comparison, period."""

from dashboard.components import controls
from dashboard.indicator_view import IndicatorView
from dashboard.page import Node
from dashboard.words import periods


def choices(view: IndicatorView) -> Node:
    """Return the form; its choices are those of the release that is shown."""
    state, measured = view.state, view.measure.measured
    authorities = {area["code"]: area["name"] for area in view.library.authorities}
    if view.chosen:
        until = view.chosen["last_day"]
        ending = f" (until {periods.day(until)})" if until else ""
        authorities[view.chosen["code"]] = f"{view.chosen['name']}{ending}"
    groupings = [(card["grouping"], card["title"]) for card in view.library.groupings]
    latest = view.indicator["latest"]
    held = [
        (
            "" if period == latest else period,
            periods.label(period, measured) + (" (latest)" if period == latest else ""),
        )
        for period in reversed(view.indicator["periods"])
    ]
    # Figures of the country alone give nothing to choose; what was chosen goes on with the form.
    whom = (
        [controls.kept("area", state.area), controls.kept("compare", state.compare)]
        if view.is_country_only
        else [
            controls.select(
                "area", "Authority", [("", "None chosen"), *authorities.items()], state.area
            ),
            controls.select("compare", "Compare by", groupings, state.compare),
        ]
    )
    return controls.form(
        f"/indicators/{view.indicator['id']}",
        *whom,
        controls.select("period", "Period", held, "" if view.period == latest else view.period),
        controls.kept("release", state.release),
        controls.kept("model", state.model),
        button="Show",
        label="Choose what is shown",
    )
