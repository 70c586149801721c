"""An authority that has ended: what took its place, and the last figures held of it."""

from collections.abc import Sequence

from api.contract import AreaDetail, ObservationRow, Status
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.components.authority_facts import about, told_links
from dashboard.components.authority_inspections import inspections_section
from dashboard.components.authority_stages import about_stage
from dashboard.components.figures import same_numbers
from dashboard.components.sources import figure_source_link, release_section
from dashboard.components.table import Column, Row, table
from dashboard.components.text import breadcrumbs, contents, heading, lead, section, tag
from dashboard.page import Node, Page, link, node
from dashboard.report.profile import STAGES
from dashboard.state import State, indicator_address
from dashboard.words import periods
from dashboard.words.counts import own_amount
from dashboard.words.endings import successors_sentence
from dashboard.words.history import became
from dashboard.words.numbers import span

_CONTENTS = (("Last figures", "figures"), ("Inspections", "inspections"), ("Facts", "facts"))


async def former_page(client: ApiClient, state: State, area: Reply[AreaDetail]) -> Page:
    """Return the page of an authority that has ended, from one more call."""
    held = area.data
    library = await client.library(area.meta)
    rows = await client.observations([], [held["code"]], ["all"], area.meta["release"])
    sentence = successors_sentence(held["name"], held["last_day"] or "", len(held["successors"]))
    return Page(
        title=held["name"],
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/"), ("Authorities", "/areas")),
            heading(held["name"], tag(f"Until {periods.day(held['last_day'])}")),
            lead(sentence),
            _successors(held, library),
            contents(_CONTENTS),
            _figures(held, rows, library, state),
            inspections_section(held, area.meta, state),
            about(held, library),
            release_section(area.meta),
        ],
    )


def _successors(area: AreaDetail, library: Library) -> Node:
    links = told_links(became(area["changes"], area["code"]), library)
    return node("P", "Its area is part of: ", links, ".") if links else None


def _figures(
    area: AreaDetail, rows: Reply[list[ObservationRow]], library: Library, state: State
) -> Node:
    last = last_figures(rows.data)
    if not last:
        return section("figures", "Last figures", node("P", "No figures of it are held."))
    core = [row for row in last if library.indicators[row["indicator"]]["is_core"]]
    others = [row for row in last if row not in core]
    return section(
        "figures",
        "Last figures",
        node(
            "P",
            "The latest figures of this service are of later periods, in which it did not exist. "
            "These are the last that are held of it.",
        ),
        _table(
            f"{area['name']}: the last figure held of each indicator of the core set",
            core,
            library,
            state,
        )
        if core
        else None,
        [_more(stage, others, library, state, is_open=not core) for stage in STAGES],
        same_numbers(rows.address, "all its figures"),
    )


def _more(
    stage: str,
    others: Sequence[ObservationRow],
    library: Library,
    state: State,
    *,
    is_open: bool,
) -> Node:
    """Return the figures of a stage beyond the core set, folded."""
    rows = [row for row in others if library.indicators[row["indicator"]]["stage"] == stage]
    if not rows:
        return None
    summary = f"{len(rows)} {'' if is_open else 'more '}{about_stage(stage)}"
    return node(
        "Details",
        node("Summary", node("Span", summary, className="fold-title")),
        _table(f"The last figures {about_stage(stage)}", rows, library, state),
        className="fold",
        open=True if is_open else None,
    )


def _table(caption: str, rows: Sequence[ObservationRow], library: Library, state: State) -> Node:
    columns = [
        Column("Indicator"),
        Column("Value", is_number=True),
        Column("Last period with a figure", is_short=True),
        Column("95% interval", is_number=True),
        Column("Source"),
    ]
    return table(caption, columns, [_row(row, library, state) for row in rows])


def last_figures(rows: Sequence[ObservationRow]) -> list[ObservationRow]:
    """Return the last row with a figure of each indicator, in the order of the rows."""
    last: dict[str, ObservationRow] = {}
    for row in rows:
        held = last.get(row["indicator"])
        if row["status"] == Status.OK and (held is None or held["period_end"] < row["period_end"]):
            last[row["indicator"]] = row
    return list(last.values())


def _row(row: ObservationRow, library: Library, state: State) -> Row:
    card = library.indicators[row["indicator"]]
    address = indicator_address(
        card["id"], State(area=row["area_code"], period=row["period"], release=state.release)
    )
    return (
        link(card["short_title"], address),
        own_amount(row["value"], card["unit"], card["decimals"]),
        periods.label(row["period"], card["measured"]),
        span(row["ci_lower"], row["ci_upper"], card["unit"], card["decimals"]),
        figure_source_link(
            row["source"], card["id"], row["area_code"], row["period"], state.release
        ),
    )
