"""About the data: what this service is, known problems, licence, and where the rest is told."""

from typing import Final

from api.contract import Meta, ReleaseDetail
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components.known_problems import problems_table
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, bullets, heading, inset, lead, section
from dashboard.page import Node, Page, link, node
from dashboard.pages.sources import opening_sentence
from dashboard.state import State

_PAGES: Final = (
    ("sources", "Data sources", "every publication with its dates, licence and tables"),
    ("missing", "Missing figures", "why a figure is missing, how many are, and what is hidden"),
    ("methods", "Methods", "how figures are made and compared, with worked examples"),
    ("definitions", "Definitions", "every word, and what each indicator counts of what"),
    ("releases", "Releases", "what is new, and what was revised by how much"),
    ("accessibility", "Accessibility", "what was tested, what falls short, how to report it"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the page about one release, the latest unless another is named."""
    release = await client.release(state.release)
    library = await client.library(release.meta)
    sentence = opening_sentence(release.data, release.data["sources"])
    return Page(
        title="About the data",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("About the data"),
            lead(sentence),
            inset(
                node("Strong", "This service is not an official statistics publication. "),
                "It copies published figures as they are, names their source and date beside them, "
                "and computes only what the publishers do not publish; it says so where it does. "
                "Figures made of what authorities sent are marked provisional.",
            ),
            _pages(),
            _problems(release.data, library, state),
            _licence(release.meta),
            release_section(release.meta),
        ],
    )


def _pages() -> Node:
    items = [
        # The ids are those of sections that stood here once: older links still lead on.
        node("Li", link(words, f"/{name}"), f": {what}.", id=_ONCE.get(name, name))
        for name, words, what in _PAGES
    ]
    return section("pages", "Where it is told", node("Ul", *items, className="bullets"))


_ONCE: Final = {"methods": "method"}


def _licence(meta: Meta) -> Node:
    return section(
        "licence",
        "Licence",
        node("P", f"{meta['attribution']} Licence: {meta['licence']}."),
        node("P", meta["not_official"]),
    )


def _problems(release: ReleaseDetail, library: Library, state: State) -> Node:
    return section(
        "problems",
        "Known problems",
        problems_table(release["known_problems"], library.areas, state),
        node("H3", "Of all figures", id="problems-all"),
        bullets(
            [
                "Figures are published once a year, most of them months after the period they are "
                "about. Pages say which period the latest figures held are for.",
                "Authorities record and return some facts differently; a difference may lie in the "
                "recording.",
                "Some grades of inspections were read by a machine from the report, because no "
                "official table holds them. They are marked where they are shown, and such a "
                "judgement puts no authority in a group: pages say how many are left out.",
                "Some authorities lack a class, such as one of an older classification. They are "
                "in no group of it, and pages say how many.",
                "Where boundaries changed, earlier figures belong to the predecessor and are not "
                "carried over to the successor.",
                "A change is tested against chance where both figures have what a test needs; "
                "averages, scores and sums of money have not, and their change is shown plainly.",
                "Maps show each authority as one hexagon of equal size, not its outline.",
            ]
        ),
    )
