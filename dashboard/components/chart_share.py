"""What a reader can take from a chart: its link, itself, its picture, its numbers, how to cite it.

Everything is a link that works without a script. A script fills in full addresses, which only a
browser knows, and copies: see assets/js/share.js.
"""

from typing import Final

from api.contract import Paths
from dashboard.asking import csv_address, filled
from dashboard.charts.chart import Chart
from dashboard.charts.embedding import chart_address, embed_address, frame_code, pinned_address
from dashboard.page import Node, link, node
from dashboard.prerender import MARKUP, to_html
from dashboard.words.citing import citation_sentence

ORIGIN: Final = "ORIGIN"
"""Stands in what the script fills in for where the reader found us, such as https://example.org."""
_CITATIONS: Final = (("BibTeX", "bib"), ("RIS", "ris"))


def share(chart: Chart) -> Node:
    """Return the folded part under a chart."""
    return node(
        "Details",
        node("Summary", "Share, save and embed", className="share-summary"),
        node(
            "Dl",
            _row("Link to this view", *_link(chart)),
            _row("Picture", *_pictures(chart)),
            _row("Numbers", *_numbers(chart)),
            _row("Embed", *_frame(chart)),
            _row("Cite", *_citation(chart)),
            className="share-rows",
        ),
        className="chart-share",
    )


def _row(words: str, *content: Node) -> Node:
    return node("Div", node("Dt", words), node("Dd", *content), className="share-row")


def _link(chart: Chart) -> list[Node]:
    address = chart.page_address
    return [
        _copied(_full(chart), f"Link to this view: {chart.title}"),
        node("Span", link("This view", address) if address else _WHOLE, className="without-script"),
    ]


def _full(chart: Chart) -> str:
    """Return what the script makes an address of; blank for that of the page itself."""
    return f"{ORIGIN}{chart.page_address}" if chart.page_address else ""


_WHOLE: Final = "The address of this page is the link to what you see."


def _pictures(chart: Chart) -> list[Node]:
    png = chart_address(chart, "png")
    return _listed(
        link("PNG", png, download="", aria_label=f"Picture as PNG: {chart.title}"),
        link(
            "SVG",
            chart_address(chart, "svg"),
            download="",
            aria_label=f"Picture as SVG: {chart.title}",
        ),
        node(
            "Button",
            "Copy the picture",
            type="button",
            className="plain-button needs-script-here copies-picture",
            data_picture=png,
        ),
    )


def _numbers(chart: Chart) -> list[Node]:
    csv = chart.csv_address or csv_address(chart.rows_address)
    table = link("Table", chart.table_address) if chart.table_address else None
    return _listed(link("CSV", csv), link("API answer", chart.rows_address), table)


def _frame(chart: Chart) -> list[Node]:
    return [
        _copied(frame_code(chart, ORIGIN), f"Code to put this chart into a page: {chart.title}"),
        link("The chart alone", embed_address(chart), target="_blank"),
        node("Span", _frame_note(chart), className="share-note"),
    ]


def _frame_note(chart: Chart) -> str:
    if chart.state.release:
        return f"It stays with release {chart.state.release}."
    return f"It shows the newest figures held; with release={chart.meta['release']} it stays."


def _citation(chart: Chart) -> list[Node]:
    said = citation_sentence(chart.source, chart.title, chart.meta)
    pinned = pinned_address(chart)
    release = filled(Paths.CITATION, release=chart.meta["release"])
    files = [link(words, f"{release}.{suffix}") for words, suffix in _CITATIONS]
    return [
        node(
            "Span",
            f"{said} Available at: ",
            node("Span", pinned, data_full=f"{ORIGIN}{pinned}"),
            " (accessed [date]).",
            className="citation",
        ),
        _copy_button("Copy the citation"),
        *_listed(*files),
    ]


def _copied(value: str, words: str) -> Node:
    """Return a line to copy from; `value` is filled in by the script, blank for the address."""
    line = node(
        "Input",
        type="text",
        readOnly=True,
        aria_label=words,
        className="share-line",
        data_full=value,
    )
    return node(
        "Span",
        # Dash has no input among its plain elements, so that it stands as markup.
        node("Span", **{MARKUP: to_html(line)}),
        _copy_button("Copy"),
        className="share-copy needs-script-here",
    )


def _copy_button(words: str) -> Node:
    return node("Button", words, type="button", className="plain-button needs-script-here copies")


def _listed(*links: Node) -> list[Node]:
    return [node("Span", one, className="share-link") for one in links if one]
