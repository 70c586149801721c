"""What can be chosen of an authority's neighbours: which list, and by what it is made."""

from collections.abc import Sequence

from api.contract import OWN_MODEL, ContextCard
from dashboard.components import controls
from dashboard.components.views import views
from dashboard.neighbour_view import NeighbourView
from dashboard.page import Node, link, node
from dashboard.state import NOTHING, neighbours_address

_WEIGHTS: Sequence[tuple[str, str]] = (
    ("", "does not count"), ("1", "counts once"), ("2", "counts twice"), ("3", "counts three times")
)  # fmt: skip


def list_choice(view: NeighbourView) -> Node:
    """Return the lists that can be shown, as links."""
    models = [(model, f"Model of {model}") for model in view.by_model]
    ours = [(OWN_MODEL, "Nearest by our own distance")] if view.nearest else []
    items = [
        (model, words, neighbours_address(view.code, view.state, model=model, subject=""))
        for model, words in [*models, *ours]
    ]
    return views(items, view.model, "Which list") if len(items) > 1 else None


def weights_form(view: NeighbourView) -> Node:
    """Return the form that says in what authorities are to be alike, and how much each counts."""
    if not view.nearest:
        return None
    state = view.state
    usual = link(
        "Back to what counts usually",
        neighbours_address(view.code, state, by="", subject=""),
    )
    return node(
        "Details",
        node("Summary", node("Span", "Choose what should be alike", className="fold-title")),
        node(
            "P",
            "Choose what should be alike, and why, before looking at the figures: a set made "
            "after looking at the results can be made to say anything. It is no official model.",
        ),
        controls.form(
            neighbours_address(view.code),
            *[_weight(card, view) for card in view.cards],
            controls.kept("model", OWN_MODEL),
            controls.kept("indicator", state.indicator),
            controls.kept("view", state.view),
            controls.kept("release", state.release),
            button="Find the nearest by these",
            label="Choose what should be alike",
        ),
        node("P", usual) if state.by else None,
        className="fold",
        open=True if state.by else None,
    )


def _weight(card: ContextCard, view: NeighbourView) -> Node:
    """Return the choice of what one figure counts; all go into the address under one name."""
    id = f"by-{card['id']}"
    held = f"{card['id']}:{card['weight']:g}" if card["weight"] else NOTHING
    options = [(f"{card['id']}:{n}" if n else NOTHING, words) for n, words in _WEIGHTS]
    if held not in dict(options):
        options.append((held, f"counts {card['weight']:g} times"))
    hint = f"{card['unit']}, {card['as_at']}"
    return controls.select(id, card["title"], options, held, hint, name="by")
