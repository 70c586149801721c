"""What can be chosen of an authority's neighbours: which list, and by what it is made."""

from collections.abc import Sequence

from api.contract import OWN_MODEL, ContextCard, IndicatorCard
from dashboard.components import controls
from dashboard.components.views import views
from dashboard.page import Node, link, node
from dashboard.state import NOTHING, State, address, neighbours_address
from dashboard.views.neighbour_view import NeighbourView
from dashboard.words.counts import counts_authorities

_WEIGHTS: Sequence[tuple[str, str]] = (
    ("", "does not count"), ("1", "counts once"), ("2", "counts twice"), ("3", "counts three times")
)  # fmt: skip

WHO, COMPARATORS, BETTER = "who", "comparators", "better"
VIEWS = (
    (WHO, "Who they are"),
    (COMPARATORS, "What changes with other ones"),
    (BETTER, "Who is like us and does well"),
)
_KEPT = ("model", "by", "own", "named", "release")


def list_choice(view: NeighbourView) -> Node:
    """Return the lists that can be shown, as links."""
    models = [(model, f"Model of {model}") for model in view.by_model]
    ours = [(OWN_MODEL, "Nearest by our own distance")] if view.nearest else []
    items = [
        (model, words, neighbours_address(view.code, view.state, model=model, subject=""))
        for model, words in [*models, *ours]
    ]
    if len(items) < 2:  # there is nothing to choose
        return None
    return node(
        "Ul",
        *[
            node("Li", link(words, there, aria_current="true" if model == view.model else None))
            for model, words, there in items
        ],
        className="chips list-choice",
        aria_label="Which list",
    )


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


def page_views(view: NeighbourView) -> Node:
    """Return the views of the page; the chosen indicator goes along."""
    items = [
        (name, words, neighbours_address(view.code, view.state, view=name, subject="", code=""))
        for name, words in VIEWS
    ]
    return views(items, shown_view(view), "Views of this page")


def shown_view(view: NeighbourView) -> str:
    """Return which view is shown: who they are, unless an indicator is chosen."""
    if view.state.view in dict(VIEWS):
        return view.state.view
    return COMPARATORS if view.state.indicator else WHO


def own_list_line(view: NeighbourView) -> Node:
    """Return the way to compare with a list of one's own, and those kept on the device."""
    state = view.state
    if state.own:
        named = state.named or "your own list"
        without = neighbours_address(view.code, state, own="", named="", subject="")
        return node("P", f"Compared with “{named}” as well. ", link("Leave it out", without), ".")
    start = address("/own", State(area=view.code, release=state.release))
    here = neighbours_address(view.code, state, subject="")
    return node(
        "Div",
        node("P", link("Compare with a list of your own as well", start)),
        node("P", className="own-offered note", data_address=here),
    )


def why_not_compared(card: IndicatorCard) -> str:
    """Return why no authority can be compared by an indicator; blank where one can."""
    if counts_authorities(card["unit"]):
        return "It counts authorities, and one of them is counted or not"
    if "authority" not in card["levels"]:
        return "Its figures are published for the country alone"
    return ""


def indicator_form(view: NeighbourView, name: str, none: str) -> Node:
    """Return the choice of an indicator within a view; `none` says what stands without one."""
    state = view.state
    indicators = sorted(view.library.indicators.values(), key=lambda card: card["title"])
    held = [(card["id"], card["title"]) for card in indicators if not why_not_compared(card)]
    options = [("", none), *held]
    return controls.form(
        neighbours_address(view.code),
        controls.select("indicator", "Indicator", options, state.indicator),
        *[controls.kept(kept, getattr(state, kept)) for kept in _KEPT],
        controls.kept("view", name),
        button="Show",
        label="Choose an indicator",
    )
