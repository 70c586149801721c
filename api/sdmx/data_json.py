"""Data as SDMX-JSON 1.0: each text once in a list, and observations as numbers of places there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from api.contract import MOST_JSON_ROWS
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

_ATTRIBUTES: Final = tuple(one for one in ATTRIBUTES if one.level == CELL)
_KEY: Final = len(DIMENSIONS)
_VALUE: Final = _KEY + 1
Json = dict[str, Any]
_Line = tuple[list[str], list[Any]]


@dataclass
class _Numbered:
    """The texts of each column by the number they get, in the order in which they come."""

    columns: list[dict[str, int]] = field(
        default_factory=lambda: [{} for _ in range(_VALUE + 1 + len(_ATTRIBUTES))]
    )

    def of(self, column: int, text: str) -> int:
        """Return the number of a text."""
        numbers = self.columns[column]
        return numbers.setdefault(text, len(numbers))


def json_message(release: OpenRelease, made: Iterable[SeriesBlock], shape: Shape) -> bytes:
    """Return a message; raises SdmxError where it would have more rows than JSON is given for."""
    numbered = _Numbered()
    alone = Shape(has_rows=shape.has_rows, has_attributes=shape.has_attributes, is_flat=True)
    texts = _lines(release, _within(made), alone if shape.has_rows else shape)
    lines = _numbered_lines(texts, numbered)
    # sdmx1 takes the next attribute for one of which no value is listed, so it is left out.
    told = [place for place in range(len(_ATTRIBUTES)) if numbered.columns[_VALUE + 1 + place]]
    kept = (0, *(place + 1 for place in told))
    data_set: Json = {"action": "Information"}
    if shape.has_attributes:
        data_set["attributes"] = [0]
    if shape.is_flat:
        data_set["observations"] = _alone(lines, kept)
    else:
        data_set["series"] = _in_series(lines, kept)
    return orjson.dumps(
        {
            "header": _header(release),
            "dataSets": [data_set],
            "structure": _structure(release, numbered, shape, told),
        }
    )


def _within(made: Iterable[SeriesBlock]) -> Iterator[SeriesBlock]:
    count = 0
    for one in made:
        count += len(one)
        if count > MOST_JSON_ROWS:
            text = (
                f"JSON is given for at most {MOST_JSON_ROWS:,} observations; ask for less, or for "
                "XML or CSV, which have no limit"
            )
            raise SdmxError(TOO_LARGE, text)
        yield one


def _lines(release: OpenRelease, made: Iterable[SeriesBlock], shape: Shape) -> Iterator[list[str]]:
    for one in made:
        for part in written(release, one, TEXT, shape):
            for line in part.decode().split(LINE)[:-1]:
                yield line.split(MARK)[1:]


def _numbered_lines(lines: Iterable[list[str]], numbered: _Numbered) -> list[_Line]:
    """Return of each line the numbers of its key, and its value before those of its attributes."""
    return [
        (
            [str(numbered.of(place, text)) for place, text in enumerate(cells[:_VALUE])],
            _observation(cells[_VALUE:], numbered),
        )
        for cells in lines
    ]


def _observation(cells: Sequence[str], numbered: _Numbered) -> list[Any]:
    if not cells:
        return []
    value, *attributes = cells
    numbers = (
        numbered.of(place, text) if text else None
        for place, text in enumerate(attributes, _VALUE + 1)
    )
    return [orjson.loads(value) if value else None, *numbers]


def _in_series(lines: Iterable[_Line], kept: Sequence[int]) -> Json:
    series: Json = {}
    for key, row in lines:
        held = series.setdefault(":".join(key[:_KEY]), {"observations": {}})
        if row:
            held["observations"][key[_KEY]] = [row[place] for place in kept]
    return series


def _alone(lines: Iterable[_Line], kept: Sequence[int]) -> Json:
    return {":".join(key): [row[place] for place in kept] for key, row in lines}


def _header(release: OpenRelease) -> Json:
    return {
        "id": as_id(f"{FLOW}-{release.id}"),
        "test": is_practice_release(release.id),
        "prepared": release.published_at,
        "sender": {"id": AGENCY, "name": AGENCY_NAME},
    }


def _structure(
    release: OpenRelease, numbered: _Numbered, shape: Shape, told: Sequence[int]
) -> Json:
    dimensions = [
        {**_component(release, one, numbered.columns[place]), "keyPosition": place}
        for place, one in enumerate((*DIMENSIONS, TIME_DIMENSION))
    ]
    dimensions[_KEY]["role"] = "time"
    first = 0 if shape.is_flat else _KEY
    attributes = [
        _component(release, _ATTRIBUTES[place], numbered.columns[_VALUE + 1 + place])
        for place in told
    ]
    of_all = [_component(release, RELEASE, {release.id: 0})]
    return {
        "name": FLOW_NAME,
        "description": cited(release),
        "dimensions": {
            "dataSet": [],
            "series": dimensions[:first],
            "observation": dimensions[first:],
        },
        "attributes": {
            "dataSet": of_all if shape.has_attributes else [],
            "series": [],
            "observation": attributes,
        },
    }


def _component(release: OpenRelease, one: Component, numbers: dict[str, int]) -> Json:
    """Return a column with its texts: codes with their names, others as they are."""
    names = {}
    if one.codes:
        names = {code.id: code.name for code in code_lists(release)[one.codes].codes}
    is_coded = bool(one.codes) or one is TIME_DIMENSION
    return {
        "id": one.id,
        "name": one.name,
        "values": [
            {"id": text, "name": names.get(text, text)} if is_coded else {"name": text}
            for text in numbers
        ],
    }
