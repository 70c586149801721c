"""Which part of a workbook is which sheet, and whether cells of it are worked out."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

_SHEETS: Final = "xl/worksheets/"
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def has_formulas(content: bytes, sheet: str) -> bool:
    """Say whether a sheet holds formulas; where it cannot be told apart, whether any does.

    Raises zipfile.BadZipFile for a damaged workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        all_parts = [part for part in book.namelist() if part.startswith(_SHEETS)]
        own = _part_of(book, sheet)
        parts = [own] if own in all_parts else all_parts
        return any(_FORMULA.search(book.read(part)) for part in parts)


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the part that holds a sheet, or nothing where the workbook does not say."""
    names = set(book.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return ""
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _elements(_RELATION, book.read("xl/_rels/workbook.xml.rels"))
    }
    for told in _elements(_SHEET, book.read("xl/workbook.xml")):
        if told.get("name", "").strip() == sheet.strip():
            target = targets.get(told.get("r:id") or told.get("id", ""), "")
            return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    return ""


def _elements(pattern: re.Pattern[str], content: bytes) -> Iterator[Mapping[str, str]]:
    for element in pattern.findall(content.decode("utf-8", "replace")):
        yield {
            name: html.unescape(double or single)
            for name, double, single in _ATTRIBUTE.findall(element)
        }
