"""Where figures come from: publication, file, column and filter, down to a single figure."""

from dashboard.client import ApiClient
from dashboard.components.source_figure import elsewhere, figure_section, other_ways
from dashboard.components.source_files import (
    files_section,
    indicators_section,
    publication_section,
    totals_section,
)
from dashboard.components.source_own import computed_section, submission_section
from dashboard.components.source_reading import reading_section
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead
from dashboard.page import Node, Page
from dashboard.state import State, indicator_address
from dashboard.views.source_view import SourceView, load_source
from dashboard.words.provenance import (
    elsewhere_sentence,
    figure_sentence,
    indicator_sentence,
    source_sentence,
)
from dashboard.words.readings import Reading, readings


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of a source; raises ApiError for one that the release does not have."""
    view = await load_source(client, state)
    found = [made for entry in view.entries for made in readings(entry, view.source)]
    sentence = opening_sentence(view, found)
    title = _title(view)
    return Page(
        title=title,
        description=sentence,
        content=[
            _way_here(view),
            heading(title, caption="Where figures come from"),
            lead(sentence),
            elsewhere(view),
            None if view.is_from_elsewhere else figure_section(view),
            reading_section(view, found),
            computed_section(view),
            submission_section(view),
            indicators_section(view),
            publication_section(view),
            files_section(view),
            totals_section(view),
            other_ways(view) if view.indicator else None,
            release_section(view.meta),
        ],
    )


def opening_sentence(view: SourceView, found: list[Reading]) -> str:
    """Return the sentence of the page: about the figure, the indicator, or the whole source."""
    indicator, measure, row = view.indicator, view.measure, view.row
    if indicator is None or measure is None:
        return source_sentence(view.source, view.meta["release"])
    if row is None:
        return indicator_sentence(
            view.source, indicator["short_title"], found, view.state.period, measure.measured
        )
    if view.is_from_elsewhere:
        return elsewhere_sentence(row, measure)
    return figure_sentence(view.source, row, measure, found)


def _title(view: SourceView) -> str:
    if view.indicator is None:
        return view.source["title"]
    of = f", {view.area['name']}" if view.area else ""
    return f"Source: {view.indicator['short_title']}{of}"


def _way_here(view: SourceView) -> Node:
    if view.indicator is None:
        return breadcrumbs(("Overview", "/"), ("Data sources", "/sources"))
    state = State(release=view.state.release)
    address = indicator_address(view.indicator["id"], state)
    return breadcrumbs(("Overview", "/"), (view.indicator["short_title"], address))
