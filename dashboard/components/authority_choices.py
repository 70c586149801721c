"""What of an authority's profile is shown, as links; and how its rows are read."""

from collections.abc import Sequence
from typing import Final

from dashboard.components.authority_table import reasons
from dashboard.components.authority_ways import page_address
from dashboard.components.text import stage_words
from dashboard.page import Node, link, node
from dashboard.report.profile import ALL, DIFFERS, STAGES, TABLE, Profile

_KINDS: Final = (("outcome", "Outcomes"), ("performance", "Performance"), ("context", "Context"))
Choice = tuple[str, str, bool]
"""Words, address, and whether it is what is shown."""


def choices(profile: Profile) -> Node:
    """Return the switches: how many indicators and in which form, of which stage and kind."""
    state = profile.state
    core = sum(line.is_core for line in profile.lines)

    def to(words: str, is_current: bool, **change: str) -> Choice:
        return words, page_address(profile, **change), is_current

    shown: list[Choice] = []
    if core:
        is_core = not profile.is_whole
        shown.append(to(f"Core set ({core})", is_core, view="", only=""))
    differs = state.only == DIFFERS
    is_all = profile.is_whole and state.view != TABLE and not differs
    shown += [
        to(f"All ({len(profile.lines)})", is_all, view=ALL, only=""),
        to("What differs or changed", differs, view="", only=DIFFERS),
        to("Wide table", state.view == TABLE and not differs, view=TABLE, only=""),
    ]
    stages = [to("All stages", not state.stage, stage="")]
    stages += [to(stage_words(name), state.stage == name, stage=name) for name in _held(profile)]
    kinds = [to("All kinds", not state.kind, kind="")]
    kinds += [to(words, state.kind == kind, kind=kind) for kind, words in _KINDS]
    return node(
        "Nav",
        _lines(("Show", shown), *_comparators(profile)),
        _lines(("Stage", stages), ("Kind", kinds)),
        className="switches",
        aria_label="What is shown",
        id="indicators",
    )


def _held(profile: Profile) -> list[str]:
    held = {line.stage for line in profile.lines}
    return [stage for stage in STAGES if stage in held]


def _comparators(profile: Profile) -> list[tuple[str, list[Choice]]]:
    """Return the switches of whom an authority stands beside; none for larger areas."""
    state, models = profile.state, profile.area["neighbour_models"]
    if not profile.is_authority:
        return []
    region = profile.area["region_name"] or "Region"
    second = [(region, ""), ("Its type", "type")]
    beside = [
        (words, page_address(profile, against=named), state.against == named)
        for words, named in second
    ]
    newest = next(iter(models), "")
    chosen = state.model or newest
    first = [
        (model, page_address(profile, model="" if model == newest else model), model == chosen)
        for model in models
    ]
    more = [("Neighbours of", first)] if len(models) > 1 else []
    return [("Beside", beside), *more]


def _lines(*groups: tuple[str, Sequence[Choice]]) -> Node:
    return node("Div", *(_line(*group) for group in groups), className="switch-line")


def _line(title: str, choices: Sequence[Choice]) -> Node:
    items = [
        node("Li", link(words, address, aria_current="true" if is_current else None))
        for words, address, is_current in choices
    ]
    title_node = node("Span", title, className="switch-title")
    return node("Div", title_node, node("Ul", *items), className="switch")


def reading(profile: Profile) -> Node:
    """Return how rows are read, and why some figures cannot be compared; folded."""
    return node(
        "Div",
        node(
            "Details",
            node("Summary", node("Span", "How to read these figures", className="fold-title")),
            *(node("P", words) for words in _how(profile)),
            node("P", link("How figures are compared", "/methods"), "."),
            className="fold",
        ),
        reasons(profile),
        className="reading",
    )


def _how(profile: Profile) -> list[str]:
    """Return what the rows say, and what they do not."""
    country = profile.country
    words = [
        "“Better”, “worse”, “higher” and “lower” are said only of what is more than chance "
        "explains, also when all indicators are looked at together; “higher” and “lower” where no "
        "direction is good. A difference does not say why, nor how much it matters. “Similar” is "
        "not the same as good.",
        "In the drawings, the line runs from the lowest to the highest of the authorities that are "
        "large enough to rank, the box holds the middle half of them, the bar in it is their "
        f"median, the triangles mark {country}, and the diamond is this area.",
    ]
    if profile.has_neighbours:
        words.insert(
            1,
            f"Against {country}, we also allow for how much authorities ordinarily differ; against "
            "neighbours we do not, so that more stands out. The neighbours’ median is the value of "
            "the one in the middle and the mean their average; the test compares the authority "
            "with all of them taken together.",
        )
    return words
