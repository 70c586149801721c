"""The overview: which way the country goes, the framework as picture and way in, what is new."""

from api.contract import IndicatorCard
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.find_forms import ways_in
from dashboard.components.framework_picture import framework_picture, picture_sentence
from dashboard.components.sources import release_line
from dashboard.components.text import between, heading, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.shell import SITE
from dashboard.state import State, address
from dashboard.views.catalogue_view import CatalogueView, load_catalogue
from dashboard.words import periods
from dashboard.words.changes import changes_sentence
from dashboard.words.numbers import plural
from dashboard.words.standing import differ_sentence, ways_sentence


async def page(client: ApiClient, state: State) -> Page:
    """Return the overview: one call, and what is held for all readers of the release."""
    view = await load_catalogue(client, state.release)
    sentence = opening_sentence(view)
    return Page(
        title=SITE,
        description=sentence,
        content=[
            heading("How are children and families doing?"),
            lead(sentence),
            ways_in(view.library, state),
            _framework(view, state),
            _changes(view, state),
        ],
    )


def opening_sentence(view: CatalogueView) -> str:
    """Return which way the country's indicators go."""
    library = view.library
    if not view.ends:
        held = plural(len(library.indicators), "indicator")
        return f"{held} of children’s social care are defined; there are no figures yet."
    trends = [view.trends.get(id) for id in library.indicators]
    return ways_sentence(library.country["name"], trends)


def held_sentence(view: CatalogueView) -> str:
    """Return for which times figures are held, and of how many authorities."""
    if not view.ends:
        return ""
    first, last = periods.day(view.ends[0]), periods.day(view.ends[-1])
    times = f"a period that ended on {last}" if first == last else f"from {first} to {last}"
    authorities = plural(len(view.library.authorities), "authority", "authorities")
    ended = "are for" if first == last else "are for periods that ended"
    return f"Latest figures held {ended} {times}, of {authorities}."


def _framework(view: CatalogueView, state: State) -> Node:
    country = view.library.country["name"]
    return section(
        "framework",
        "The national framework, indicator by indicator",
        node("P", _core(view, state), link("All indicators", _listed(state)), className="wide"),
        framework_picture(view, state),
        node("P", picture_sentence(view.places), " ", _where(view), className="wide"),
        node(
            "P",
            differ_sentence(country, view.standings.values()),
            " A difference is a question to ask, not a judgement: figures do not say why.",
            className="wide",
        ),
        node("P", held_sentence(view), className="wide note"),
        node(
            "Div",
            same_numbers(view.addresses["standings"], "how many differ"),
            same_numbers(view.addresses["trends"], f"trends of {country}"),
            className="side-by-side",
        ),
    )


def _listed(state: State, **choices: str) -> str:
    return address("/indicators", State(release=state.release, **choices))


def _core(view: CatalogueView, state: State) -> Node:
    core = [card for card in view.library.indicators.values() if card["is_core"]]
    if not core:
        return None
    kinds = [
        link(f"{_count(core, kind)} {words}", _listed(state, only="core", kind=kind))
        for kind, words in (
            ("outcome", "outcomes"),
            ("performance", "of performance"),
            ("context", "of context"),
        )
        if _count(core, kind)
    ]
    few = link(f"Core set of {plural(len(core), 'indicator')}", _listed(state, only="core"))
    return [few, " to look at first: ", *between(kinds, ", "), ". "]


def _count(cards: list[IndicatorCard], kind: str) -> int:
    return sum(card["kind"] == kind for card in cards)


def _where(view: CatalogueView) -> str:
    is_empty = any(d["gap"] for place in view.places for d in place["domains"])
    return "An empty place is not a good result; the list says why it is empty." if is_empty else ""


def _changes(view: CatalogueView, state: State) -> Node:
    release = view.release.data
    shown = address(f"/releases/{release['id']}", State())
    return section(
        "changes",
        "What changed in this release",
        node("P", changes_sentence(release["id"], release["changes"])),
        node("P", link("What is new, what was revised and by how much", shown)),
        release_line(view.release.meta),
    )
