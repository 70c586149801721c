"""Data as SDMX-JSON 1.0: each text once in a list, and observations as numbers of places there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from api.opened import OpenRelease
from api.sdmx.codes import code_lists
from api.sdmx.dialects import LINE, MARK, TEXT
from api.sdmx.errors import TOO_LARGE, SdmxError
from api.sdmx.names import (
    AGENCY,
    AGENCY_NAME,
    ATTRIBUTES,
    CELL,
    DIMENSIONS,
    FLOW,
    FLOW_NAME,
    RELEASE,
    TIME_DIMENSION,
    Component,
)
from api.sdmx.row_writing import Shape, written
from api.sdmx.series import SeriesBlock
from api.sdmx.xml import as_id, cited
from indicators.practice import is_practice_release

_DIMENSIONS: Final = (*DIMENSIONS, TIME_DIMENSION)
_ATTRIBUTES: Final = tuple(one for one in ATTRIBUTES if one.level == CELL)
_KEY: Final = len(DIMENSIONS)
_VALUE: Final = _KEY + 1
MOST_ROWS: Final = 20_000
"""It is made as a whole, and each text looked up: beyond that others would wait too long."""
Json = dict[str, Any]


@dataclass(frozen=True)
class _Column:
    """The texts of one column, each once as they come, and the place of each line's text there."""

    one: Component
    texts: tuple[str, ...]
    places: tuple[int | None, ...]


def json_message(release: OpenRelease, made: Iterable[SeriesBlock], shape: Shape) -> bytes:
    """Return a message; raises SdmxError where it would have more rows than JSON is given for."""
    alone = Shape(has_rows=shape.has_rows, has_attributes=shape.has_attributes, is_flat=True)
    held = list(_within(made))  # counted before any is written
    cells = list(zip(*_lines(release, held, alone if shape.has_rows else shape), strict=True))
    dimensions = [_column(*pair) for pair in zip(_DIMENSIONS, cells, strict=False)]
    attributes = [_column(*pair) for pair in zip(_ATTRIBUTES, cells[_VALUE + 1 :], strict=False)]
    # sdmx1 takes the next attribute for one of which no text is listed, so it is left out.
    attributes = [column for column in attributes if column.texts]
    data_set: Json = {"action": "Information"}
    if shape.has_attributes:
        data_set["attributes"] = [0]
    rows = _rows(cells[_VALUE], attributes) if shape.has_rows else ()
    if shape.is_flat:
        data_set["observations"] = dict(zip(_keys(dimensions), rows, strict=True))
    else:
        data_set["series"] = _in_series(dimensions, rows)
    told = _structure(release, dimensions, attributes, shape)
    return orjson.dumps({"header": _header(release), "dataSets": [data_set], "structure": told})


def _within(made: Iterable[SeriesBlock]) -> Iterator[SeriesBlock]:
    count = 0
    for one in made:
        count += len(one)
        if count > MOST_ROWS:
            text = (
                f"JSON is given for at most {MOST_ROWS:,} observations; ask for less, or for "
                "XML or CSV, which have no limit"
            )
            raise SdmxError(TOO_LARGE, text)
        yield one


def _lines(release: OpenRelease, made: Iterable[SeriesBlock], shape: Shape) -> Iterator[list[str]]:
    for one in made:
        for part in written(release, one, TEXT, shape):
            for line in part.decode().split(LINE)[:-1]:
                yield line.split(MARK)[1:]


def _column(one: Component, texts: Sequence[str]) -> _Column:
    """Return a column with its texts numbered; a blank one is none."""
    places = {text: place for place, text in enumerate(dict.fromkeys(filter(None, texts)))}
    return _Column(one, tuple(places), tuple(map(places.get, texts)))


def _keys(dimensions: Sequence[_Column]) -> list[str]:
    return [
        ":".join(places)
        for places in zip(*(map(str, one.places) for one in dimensions), strict=True)
    ]


def _rows(values: Sequence[str], attributes: Sequence[_Column]) -> Iterator[tuple[Any, ...]]:
    """Give of each observation its value before the places of its attributes."""
    numbers = orjson.loads(f"[{','.join(value or 'null' for value in values)}]")
    return zip(numbers, *(column.places for column in attributes), strict=True)


def _in_series(dimensions: Sequence[_Column], rows: Iterable[tuple[Any, ...]]) -> Json:
    keys = _keys(dimensions[:_KEY])
    series: Json = {key: {"observations": {}} for key in keys}
    if len(dimensions) > _KEY:
        times = map(str, dimensions[_KEY].places)
        for key, time, row in zip(keys, times, rows, strict=True):
            series[key]["observations"][time] = row
    return series


def _header(release: OpenRelease) -> Json:
    return {
        "id": as_id(f"{FLOW}-{release.id}"),
        "test": is_practice_release(release.id),
        "prepared": release.published_at,
        "sender": {"id": AGENCY, "name": AGENCY_NAME},
    }


def _structure(
    release: OpenRelease,
    dimensions: Sequence[_Column],
    attributes: Sequence[_Column],
    shape: Shape,
) -> Json:
    told = [
        {**_component(release, column), "keyPosition": place}
        for place, column in enumerate(dimensions)
    ]
    first = 0 if shape.is_flat else _KEY
    time = [{**column, "role": "time"} for column in told[_KEY:]]
    of_all = [_component(release, _Column(RELEASE, (release.id,), ()))]
    return {
        "name": FLOW_NAME,
        "description": cited(release),
        "dimensions": {
            "dataSet": [],
            "series": told[:first],
            "observation": [*told[first:_KEY], *time],
        },
        "attributes": {
            "dataSet": of_all if shape.has_attributes else [],
            "series": [],
            "observation": [_component(release, column) for column in attributes],
        },
    }


def _component(release: OpenRelease, column: _Column) -> Json:
    """Return a column with its texts: codes with their names, others as they are."""
    one, names = column.one, {}
    if one.codes:
        names = {code.id: code.name for code in code_lists(release)[one.codes].codes}
    is_coded = bool(one.codes) or one is TIME_DIMENSION
    return {
        "id": one.id,
        "name": one.name,
        "values": [
            {"id": text, "name": names.get(text, text)} if is_coded else {"name": text}
            for text in column.texts
        ],
    }
