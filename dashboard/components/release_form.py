"""The choices of the page of a release: of which indicator and area, of which kind, since when."""

from dashboard.components import controls
from dashboard.components.controls import Option
from dashboard.page import Node
from dashboard.views.release_view import ReleaseView
from dashboard.words.changes import KINDS


def release_form(view: ReleaseView) -> Node:
    """Return the form."""
    state = view.state
    return controls.form(
        f"/releases/{view.id}",
        controls.select("indicator", "Indicator", _indicators(view), state.indicator),
        controls.select("area", "Area", _areas(view), state.area),
        # Of everything, the table counts all kinds anyway.
        controls.select("kind", "What happened", _kinds(), state.kind)
        if state.indicator or state.area
        else None,
        controls.select("against", "Compared with", _earlier(view), state.against),
        controls.kept("period", state.period),
        button="Show what differs",
        label="Choose what differs",
    )


def _indicators(view: ReleaseView) -> list[Option]:
    cards = view.library.indicators.values()
    held = sorted((card["title"], card["id"]) for card in cards)
    options = [("", "All indicators"), *((id, title) for title, id in held)]
    return _with(options, view.state.indicator)


def _areas(view: ReleaseView) -> list[Option]:
    library = view.library
    regions = [area for area in library.areas.values() if area["kind"] == "region"]
    held = [library.country, *regions, *library.authorities]
    options = [("", "All areas"), *((area["code"], area["name"]) for area in held)]
    return _with(options, view.state.area)


def _kinds() -> list[Option]:
    return [("", "Any change"), *((kind, words.capitalize()) for kind, words in KINDS.items())]


def _earlier(view: ReleaseView) -> list[Option]:
    ids = [one["id"] for one in view.releases if not one["withdrawn"]]
    before = ids[ids.index(view.id) + 1 :] if view.id in ids else []
    changes = view.release["changes"]
    last = changes["since"] if changes else ""
    options = [("", f"The release before ({last})" if last else "No release before")]
    return _with([*options, *((id, id) for id in before if id != last)], view.state.against)


def _with(options: list[Option], chosen: str) -> list[Option]:
    """Return options with the one that is chosen, though no list has it."""
    return options if chosen in dict(options) else [*options, (chosen, chosen)]
