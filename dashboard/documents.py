"""Our own documents as pages: the methods and the glossary, from Markdown to HTML.

Texts stand once, in `docs/methods` and `GLOSSARY.md`; a wheel holds copies of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_HERE: Final = Path(__file__).parent
_SHIPPED: Final = _HERE / "documents"
_ELSEWHERE: Final = {"comparing.md": "/api/docs"}
"""Documents that are no pages, and what is shown instead."""
_TERM: Final = re.compile(r"\*\*(?P<term>[^*]+)\*\*\s+(?P<text>.+)", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """One document: its name in addresses, its heading, how it begins, its parts and its HTML."""

    name: str
    title: str
    begins: str
    parts: tuple[tuple[str, str], ...]
    """Words and id of each heading of the second level."""
    html: str

    @property
    def subject(self) -> str:
        """What it is about: its title up to the colon."""
        return self.title.partition(":")[0]


@dataclass(frozen=True)
class Term:
    """A word of the glossary, with what it means as HTML and as plain text."""

    words: str
    part: str
    html: str
    text: str

    @property
    def id(self) -> str:
        """The id of its place on the page."""
        return slug(self.words)


def slug(heading: str) -> str:
    """Return the id of a heading, as other programs make it that show Markdown."""
    plain = re.sub(r"[^\w\s-]", "", heading.casefold())
    return re.sub(r"\s", "-", plain.strip())


@cache
def methods() -> dict[str, Document]:
    """Return the pages of methods by name, in the order of their titles."""
    folder = _SHIPPED / "methods"
    if not folder.is_dir():
        folder = _HERE.parent / "docs" / "methods"
    made = [_document(path.stem, path.read_text("utf-8")) for path in folder.glob("*.md")]
    return {one.name: one for one in sorted(made, key=lambda one: one.title)}


@cache
def glossary() -> tuple[Term, ...]:
    """Return the words of the glossary, in its order."""
    path = _SHIPPED / "GLOSSARY.md"
    if not path.is_file():
        path = _HERE.parent / "GLOSSARY.md"
    terms, part = [], ""
    for block in re.split(r"\n\n|\n(?=\*\*)", path.read_text("utf-8")):
        if block.startswith("## "):
            part = block.removeprefix("## ").strip()
        elif (found := _TERM.fullmatch(block.strip())) and part:
            html = _reader().renderInline(" ".join(found["text"].split()))
            terms.append(Term(found["term"], part, html, _plain(html)))
    return tuple(terms)


def _document(name: str, text: str) -> Document:
    reader = _reader()
    tokens = reader.parse(text)
    title = tokens[1].content
    parts = _name_headings(tokens)
    body = _with_tables(tokens[3:])
    first = next(token for token in body if token.type == "inline")
    begins = _plain(reader.renderer.render([first], reader.options, {}))
    html = reader.renderer.render(body, reader.options, {})
    return Document(name, title, begins, parts, html)


@cache
def _reader() -> MarkdownIt:
    # HTML within a text is shown as text: what a page may hold is said by its Markdown alone.
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.core.ruler.push("addresses", lambda state: _lead_to_pages(state.tokens))
    return reader


def _name_headings(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Give every heading an id, and return those of the second level."""
    parts = []
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            words = _plain_of(inside)
            opening.attrSet("id", slug(words))
            if opening.tag == "h2":
                parts.append((words, slug(words)))
    return tuple(parts)


def _with_tables(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with every table in a box that scrolls by itself and has a name."""
    made, heading, count = [], "", 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading, count = _plain_of(tokens[place + 1]), 0
        if token.type == "table_open":
            count += 1
            name = f"Table {count}: {heading}" if heading else f"Table {count}"
            made.append(
                _html(
                    f'<div class="table-scroll" tabindex="0" role="region" '
                    f'aria-label="{escape(name)}">'
                )
            )
            token.attrSet("class", "table table-sm figures")
        if token.type == "th_open":
            _make_head(token, tokens[place + 1], tokens[place + 2])
        if token.type in {"code_block", "fence"}:
            token.attrSet("tabindex", "0")  # it scrolls, and must be reachable by keyboard
        made.append(token)
        if token.type == "table_close":
            made.append(_html("</div>"))
    return made


def _make_head(opening: Token, inside: Token, closing: Token) -> None:
    """Make the head of a column one; a blank corner is a plain cell, as it heads nothing."""
    if inside.content.strip():
        opening.attrSet("scope", "col")
    else:
        opening.tag = closing.tag = "td"


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)


def _lead_to_pages(tokens: Sequence[Token]) -> None:
    """Lead the links of a document to pages; of a document without one only the words remain."""
    for token in tokens:
        kept: list[Token] = []
        is_dropped = False
        for child in token.children or ():
            if child.type == "link_open":
                target = page_of(str(child.attrGet("href") or ""))
                is_dropped = not target
                child.attrSet("href", target)
            if not (is_dropped and child.type in {"link_open", "link_close"}):
                kept.append(child)
        token.children = kept if token.children is not None else None


def page_of(address: str) -> str:
    """Return the address on these pages of what a document names; nothing where there is none."""
    path, mark, part = address.partition("#")
    if not path or path.startswith(("/", "https://")):
        return address
    name = path.rpartition("/")[2]
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if name == "GLOSSARY.md":
        return f"/definitions{mark}{part}"
    folder = _SHIPPED if _SHIPPED.is_dir() else _HERE.parent / "docs"
    is_method = (folder / "methods" / name).is_file()
    return f"/methods/{name.removesuffix('.md')}{mark}{part}" if is_method else ""


def _plain_of(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def _plain(html: str) -> str:
    text = re.sub(r"<[^>]+>", "", html)
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return " ".join(text.split())
