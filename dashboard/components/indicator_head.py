"""The head of an indicator's page: where it stands, its title and tags, and the views of it."""

from collections.abc import Sequence

from api.contract import IndicatorCard, IndicatorDetail
from dashboard.answers import Library
from dashboard.components.sources import designation_words
from dashboard.components.text import (
    between,
    breadcrumbs,
    heading,
    hidden,
    kind_words,
    sentence_case,
    stage_words,
    tag,
)
from dashboard.page import Node, link, node
from dashboard.state import State, address, indicator_address
from dashboard.views.indicator_view import IndicatorView, carried
from dashboard.views.indicator_views import (
    DISTRIBUTION,
    FUNNEL,
    GROUPS,
    MAP,
    PARTS,
    RANKED,
    TABLE,
    VIEWS,
    View,
)


def head(indicator: IndicatorDetail, library: Library | None, state: State) -> list[Node]:
    """Return the way here, the title with its tags, and the ways to the indicators beside it."""
    kept = carried(state).changed(view="", areas="")
    return [
        node(
            "Div",
            breadcrumbs(
                ("Indicators", address("/indicators", State(release=state.release))),
                (
                    stage_words(indicator["stage"]),
                    address("/indicators", kept.changed(stage=indicator["stage"])),
                ),
            ),
            _beside(indicator, library, state) if library else None,
            className="way-here",
        ),
        heading(
            indicator["title"],
            tag(kind_words(indicator["kind"]), indicator["kind"]),
            tag(stage_words(indicator["stage"])),
            tag(sentence_case(designation_words(indicator))),
        ),
    ]


def _beside(indicator: IndicatorDetail, library: Library, state: State) -> Node:
    """Return links to the indicator before and after it in the same place of the framework."""
    before, after = neighbours_in_framework(indicator, list(library.indicators.values()))
    links = [
        link([hidden(f"{way}: "), words], indicator_address(card["id"], carried(state)))
        for way, card, words in (
            ("Indicator before", before, ["← ", before["short_title"]] if before else ""),
            ("Next indicator", after, [after["short_title"], " →"] if after else ""),
        )
        if card
    ]
    if not links:
        return None
    return node(
        "Nav", between(links, " · "),
        className="other-indicators", aria_label="Indicators beside this one",
    )  # fmt: skip


def neighbours_in_framework(
    indicator: IndicatorCard, cards: Sequence[IndicatorCard]
) -> tuple[IndicatorCard | None, IndicatorCard | None]:
    """Return the indicators with figures before and after one in its place of the framework."""
    place = indicator["framework_area"]
    same = [card for card in cards if card["framework_area"] == place and card["latest"]]
    ids = [card["id"] for card in same]
    if indicator["id"] not in ids:
        return None, None
    at = ids.index(indicator["id"])
    return same[at - 1] if at else None, same[at + 1] if at + 1 < len(same) else None


def views_of(view: IndicatorView) -> list[View]:
    """Return the views that the figures allow: a count puts no authority in order."""
    left_out: set[str] = set()
    if view.is_country_only:
        left_out |= {MAP, RANKED, DISTRIBUTION, FUNNEL, GROUPS, TABLE}
    if view.is_count:
        left_out |= {RANKED, DISTRIBUTION, FUNNEL}
    if not view.indicator["breakdowns"] and not view.has_siblings:
        left_out.add(PARTS)
    return [one for one in VIEWS if one.name not in left_out]


def views_nav(view: IndicatorView) -> Node:
    """Return a link to each view; each bears the ids of what is not shown, for older links."""
    return node(
        "Nav",
        node("Ul", *[node("Li", _to(view, one)) for one in views_of(view)]),
        className="views",
        id="views",
        aria_label="Views of this indicator",
    )


def _to(view: IndicatorView, one: View) -> Node:
    is_shown = one.name == view.name
    if is_shown:
        return link(one.words, view.to_view(one.name), aria_current="page")
    first, *others = one.ids
    marks = [node("Span", id=id) for id in others]
    return link([*marks, one.words], view.to_view(one.name), id=first)
