"""All data sources: who published what and when, under which licence, and what is read of it."""

from collections.abc import Sequence

from api.contract import ReleaseDetail, SourceCard, SourceKind
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.components.publications import (
    by_publication,
    indicators_by_publication,
    publications_table,
    tables_by_publication,
    totals_by_publication,
    totals_sentence,
)
from dashboard.components.sources import release_line
from dashboard.components.text import breadcrumbs, contents, heading, lead, section
from dashboard.page import Node, Page, node
from dashboard.state import State
from dashboard.words.numbers import plural
from dashboard.words.periods import day

_NO_PUBLICATION = (
    "No publication is in this release. What each authority sent is told on its page, under “What "
    "happened to what it sent”."
)
_CONTENTS = (
    ("Publications", "publications"),
    ("Indicators by publication", "indicators"),
    ("Tables, with their files and columns", "tables"),
    ("Do published totals add up?", "totals"),
)


async def page(client: ApiClient, state: State) -> Page:
    """Return the sources of one release, the latest unless another is named."""
    release = await client.release(state.release)
    library = await client.library(release.meta)
    sources = release.data["sources"]
    sentence = opening_sentence(release.data, sources)
    has_published = bool(of_kind(sources, SourceKind.PUBLICATION))
    return Page(
        title="Data sources",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Methods", "/methods")),
            heading("Data sources"),
            lead(sentence),
            contents(_CONTENTS) if has_published else None,
            _published(sources, library, state) if has_published else node("P", _NO_PUBLICATION),
            same_numbers(release.address, "this release", has_csv=False),
            release_line(release.meta),
        ],
    )


def opening_sentence(release: ReleaseDetail, sources: Sequence[SourceCard]) -> str:
    """Return what the release is made from."""
    dates = sorted(one["published_on"] for one in of_kind(sources, SourceKind.PUBLICATION))
    tables = (
        f"{plural(len(dates), 'table')} of {plural(len(by_publication(sources)), 'publication')}"
    )
    sent = of_kind(sources, SourceKind.SUBMISSION)
    authorities = plural(len({one["publisher"] for one in sent}), "authority", "authorities")
    returns = f"{plural(len(sent), 'return')} of {authorities}"
    parts = [tables] if dates or not sent else []
    if sent:
        parts.append(returns)
    made = f"Release {release['id']} is made from {' and '.join(parts)}"
    if not dates:
        return f"{made}."
    return f"{made}, the newest table of {day(dates[-1])} and the oldest of {day(dates[0])}."


def of_kind(sources: Sequence[SourceCard], kind: SourceKind) -> list[SourceCard]:
    """Return the sources of a kind."""
    return [source for source in sources if source["kind"] == kind]


def _published(sources: Sequence[SourceCard], library: Library, state: State) -> Node:
    measured = {id: card["measured"] for id, card in library.indicators.items()}
    return [
        section(
            "publications",
            "Publications",
            node(
                "P",
                "A vintage is one edition of a publication. Where two vintages hold the same "
                "figure, the newest counts; an older one stays in use for periods that newer ones "
                "no longer cover. “Day not confirmed” means that we found no record of the very "
                "day. When the next edition comes out is said by its publisher, not here.",
            ),
            publications_table(sources),
        ),
        section(
            "indicators",
            "Indicators by publication",
            *indicators_by_publication(sources, library.indicators, state),
        ),
        section(
            "tables",
            "Tables, with their files and columns",
            *tables_by_publication(sources, state),
        ),
        section(
            "totals",
            "Do published totals add up?",
            node("P", totals_sentence(sources)),
            node(
                "P",
                "Where they do not, an authority is most often missing: its figure is hidden or "
                "was never sent, and the publisher put another in its place. We show published "
                "totals as they are.",
            ),
            *totals_by_publication(sources, library.areas, measured),
        ),
    ]
