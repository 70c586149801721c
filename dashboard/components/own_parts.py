"""The parts of the page of a reader's own list: what is on it, what it is for, how to fill it."""

from collections.abc import Sequence

from api.contract import AreaCard
from dashboard.components import controls
from dashboard.components.filters import filter_fields
from dashboard.components.text import bullets, hidden, inset, section
from dashboard.components.views import views
from dashboard.page import Node, link, node
from dashboard.prerender import MARKUP, to_html
from dashboard.state import State, address, indicator_address, neighbours_address
from dashboard.views.own_list import MOST, NEIGHBOURS, PATH, READABLE, RULES, TICK, VIEWS, OwnList
from dashboard.words.names import with_article
from dashboard.words.numbers import plural
from dashboard.words.outcomes import join_words

_ADDRESS = "own-address"
_NOBODY = "Nobody is on the list yet."


def own_sentence(own: OwnList) -> str:
    """Return what there is to say of the list."""
    if not own.areas:
        return "Put together the authorities that you want to compare with, and share the list."
    name = f"“{own.name}”" if own.name else "Your list"
    return f"{name} holds {plural(len(own.areas), 'authority', 'authorities')}."


def on_the_list(own: OwnList) -> Node:
    """Return who is on the list, each with the way off it, and its name."""
    if not own.given:
        return node("P", _NOBODY, className="empty")
    return node(
        "Div",
        node("Ul", *[_chip(own, area["name"], area["code"]) for area in own.areas],
             className="chips own-chips", aria_label="On the list"),
        _unknown(own),
        _warning(own),
    )  # fmt: skip


def _chip(own: OwnList, words: str, code: str) -> Node:
    mark = node("Span", " ✕", aria_hidden="true")
    label = [words, mark, hidden(", take off the list")]
    return node("Li", link(label, own.without(code), className="chip"))


def _unknown(own: OwnList) -> Node:
    if not own.unknown:
        return None
    return node(
        "Div",
        node("P", "No authority has these codes, so they do not count: "),
        node(
            "Ul",
            *[_chip(own, code, code) for code in own.unknown],
            className="chips own-chips",
            aria_label="Not known",
        ),
    )


def _warning(own: OwnList) -> Node:
    count = len(own.codes)
    if count <= READABLE:
        return None
    words = "This is a long list: its address can hardly be read."
    if count > MOST:
        words += " Some programs for mail cut so long an address off. Try it before you share it."
    return inset(node("P", words))


def _name_form(own: OwnList) -> Node:
    return controls.form(
        PATH,
        controls.text_field("named", "Name of the list", own.name, kind="text", maxlength="60"),
        controls.kept("own", ",".join(own.codes)),
        *_kept(own, "view", "area", "release"),
        button="Name it",
        label="Name the list",
    )


def _kept(own: OwnList, *names: str) -> list[Node]:
    """Return what the address says that a form does not ask for."""
    return [controls.kept(name, getattr(own.state, name)) for name in names]


def uses(own: OwnList) -> Node:
    """Return the address to share, and the pages that can be asked with the list."""
    if not own.areas:
        return None
    plain, codes = own.plain, ",".join(own.codes)
    here = address(PATH, plain)
    return section(
        "use",
        "Use and share it",
        _name_form(own),
        node("P", "The list itself stands in this address. Whoever opens it has the list."),
        node(
            "Div",
            _address(here),
            node(
                "Button",
                "Copy the address",
                type="button",
                className="btn btn-outline-primary needs-script",
                data_copies=_ADDRESS,
            ),
            className="own-share",
        ),
        bullets(
            [
                link(
                    "Hold its authorities against all others",
                    address("/compare", plain.changed(compare="own")),
                ),
                link("See them in many indicators: the heat table", address("/heat", plain)),
                link(
                    "Follow them over time",
                    address("/trends", State(areas=codes, release=plain.release)),
                ),
                link("Take their figures as data", address("/data", plain.changed(areas="own"))),
                link("As one group beside an indicator", _on_indicator(own)),
                *_beside(own),
            ]
        ),
    )


def _address(here: str) -> Node:
    """Return the address as markup, in which a script may put the name of this site before it."""
    return node("Div", **{MARKUP: to_html(node("Code", here, id=_ADDRESS, data_path=here))})


def _on_indicator(own: OwnList) -> str:
    cards = own.library.indicators.values()
    core = next((card["id"] for card in cards if card["is_core"] and card["latest"]), "")
    compare = f"areas:{','.join(own.codes)}"
    return indicator_address(core, State(compare=compare, named=own.name))


def _beside(own: OwnList) -> list[Node]:
    """Return what hangs on the list as a comparator: of the chosen authority, or of the first."""
    code = own.state.area if own.state.area in own.library.areas else own.codes[0]
    name = with_article(own.library.areas[code]["name"])
    there = neighbours_address(code, own.plain, view="comparators")
    return [link(f"What changes when {name} is compared with them", there)]


