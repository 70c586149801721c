"""The dimensions and attributes of a row: their codes with labels, order, total and cells.

Cells are those that the release stores; rows that an answer fills in (an authority that existed
and has no cell) are counted by /indicators/{id}/availability.
"""

import math
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from api.code_texts import SYMBOL_TEXTS
from api.contract import DimensionCodeRow
from api.labels import source_label, unit_label
from api.opened import OpenRelease
from api.unit_cards import unit_code
from indicators.cells import BREAKDOWN_COLUMNS, FLAGS, STATUSES, SYMBOL_STATUS, TOTAL
from indicators.export_rows import shown_type
from indicators.row_words import FLAG_TEXTS, FLAG_WORDS, STATUS_TEXTS, STATUS_WORDS
from reference.areas import AreaKind

CODE_COLUMNS: Final = tuple(DimensionCodeRow.__annotations__)
WHOLE: Final = "Total"
DIMENSION, ATTRIBUTE = "dimension", "attribute"


@dataclass(frozen=True)
class Code:
    """One code: its label, what else there is to know of it, what it is part of, its cells."""

    code: str
    label: str
    cells: int
    about: str = ""
    parent: str | None = None


@dataclass(frozen=True)
class Dimension:
    """One column of a row that holds codes."""

    id: str
    title: str
    about: str
    role: str
    codes: Callable[[OpenRelease], Iterator[Code]]
    total_code: str = ""


def dimension_cards(release: OpenRelease, parameters: Container[str]) -> list[dict[str, Any]]:
    """Return what dimensions there are, in the order of the columns of a row.

    `parameters` are the names that a query for rows can narrow them by.
    """
    return [
        {
            "id": one.id,
            "title": one.title,
            "about": one.about,
            "role": one.role,
            "narrowed_by": one.id if one.id in parameters else "",
            "total_code": one.total_code,
            "codes_held": len(codes_of(release, one)),
        }
        for one in DIMENSIONS.values()
    ]


def code_rows(release: OpenRelease, dimension: Dimension) -> list[dict[str, Any]]:
    """Return the codes of a dimension in the order in which answers have them."""
    return [
        {
            "dimension": dimension.id,
            "code": one.code,
            "label": one.label,
            "about": one.about,
            "order": place,
            "is_total": one.code == dimension.total_code and bool(dimension.total_code),
            "parent": one.parent,
            "cells": one.cells,
        }
        for place, one in enumerate(codes_of(release, dimension), 1)
    ]


def codes_of(release: OpenRelease, dimension: Dimension) -> list[Code]:
    """Return the codes of a dimension, read once from a release."""
    return release.recall(("codes", dimension.id), lambda: list(dimension.codes(release)))


def _counts(release: OpenRelease, column: str, size: int) -> list[int]:
    """Count cells by code; -1, which some columns have for none, is left out."""
    codes = release.snapshot.columns[column]
    held = codes[codes >= 0] if len(codes) else np.empty(0, dtype=np.int64)
    counts: list[int] = np.bincount(held, minlength=size).tolist()
    return counts


def _indicators(release: OpenRelease) -> Iterator[Code]:
    indicators = release.snapshot.indicators
    counts = _counts(release, "indicator", len(indicators))
    for one, cells in zip(indicators, counts, strict=True):
        yield Code(one.id, one.title, cells, one.definition, one.family or None)


def _areas(release: OpenRelease) -> Iterator[Code]:
    country = release.snapshot.places.country.code
    counts = _counts(release, "area", len(release.areas))
    for one, cells in zip(release.areas, counts, strict=True):
        whole = None if one.kind is AreaKind.COUNTRY else one.region or country
        yield Code(one.code, one.name, cells, shown_type(one), whole)


def _area_types(release: OpenRelease) -> Iterator[Code]:
    labels = release.snapshot.places.area_types
    cells: dict[str, int] = {}
    for one, held in zip(release.areas, _counts(release, "area", len(release.areas)), strict=True):
        cells[shown_type(one)] = cells.get(shown_type(one), 0) + held
    for shown, held in cells.items():
        yield Code(shown, labels.get(shown, shown.capitalize()), held)


def _periods(release: OpenRelease) -> Iterator[Code]:
    periods = release.snapshot.periods
    counts = _counts(release, "period", len(periods))
    for one, cells in zip(periods, counts, strict=True):
        yield Code(one.id, one.label, cells, f"{one.start} to {one.end}", one.kind.value)


def _parts(name: str) -> Callable[[OpenRelease], Iterator[Code]]:
    def codes(release: OpenRelease) -> Iterator[Code]:
        breakdowns = release.snapshot.index.breakdowns
        cells: dict[str, int] = {TOTAL: 0}
        counts = _counts(release, "breakdown", len(breakdowns))
        for breakdown, held in zip(breakdowns, counts, strict=True):
            code = getattr(breakdown, name)
            cells[code] = cells.get(code, 0) + held
        titles = _titles(release, name)
        ordered = [TOTAL, *(code for code in (*titles, *sorted(cells)) if code != TOTAL)]
        for code in dict.fromkeys(ordered):
            if code in cells:
                yield Code(code, titles.get(code, code), cells[code])

    return codes


