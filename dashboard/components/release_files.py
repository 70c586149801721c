"""The files of a whole release, how to check them and how to cite it."""

from collections.abc import Sequence
from typing import Final

from api.contract import Citation, FileRow, Meta, Paths
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.components.code_block import code_block
from dashboard.components.table import Column, Row, table
from dashboard.components.text import code, hidden
from dashboard.origin import absolute
from dashboard.page import Node, link, node
from dashboard.words.numbers import bytes_words, number

_FIRST: Final = ("datapackage.zip", "observations.parquet", "observations.csv.gz")
"""What most readers want, before all others."""
_REFERENCES: Final = (("bib", "BibTeX"), ("ris", "RIS"), ("cff", "CFF"))


def files_of_release(files: Sequence[FileRow]) -> Node:
    """Return the files: those that hold everything first, the others folded."""
    first = [file for name in _FIRST for file in files if _plain(file["name"]) == name]
    rest = [file for file in files if file not in first]
    columns = [
        Column("File, and what it is"),
        Column("Rows", is_number=True),
        Column("Size", is_number=True),
    ]
    return [
        table("The whole release as files", columns, [_row(file) for file in first], look="files"),
        _folded(
            f"All {len(files)} files, with definitions, areas, periods and sources",
            table("Other files of the release", columns, [_row(file) for file in rest]),
        )
        if rest
        else None,
        _folded(
            "Checksums (SHA-256)",
            node(
                "P",
                "Whoever finds the same for a file has it whole and unchanged. The file ",
                code("checksums.sha256"),
                " has them for ",
                code("sha256sum --check"),
                ".",
            ),
            table(
                "SHA-256 of each file",
                [Column("File"), Column("SHA-256")],
                [(file["name"], code(file["sha256"])) for file in files if file["sha256"]],
                is_headed=True,
            ),
        ),
    ]


def _plain(name: str) -> str:
    return name.removeprefix("practice-")


def _row(file: FileRow) -> Row:
    return (
        [
            link(file["name"], file["url"], download=""),
            node("Span", file["about"], className="note"),
        ],
        number(file["rows"]) if file["rows"] else "",
        bytes_words(file["bytes"]) if file["bytes"] else "",
    )


def _folded(title: str, *content: Node) -> Node:
    summary = node("Summary", node("Span", title, className="fold-title"))
    return node("Details", summary, *content, className="fold")


def cite_release(client: ApiClient, meta: Meta) -> Node:
    """Return how the release is cited, for people and for reference managers."""
    citation = meta.get("citation")
    if not citation:
        return None
    place = filled(Paths.CITATION, release=meta["release"])
    links = [
        node("Li", link([words, hidden(" file of the citation")], _file(client, place, suffix)))
        for suffix, words in _REFERENCES
    ]
    return [
        code_block("citation", _with_host(citation), "the citation"),
        node("Div", node("P", "For reference managers:"), node("Ul", *links), className="family"),
        node(
            "P",
            "Add the day on which you read it. Id and SHA-256 are the same wherever this release "
            f"is served. Licence: {meta['licence']}. {meta['attribution']}",
            className="note",
        ),
    ]


def _with_host(citation: Citation) -> str:
    """Return the words of a citation, whose address has our host where the API knows none."""
    url = citation["url"]
    return citation["how_to_cite"].replace(f" {url}", f" {absolute(url)}")


def _file(client: ApiClient, place: str, suffix: str) -> str:
    return client.address_of(f"{place}.{suffix}")