def ways_to_add(own: OwnList) -> Node:
    """Return the ways to put authorities on the list, of which one is shown."""
    items = [(name, words, address(PATH, own.state.changed(view=name))) for name, words in VIEWS]
    shown = {RULES: by_rules, NEIGHBOURS: from_neighbours}.get(own.view, by_ticking)
    return section("add", "Put authorities on it", views(items, own.view, "Ways"), shown(own))


def by_ticking(own: OwnList) -> Node:
    """Return a box for each authority, by region, with a line that narrows them."""
    regions: dict[str, list[AreaCard]] = {}
    for area in own.library.authorities:
        regions.setdefault(area["region_name"] or "In no region", []).append(area)
    narrow = controls.text_field("narrow", "Show only names with", "")
    return node(
        "Div",
        node("Div", narrow, className="needs-script own-narrow"),
        controls.form(
            PATH,
            node(
                "Div",
                *[_region(own, name, areas) for name, areas in sorted(regions.items())],
                className="own-regions",
            ),
            controls.kept("view", TICK),
            *_kept(own, "named", "area", "release"),
            button="Show the list",
            label="Tick authorities",
        ),
    )


def _region(own: OwnList, name: str, areas: Sequence[AreaCard]) -> Node:
    options = [(area["code"], area["name"]) for area in areas]
    ticked = [area["code"] for area in areas if area["code"] in own.codes]
    left = [area["code"] for area in areas if area["code"] not in ticked]
    every = link(f"Add all {len(areas)}", own.added(left)) if left else None
    on_it = f", {len(ticked)} on the list" if ticked else ""
    return node(
        "Details",
        node(
            "Summary",
            node("Span", name, className="fold-title"),
            node("Span", f" {len(areas)}{on_it}", className="note"),
        ),
        every,
        node(
            "Fieldset",
            node("Legend", name, className="visually-hidden"),
            controls.boxes("own", options, ticked),
        ),
        className="fold own-region",
        open=True if ticked else None,
    )


def by_rules(own: OwnList) -> Node:
    """Return the rules to choose, and who meets them."""
    state = own.state
    return node(
        "Div",
        controls.form(
            PATH,
            *filter_fields(state, own.classes),
            _children("children_min", "At least so many children", state.children_min),
            _children("children_max", "At most so many children", state.children_max),
            controls.kept("own", ",".join(own.codes)),
            controls.kept("view", RULES),
            *_kept(own, "named", "area", "release"),
            button="Find who meets these",
            label="Choose rules",
        ),
        _found(own),
    )


def _children(id: str, words: str, value: str) -> Node:
    # A browser complains of what is no number in such a line; the words below the form say so.
    shown = value if value.isdecimal() else ""
    return controls.text_field(id, words, shown, kind="number", min="0", step="1000")


def _found(own: OwnList) -> Node:
    codes = own.found_codes
    if own.trouble:
        return node("P", f"These rules cannot be read: {own.trouble}.", className="empty")
    if own.found is None:
        return node("P", "Choose at least one rule.", className="empty")
    if not codes:
        return node("P", "No authority of today meets all of these rules.", className="empty")
    return _candidates(own, codes, f"{plural(len(codes), 'authority meets', 'authorities meet')} "
                       "these rules")  # fmt: skip


def _candidates(own: OwnList, codes: Sequence[str], said: str) -> Node:
    """Return some authorities by name, with the ways to put them on the list."""
    names = [own.library.areas[code]["name"] for code in codes]
    more = [code for code in codes if code not in own.codes]
    both = [code for code in own.codes if code in codes]
    ways: list[Node] = []
    if more:
        ways.append(link(f"Put {_those(len(more), len(codes))} on the list", own.added(more)))
    if own.codes and set(codes) != set(own.codes):
        ways.append(link("Make the list these alone", own.with_codes(codes)))
    if both and len(both) < len(own.codes):
        ways.append(
            link(f"Keep only those of the list that meet them: {len(both)}", own.with_codes(both))
        )
    return node(
        "Div",
        node("P", f"{said}: {join_words(names)}."),
        bullets(ways) if ways else node("P", "All of them are on the list."),
    )


def _those(more: int, every: int) -> str:
    return f"these {every}" if more == every else f"the {more} that are missing"


def from_neighbours(own: OwnList) -> Node:
    """Return the choice of an authority, and its neighbours in each model."""
    state = own.state
    options = [("", "Choose one"), *((a["code"], a["name"]) for a in own.library.authorities)]
    return node(
        "Div",
        controls.form(
            PATH,
            controls.select("area", "Neighbours of", options, state.area),
            controls.kept("own", ",".join(own.codes)),
            controls.kept("view", NEIGHBOURS),
            *_kept(own, "named", "release"),
            button="Show them",
            label="Choose whose neighbours",
        ),
        *_models(own),
    )


def _models(own: OwnList) -> list[Node]:
    area = own.library.areas.get(own.state.area)
    if area is None or own.neighbours is None:
        return []
    name = with_article(area["name"])
    if not own.by_model:
        return [node("P", f"No model names neighbours of {name}.", className="empty")]
    return [
        _candidates(own, codes, f"Neighbours of {name} by the model of {model}")
        for model, codes in own.by_model.items()
    ]