def _titles(release: OpenRelease, name: str) -> Mapping[str, str]:
    """Return the titles of codes in one order of reading, that of each indicator kept."""
    told = [one.breakdown_titles.get(name, {}) for one in release.snapshot.indicators]
    order: list[str] = [TOTAL]
    for held in sorted(told, key=len, reverse=True):
        place = 0
        for code in held:
            if code not in order:
                order.insert(place + 1, code)
            place = order.index(code)
    if all(_SPAN.fullmatch(code) for code in order[1:]):
        order[1:] = sorted(order[1:], key=_span)
    titles = {code: title for held in told for code, title in held.items()}
    return {code: titles.get(code, WHOLE) for code in order}


_SPAN: Final = re.compile(r"(UNDER_)?(\d+)(?:_(\d+|PLUS))?")
"""Codes that are spans of numbers, such as ages: `UNDER_5`, `16`, `16_17`, `18_PLUS`."""


def _span(code: str) -> tuple[float, float]:
    """Return the first and last number of a span."""
    found = _SPAN.fullmatch(code)
    under, first, last = found.groups() if found else ("", "0", None)
    if under:
        return 0, int(first) - 1
    return int(first), math.inf if last == "PLUS" else int(last or first)


def _statuses(release: OpenRelease) -> Iterator[Code]:
    counts = _counts(release, "status", len(STATUSES))
    for one, cells in zip(STATUSES, counts, strict=True):
        yield Code(one.value, STATUS_WORDS[one], cells, STATUS_TEXTS[one])


def _flags(release: OpenRelease) -> Iterator[Code]:
    held = release.snapshot.columns["flags"]
    for place, one in enumerate(FLAGS):
        cells = int(np.count_nonzero(held & (1 << place))) if len(held) else 0
        yield Code(one.value, FLAG_WORDS[one], cells, FLAG_TEXTS[one])


def _symbols(release: OpenRelease) -> Iterator[Code]:
    symbols = release.snapshot.index.symbols
    for one, cells in zip(symbols, _counts(release, "symbol", len(symbols)), strict=True):
        status = SYMBOL_STATUS.get(one)
        means = f"given as the status {status}" if one and status else ""
        yield Code(one, SYMBOL_TEXTS.get(one, one), cells, means)


def _units(release: OpenRelease) -> Iterator[Code]:
    indicators = release.snapshot.indicators
    cells: dict[str, int] = {}
    counts = _counts(release, "indicator", len(indicators))
    for one, held in zip(indicators, counts, strict=True):
        cells[one.unit] = cells.get(one.unit, 0) + held
    for unit, held in cells.items():
        yield Code(unit, unit_label(unit), held, f"{unit_code(unit)} in unit_card")


def _sources(release: OpenRelease) -> Iterator[Code]:
    sources = release.snapshot.sources
    counts = _counts(release, "source", len(sources))
    for one, cells in zip(sources, counts, strict=True):
        yield Code(one.id, one.title or one.id, cells, source_label(one), one.table or None)


def _releases(release: OpenRelease) -> Iterator[Code]:
    releases = release.snapshot.index.releases
    counts = _counts(release, "updated_release", len(releases))
    yield from (Code(one, one, cells) for one, cells in zip(releases, counts, strict=True))


def _breakdown(name: str) -> Dimension:
    words = name.replace("_", " ")
    about = f"The part of a figure by {words}; `{TOTAL}` where it is not broken down."
    return Dimension(name, words.capitalize(), about, DIMENSION, _parts(name), TOTAL)


def _by_id(dimensions: Iterable[Dimension]) -> Mapping[str, Dimension]:
    return {one.id: one for one in dimensions}


DIMENSIONS: Final = _by_id(
    (
        Dimension("indicator", "Indicator", "What is measured; its parent is its family.",
                  DIMENSION, _indicators),
        Dimension("area", "Area", "Where; the parent of an authority is its region. The column is "
                  "`area_code`, its label `area_name`.", DIMENSION, _areas),
        Dimension("area_type", "Type of area", "The type of an authority, else the level.",
                  ATTRIBUTE, _area_types),
        Dimension("period", "Period", "When, in the order of its last day; its parent is the kind "
                  "of period.", DIMENSION, _periods),
        *map(_breakdown, BREAKDOWN_COLUMNS),
        Dimension("status", "Status", "Why there is a value, or none; each cell has one.",
                  ATTRIBUTE, _statuses),
        Dimension("flags", "Flags", "What else a reader must know; a cell has none or several.",
                  ATTRIBUTE, _flags),
        Dimension("source_symbol", "Sign", "What the publisher printed in place of a figure.",
                  ATTRIBUTE, _symbols),
        Dimension("unit", "Unit", "What values are counted in; fixed for each indicator.",
                  ATTRIBUTE, _units),
        Dimension("source", "Source", "The publication or return that a cell is from; its parent "
                  "is the kind of file.", ATTRIBUTE, _sources),
        Dimension("updated_release", "Release of the last change", "The release that first gave "
                  "the cell as it is.", ATTRIBUTE, _releases),
    )
)  # fmt: skip
"""Every column of a row that holds codes."""
