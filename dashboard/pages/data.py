"""Build a selection of figures: see it, take it in any format, and ask for it from code."""

from collections.abc import Sequence
from typing import Any, Final

from api.contract import Meta, Paths
from dashboard.answers import ApiError, Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.code_block import code_block
from dashboard.components.data_files import api_address, file_address, files_table
from dashboard.components.data_form import data_form
from dashboard.components.data_preview import MOST_SHOWN, preview, warnings_list, wide_preview
from dashboard.components.release_files import cite_release, files_of_release
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, bullets, contents, heading, lead, section
from dashboard.origin import absolute
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address
from dashboard.views.narrowing import Classes, load_classes, narrowing_words
from dashboard.views.programs import Program, programs
from dashboard.views.selection import (
    EVERY,
    NEIGHBOURS,
    PATH,
    Selection,
    area_words,
    breakdown_words,
    indicator_words,
    period_words,
    read_selection,
    selector_words,
)
from dashboard.words.numbers import plural

_SERVER_ERROR: Final = 500
_MOST_WIDE: Final = 5_000
"""Rows up to which a wide file is shown; a longer one would hold up the page."""
_START: Final = (
    "Choose indicators, areas and periods: see the figures at once, then take them as a file, by "
    "an address that lasts, or with code for Python, R, Excel and curl."
)

