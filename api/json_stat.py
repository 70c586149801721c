"""Figures as a JSON-stat 2.0 cube: one value for each combination of categories.

Every column of the key is a dimension, also where it has one category, so that the key of a cell is
always had in the same way. A cell of the cube that is no row of the answer is null and has no
status; a row without a value is null and has one. `extension` holds the other numbers of a row,
each as long as `value`, and flags and symbols by the place of the cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from api.asking import Asked
from api.blocks import Block
from api.columns import OK, Columns, ends_of
from api.cost import MOST_CELLS, refuse_beyond
from api.opened import OpenRelease
from api.row_text import named, one_by_one
from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, TOTAL, Flag, flag_names
from indicators.citation import publishers_of
from indicators.model import Indicator
from indicators.row_words import FLAG_TEXTS, STATUS_TEXTS

Codes = NDArray[np.int64]

TIME: Final = "period"
GEO: Final = "area_code"
METRIC: Final = "indicator"
ALONGSIDE: Final = ("numerator", "denominator", "ci_lower", "ci_upper")
"""Numbers of a row beside its value."""
LEFT_OUT: Final = ("definition_version", "ci_level", "source", "updated_release")
"""Columns of a row that a cube has no room for."""

_WHOLE: Final = "Not broken down"
_OPTIONS: Final = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True)
class Dimension:
    """One dimension: its categories in order, and by code of the release which one it is."""

    name: str
    ids: tuple[str, ...]
    place: Codes
    labels: Callable[[str], str]
    codes: Callable[[Block], Codes]

    @property
    def label(self) -> str:
        """Return its name in words."""
        return self.name.removesuffix("_code").replace("_", " ").capitalize()


def json_stat(asked: Asked, told: Mapping[str, Any], found: Sequence[Block]) -> bytes:
    """Return rows as a cube; raises ProblemError where it would be too large."""
    release = asked.release
    dimensions = _dimensions(release, found)
    sizes = [len(one.ids) for one in dimensions]
    cells = int(np.prod(sizes, dtype=np.float64))
    refuse_beyond(asked, cells, MOST_CELLS, "cells", "JSON-stat")
    content = {
        "version": "2.0",
        "class": "dataset",
        **_href(asked),
        "label": _label(release, dimensions[0], told),
        "source": "; ".join(_publishers(release, found)) or told["citation"]["author"],
        "updated": told["published_at"],
        "note": [told["not_official"], *told["warnings"]],
        "id": [one.name for one in dimensions],
        "size": sizes,
        "role": {"time": [TIME], "geo": [GEO], "metric": [METRIC]},
        "dimension": {one.name: _described(release, one) for one in dimensions},
        **_filled(release, dimensions, found, cells),
    }
    content["extension"] |= {"meta": told, "pinned": asked.pinned_url, "left_out": LEFT_OUT}
    return orjson.dumps(content, option=_OPTIONS)


def _label(release: OpenRelease, indicators: Dimension, told: Mapping[str, Any]) -> str:
    ids = indicators.ids
    title: str = told["citation"]["title"]
    return f"{release.snapshot.by_id[ids[0]].title} – {title}" if len(ids) == 1 else title


def _href(asked: Asked) -> dict[str, str]:
    """Return the address that gives this again; JSON-stat wants it whole."""
    address = asked.release.public_url
    return {"href": f"{address}{asked.pinned_url}"} if address else {}


def _dimensions(release: OpenRelease, found: Sequence[Block]) -> list[Dimension]:
    """Return the dimensions in the order of a key, with the categories that the rows have."""
    snapshot, index = release.snapshot, release.snapshot.index
    indicators = snapshot.indicators
    used = sorted({code for block in found for code in np.unique(block.breakdown).tolist()})
    shown = [indicators[code] for code in _present(found, lambda block: block.indicator)]
    return [
        _of_codes(METRIC, [one.id for one in indicators], found, lambda b: b.indicator,
                  lambda id: snapshot.by_id[id].title),
        _of_codes(TIME, index.periods, found, lambda b: b.period, _period_labels(release, shown)),
        _of_codes(GEO, index.areas, found, lambda b: b.area,
                  lambda code: snapshot.places.area(code).name),
        *(_of_breakdown(release, name, used, shown) for name in BREAKDOWN_COLUMNS),
    ]  # fmt: skip


def _present(found: Sequence[Block], codes: Callable[[Block], Codes]) -> list[int]:
    return sorted({code for block in found for code in np.unique(codes(block)).tolist()})


def _of_codes(
    name: str,
    ids: Sequence[str],
    found: Sequence[Block],
    codes: Callable[[Block], Codes],
    labels: Callable[[str], str],
) -> Dimension:
    present = _present(found, codes)
    place = np.zeros(len(ids), dtype=np.int64)
    place[present] = np.arange(len(present))
    return Dimension(name, tuple(ids[code] for code in present), place, labels, codes)


def _of_breakdown(
    release: OpenRelease, name: str, used: Sequence[int], shown: Sequence[Indicator]
) -> Dimension:
    held = [getattr(one, name) for one in release.snapshot.index.breakdowns]
    ids = sorted({held[code] for code in used}, key=lambda code: (code != TOTAL, code))
    place = np.asarray([ids.index(code) if code in ids else 0 for code in held], dtype=np.int64)
    titles: dict[str, str] = {TOTAL: _WHOLE}
    for one in reversed(shown):
        titles |= one.breakdown_titles.get(name, {})
    return Dimension(
        name, tuple(ids), place, lambda code: titles.get(code, code), lambda block: block.breakdown
    )


def _period_labels(release: OpenRelease, shown: Sequence[Indicator]) -> Callable[[str], str]:
    """Return how periods are called: as of a snapshot only where every indicator is one."""
    periods = {period.id: period for period in release.snapshot.periods}
    is_snapshot = all(one.measured == "snapshot" for one in shown)
    return lambda id: periods[id].label_for("snapshot" if is_snapshot else "during")


def _described(release: OpenRelease, dimension: Dimension) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": dimension.ids,
        "label": {id: dimension.labels(id) for id in dimension.ids},
    }
    if dimension.name == METRIC:
        shown = [release.snapshot.by_id[id] for id in dimension.ids]
        category["unit"] = {one.id: {"label": one.unit, "decimals": one.decimals} for one in shown}
        category["note"] = {one.id: [one.definition, *one.caveats] for one in shown}
    return {"label": dimension.label, "category": category}


def _filled(
    release: OpenRelease, dimensions: Sequence[Dimension], found: Sequence[Block], cells: int
) -> dict[str, Any]:
    """Return values, statuses and what else is told of each cell."""
    numbers = {name: np.full(cells, np.nan) for name in ("value", *ALONGSIDE)}
    status: dict[int, str] = {}
    flags: dict[int, list[str]] = {}
    symbols: dict[int, str] = {}
    for rows in (rows for block in found for rows in one_by_one(block)):
        places = _places(dimensions, rows)
        columns = Columns(release, rows)
        for name, held in numbers.items():
            is_limit = name.startswith("ci_")
            held[places] = columns.limits(name) if is_limit else columns.numbers(name)
        is_without = rows.status != OK
        reasons = zip(places[is_without].tolist(), rows.status[is_without].tolist(), strict=True)
        status.update((place, str(STATUSES[code])) for place, code in reasons)
        for place, flag, symbol in _told(release, rows, places):
            if flag:
                flags[place] = list(flag_names(flag))
            if symbol:
                symbols[place] = symbol
    alongside = {name: numbers[name] for name in ALONGSIDE if np.isfinite(numbers[name]).any()}
    return {
        "value": numbers["value"],
        **({"status": status} if status else {}),
        "extension": {
            "status": {"label": {str(key): text for key, text in STATUS_TEXTS.items()}},
            "flag": {"label": {str(flag): FLAG_TEXTS[flag] for flag in Flag}},
            **alongside,
            "flags": flags,
            "source_symbol": symbols,
        },
    }


def _places(dimensions: Sequence[Dimension], rows: Block) -> Codes:
    """Return where each row stands in the cube, the last dimension running fastest."""
    places = np.zeros(len(rows), dtype=np.int64)
    for one in dimensions:
        places = places * len(one.ids) + one.place[one.codes(rows)]
    return places


def _told(release: OpenRelease, rows: Block, places: Codes) -> Iterator[tuple[int, int, str]]:
    """Give the place, flags and symbol of the rows that have any."""
    held = ends_of(release, int(rows.indicator[0]))
    symbols = [named(release.snapshot.index.symbols, end.symbol) for end in held.ends]
    tells = np.asarray(
        [bool(end.flags or symbol) for end, symbol in zip(held.ends, symbols, strict=True)]
    )
    ends = held.of(rows)
    is_told = tells[ends]
    for place, end in zip(places[is_told].tolist(), ends[is_told].tolist(), strict=True):
        yield place, held.ends[end].flags, symbols[end]


def _publishers(release: OpenRelease, found: Sequence[Block]) -> tuple[str, ...]:
    column = release.snapshot.columns["source"]
    codes = {
        code
        for block in found
        for code in np.unique(column[block.position[block.is_held]]).tolist()
    }
    return publishers_of(release.snapshot.sources[code] for code in sorted(codes) if code >= 0)
