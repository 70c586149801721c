"""One release: what is new in it, what was revised and by how much, down to a single figure."""

from typing import Final

from api.contract import ChangesSummary, Paths, ReleaseRow
from dashboard.answers import ApiError, Reply
from dashboard.client import ApiClient
from dashboard.components.changed_cells import cells_table
from dashboard.components.changed_indicators import indicators_table, what_is_new
from dashboard.components.feeds import feeds_section
from dashboard.components.publications import edition_words
from dashboard.components.release_files import cite_release
from dashboard.components.release_form import release_form
from dashboard.components.sources import release_section
from dashboard.components.text import (
    breadcrumbs,
    bullets,
    heading,
    inset,
    lead,
    section,
    summary_list,
)
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address, release_address
from dashboard.views.release_view import ReleaseView, load_release
from dashboard.words.changes import cell_sentence, changes_sentence, chosen_sentence
from dashboard.words.numbers import number
from dashboard.words.periods import day

_GONE: Final = 410
KINDS: Final = {
    "release": "Release",
    "rebuilt_history": "Rebuilt from publications of its day",
}


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of a release; one that was withdrawn says why."""
    try:
        view = await load_release(client, state)
    except ApiError as error:
        if error.status != _GONE:
            raise
        return await _withdrawn(client, state.subject)
    sentence = _sentence(view)
    what = _chosen(view)
    title = f"{what}: what release {view.id} changed" if what else f"Release {view.id}"
    return Page(
        title=title,
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Releases", "/releases")),
            heading(title, caption=f"Published here on {_published(view)}"),
            lead(sentence),
            release_form(view) if view.since else None,
            *(_cells(client, view) if view.cells is not None else _everything(client, view)),
            feeds_section(client, state.indicator, state.area, what),
            section("cite", "How to cite this release", cite_release(client, view.meta)),
            _facts(view),
            release_section(view.meta),
        ],
    )


def _published(view: ReleaseView) -> str:
    return day(view.release["published_on"])


def _chosen(view: ReleaseView) -> str:
    """Return what is chosen, such as `Looked after rate, Kent`; blank for everything."""
    state = view.state
    area = view.library.areas.get(state.area)
    parts = [
        view.title(state.indicator) if state.indicator else "",
        area["name"] if area else state.area,
    ]
    return ", ".join(filter(None, parts))


def _sentence(view: ReleaseView) -> str:
    if view.cells is None:
        changes = view.release["changes"]
        if view.since and view.state.against:
            changes = ChangesSummary(
                since=view.since,
                kinds={**view.counts},
                indicators=[],
                new_indicators=[],
                new_sources=[],
            )
        return changes_sentence(view.id, changes)
    rows = view.rows
    if len(rows) == 1:
        row = rows[0]
        measure = view.measure(row["indicator"])
        return cell_sentence(row, view.title(row["indicator"]), measure)
    return chosen_sentence(_chosen(view), view.id, view.since, rows, view.counts)


def _cells(client: ApiClient, view: ReleaseView) -> list[Node]:
    every = release_address(view.id, State(against=view.state.against))
    back = node("P", link("Everything that this release changed", every))
    if not view.rows:
        nothing = "Choose another indicator, another area, or an earlier release to compare with."
        return [section("changes", "Nothing differs", node("P", nothing), back)]
    state = view.state
    every_period = release_address(view.id, state, subject="", period="")
    one = node("P", "Only of one period. ", link("Show all periods", every_period))
    return [
        section(
            "changes",
            "What differs",
            one if state.period else None,
            cells_table(client, view),
            back,
        )
    ]


def _everything(client: ApiClient, view: ReleaseView) -> list[Node]:
    made = bullets(edition_words(view.release["sources"]))
    if not view.since:
        return [section("made", "What it is made of", made)]
    return [
        section("new", "What is new", what_is_new(view)),
        section("changes", "What differs, by indicator", indicators_table(client, view)),
    ]


def _facts(view: ReleaseView) -> Node:
    release = view.release
    files = address("/data", State(release=view.id))
    facts = summary_list(
        [
            ("What it is", KINDS.get(release["kind"], release["kind"])),
            ("Published here on", _published(view)),
            ("Note", release["note"]),
            ("Corrects", _link(release["amends"])),
            ("Corrected by", _link(release["amended_by"])),
            ("Indicators", number(release["indicators"])),
            ("Figures", number(release["rows"])),
            ("SHA-256", node("Code", release["digest"])),
            ("Files", link("Figures and files of this release", f"{files}#whole")),
        ]
    )
    return section("about", "About this release", facts)


def _link(id: str) -> Node:
    return link(id, release_address(id)) if id else ""


async def _withdrawn(client: ApiClient, id: str) -> Page:
    found: Reply[list[ReleaseRow]] = await client.get(Paths.RELEASES)
    row = next((one for one in found.data if one["id"] == id), None)
    told = (row["withdrawn"] if row else None) or {}
    standing = [one["id"] for one in found.data if not one["withdrawn"]]
    on = f" on {day(told['withdrawn_on'])}" if told.get("withdrawn_on") else ""
    sentence = f"Release {id} was withdrawn{on}: {told.get('reason', 'no reason is held')}."
    newest = link(standing[0], release_address(standing[0])) if standing else "none yet"
    return Page(
        title=f"Release {id} was withdrawn",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Releases", "/releases")),
            heading(f"Release {id}", caption="Withdrawn"),
            lead(sentence),
            inset(node("P", "Its figures are given no more. Take those of release ", newest, ".")),
            node("P", link("All releases", "/releases")),
        ],
        status=_GONE,
    )