Rows = Reply[list[dict[str, Any]]]


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of data."""
    release = await client.release(state.release)
    meta = release.meta
    library = await client.library(meta)
    classes = await load_classes(client, meta, library)
    selection = read_selection(state, library)
    files = await client.get(filled(Paths.RELEASE_FILES, release=meta["release"]))
    rows, trouble = await _rows(client, selection, meta)
    wide = await _wide(client, selection, rows)
    sentence = _sentence(selection, classes, rows)
    return Page(
        title="Data",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading("Data"),
            lead(sentence),
            contents(_parts(rows)),
            node(
                "Div",
                node(
                    "Div", data_form(selection, classes, meta["release"]), className="builder-form"
                ),
                node(
                    "Div",
                    *([trouble] if rows is None else _result(client, selection, rows, wide)),
                    className="builder-result",
                ),
                className="builder",
            ),
            section(
                "whole",
                f"The whole release {meta['release']}",
                files_of_release(files.data),
                node("H3", "How to cite it", id="cite"),
                cite_release(client, meta),
            ),
            release_section(meta),
        ],
    )


async def _wide(client: ApiClient, selection: Selection, rows: Rows | None) -> str:
    """Return the wide CSV, where it is asked for and short enough to show its beginning."""
    state = selection.state
    if not state.wide or rows is None or not 0 < _total(rows) <= _MOST_WIDE:
        return ""
    asked = {**selection.parameters, "labels": state.labels, "wide": state.wide}
    return await client.text(f"{Paths.OBSERVATIONS}.csv", **asked, release=rows.meta["release"])


def _parts(rows: Rows | None) -> list[tuple[str, str]]:
    held = rows is not None and _total(rows)
    own = [("Figures", "preview"), ("Files", "files"), ("Code", "code")] if held else []
    return [*own, ("Whole release", "whole"), ("How to cite", "cite")]


async def _rows(client: ApiClient, selection: Selection, meta: Meta) -> tuple[Rows | None, Node]:
    """Return the first rows, or what is in the way of them and what to do."""
    if selection.trouble:
        title = "Nothing can be asked for yet" if selection.ids else "Nothing is chosen yet"
        return None, [
            _in_the_way(title, selection.trouble),
            None if selection.ids else _beginnings(selection),
        ]
    asked = {**selection.parameters, "release": meta["release"]}
    try:
        found: Rows = await client.get(
            Paths.OBSERVATIONS, **asked, labels="both", limit=str(MOST_SHOWN), count="true"
        )
    except ApiError as error:
        if error.status >= _SERVER_ERROR:
            raise
        detail, near = error.detail or error.title, [str(one) for one in error.suggestions]
        meant = [_meant(selection, one) for one in near]
        return None, _in_the_way("This selection cannot be asked for", detail, meant)
    return found, None


def _beginnings(selection: Selection) -> Node:
    """Return selections to begin with, as links."""
    core = ",".join(i for i, card in selection.library.indicators.items() if card["is_core"])
    area = selection.state.area
    place = selector_words(area, selection.library) if area else ""
    kept = selection.state
    ways = [
        (
            "Core indicators in every authority, latest period",
            kept.changed(indicators=core, areas="authority"),
        ),
        (
            "Core indicators of England and its regions, last five periods",
            kept.changed(indicators=core, areas="england,region", periods="last:5"),
        ),
        (
            f"All indicators of {place} and its statistical neighbours"
            if place
            else "All indicators of England, all periods",
            kept.changed(indicators=EVERY, areas=f"{area},{NEIGHBOURS}{area}")
            if place
            else kept.changed(indicators=EVERY, areas="england", periods=EVERY),
        ),
    ]
    links = [link(words, address(PATH, state)) for words, state in ways]
    return section("begin", "Or begin with one of these", bullets(links))


def _meant(selection: Selection, suggestion: str) -> Node:
    """Return a suggestion; where it is an indicator, as a link to the selection with it."""
    held = selection.library.indicators
    if suggestion not in held:
        return suggestion
    known = [id for id in selection.ids if id in held and id != suggestion]
    meant = selection.state.changed(indicators=",".join([*known, suggestion]))
    return link(held[suggestion]["title"], address(PATH, meant))


def _in_the_way(title: str, said: str, suggestions: Sequence[Node] = ()) -> Node:
    told = said if said.endswith((".", "?", "!", "”")) else f"{said}."
    near = [node("P", "Did you mean:"), bullets(suggestions)] if suggestions else None
    return section("trouble", title, node("P", f"{told[:1].upper()}{told[1:]}"), near)


def _sentence(selection: Selection, classes: Classes, rows: Rows | None) -> str:
    if rows is None:
        return _START
    count = plural(_total(rows), "row")
    what, areas = indicator_words(selection), area_words(selection)
    only = narrowing_words(selection.state, classes)
    narrow = f" (only: {only})" if only else ""
    said = [what, f"{areas}{narrow}", period_words(selection), breakdown_words(selection)]
    return f"{count}: {'; '.join(filter(None, said))}."


def _total(rows: Rows) -> int:
    return rows.meta.get("total", rows.meta["count"])


def _result(client: ApiClient, selection: Selection, rows: Rows, wide: str) -> list[Node]:
    total = _total(rows)
    warned = warnings_list(rows.meta["warnings"], selection)
    long = preview(selection, rows.data, total)
    shown = wide_preview(selection, wide) if wide else long
    if not total:
        return [
            section(
                "preview",
                "No figures",
                node(
                    "P",
                    "Nothing is held for this selection. Take another period, another breakdown, "
                    "areas of another level, or fewer filters.",
                ),
                warned,
            )
        ]
    return [
        section("preview", "The figures", shown, warned),
        section("files", "Take them as a file", files_table(client, selection, total)),
        section("code", "Ask for them from code", *_code(client, selection)),
    ]


def _code(client: ApiClient, selection: Selection) -> list[Node]:
    csv = absolute(file_address(client, selection))
    is_wide = bool(selection.state.wide)
    return [
        node("P", _pin_words(selection)),
        node("H3", "Address"),
        code_block("address", absolute(api_address(client, selection)), "the address"),
        node(
            "P",
            "It answers as JSON; what else it takes is in ",
            link("the description of the API", Paths.DOCS),
            ".",
            className="note",
        ),
        *[
            _program(one, is_open=place == 0)
            for place, one in enumerate(programs(csv, is_wide=is_wide))
        ],
    ]


def _pin_words(selection: Selection) -> str:
    release = selection.state.release
    if release:
        return f"These name release {release}: they go on giving just these figures."
    return (
        "These give the latest figures whenever they are run. Choose a release under “Files and "
        "code” for figures that never change."
    )


def _program(one: Program, *, is_open: bool) -> Node:
    return node(
        "Details",
        node("Summary", node("Span", one.title, className="fold-title")),
        node("P", one.says, className="note"),
        code_block(f"code-{one.id}", one.text, f"the code for {one.title}"),
        open=is_open or None,
        className="fold",
    )
