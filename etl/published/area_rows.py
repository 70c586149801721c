"""Which areas the codes of a table mean, and where level, code and number disagree."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.findings import Finding, quoted
from etl.published.canonical import CanonicalTable, Rows, findings_at
from etl.raw_tables import Codes, Mask
from etl.tables import Level, level_of, plain
from reference.areas import Area, AreaKind, UnknownAreaError
from reference.places import PlaceSet

_NOWHERE: Final = frozenset({"", "x", "z", "unknown", "not available", "not applicable"})
"""Texts that stand in place of an area code on rows of children whose area is not known."""

_KINDS: Final[Mapping[str, frozenset[AreaKind]]] = {
    "country": frozenset({AreaKind.COUNTRY}),
    "region": frozenset({AreaKind.REGION, AreaKind.SUBREGION}),
    "subregion": frozenset({AreaKind.SUBREGION}),
    "authority": frozenset({AreaKind.AUTHORITY}),
}


_ORDER: Final[Sequence[Level]] = ("country", "region", "authority")


def _deeper(level: str) -> Sequence[Level]:
    """Return the levels below a level, as published tables nest them."""
    places = [place for place, name in enumerate(_ORDER) if name == level]
    return _ORDER[places[0] + 1 :] if places else ()


class AreaRows:
    """The areas that the codes of a table mean; every distinct code is looked up once."""

    def __init__(self, table: CanonicalTable, places: PlaceSet) -> None:
        self._table = table
        self._places = places
        self._problems: dict[int, tuple[str, str, str]] = {}
        self._column = table.columns[table.table.areas.level]
        self._level = [level_of(table.table, text) or "" for text in self._column.texts]
        self._column_at: dict[str, str] = {n: _telling(table, n) for n in set(self._level) if n}
        self._texts, self._codes = self._code_texts()
        self._pairs, self._pair = _distinct_pairs(self._codes, self._column.codes)
        self._meant = [
            self._areas_of(number, code, level) for number, (code, level) in enumerate(self._pairs)
        ]
        distinct = {a.code: a for areas in self._meant for a in areas or ()}
        self.areas = tuple(distinct.values())
        place = {code: number for number, code in enumerate(distinct)}
        self._places_of = [tuple(place[a.code] for a in areas or ()) for areas in self._meant]

    def _areas_of(self, number: int, code: int, level: int) -> tuple[Area, ...] | None:
        """Return the areas that a code means; none where its row is of no known area."""
        text = self._texts[code]
        if plain(text) in _NOWHERE:
            return ()
        joined = self._table.table.areas.joined_by
        parts = text.split(joined.strip()) if joined and joined.strip() in text else [text]
        try:
            areas = tuple(self._places.resolve(part.strip()) for part in parts)
        except UnknownAreaError:
            self._problems[number] = (
                "unknown_area",
                f"the code of an area in {self._places.title}",
                "mend the code, or remove the row",
            )
            return None
        wanted = _KINDS[self._level[level]]
        wrong = next((area for area in areas if area.kind not in wanted), None)
        if wrong is not None:
            self._problems[number] = (
                "level_and_code_disagree",
                f"the code of a {self._level[level]}; this is the {wrong.kind} {wrong.name}",
                "mend the level or the code",
            )
            return None
        return areas

    @property
    def is_sound(self) -> Mask:
        """Rows whose code means at least one area, without a problem."""
        return np.array([bool(areas) for areas in self._meant], dtype=bool)[self._pair]

    @property
    def passed_over(self) -> Mapping[str, int]:
        """How many rows are about no known area."""
        is_nowhere = np.array([areas == () for areas in self._meant], dtype=bool)[self._pair]
        return {"rows of an unknown area": int(is_nowhere.sum())}

    def findings(self) -> Iterator[Finding]:
        """Say which codes are wrong, one finding for each code, at the first row that has it."""
        for number, (rule, expected, advice) in self._problems.items():
            rows = np.flatnonzero(self._pair == number)
            code, level = self._pairs[number]
            text = self._texts[code]
            yield from findings_at(
                self._table,
                rule,
                rows[:1],
                self._column_at[self._level[level]] or self._table.table.areas.level,
                lambda _row, text=text: quoted(text),  # type: ignore[misc]
                expected,
                advice + self._by_name(int(rows[0]), level),
            )
        yield from self._deeper_findings()
        yield from self._number_findings()

    def _deeper_findings(self) -> Iterator[Finding]:
        """Say where a row of one level also has the code of a smaller area."""
        held = self._table.columns
        columns = {k: v for k, v in self._table.table.areas.code.items() if v in held}
        for place, level in enumerate(self._level):
            own = {column for name, column in columns.items() if name == level}
            for name in {columns[deeper] for deeper in _deeper(level) if deeper in columns} - own:
                column = self._table.columns[name]
                blank = np.array([plain(text) in _NOWHERE for text in column.texts], dtype=bool)
                at_level = (self._column.codes == place) & self.is_sound
                rows = np.flatnonzero(at_level & ~blank[column.codes])
                yield from findings_at(
                    self._table,
                    "level_and_code_disagree",
                    rows,
                    name,
                    lambda row, column=column: quoted(column[row]),  # type: ignore[misc]
                    f"no code here on a row of a {level}",
                    "mend the level of the row or remove the code",
                )

    def _code_texts(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Put what tells the area at each level into one: each row has that of its own level."""
        texts: list[str] = []
        codes = np.zeros(self._table.raw.height, dtype=np.int64)
        for place, level in enumerate(self._level):
            if not level:
                continue
            rows = self._column.codes == place
            name = self._column_at[level]
            if name:
                column = self._table.columns[name]
                codes[rows] = column.codes[rows].astype(np.int64) + len(texts)
                texts.extend(column.texts)
            else:
                codes[rows] = len(texts)
                texts.append(self._places.country.code)
        return tuple(texts), codes

    def _by_name(self, row: int, level: int) -> str:
        """Return a hint with the code of the area that the row names, if that is known."""
        column = self._table.table.areas.name.get(self._level[level], "")  # type: ignore[arg-type]
        name = self._table.columns[column][row] if column in self._table.columns else ""
        try:
            area = self._places.resolve(name)
        except UnknownAreaError:
            return ""
        return f"; the row names {area.name}, whose code is {area.code}"

    def _number_findings(self) -> Iterator[Finding]:
        """Compare the authority number with the code where a table has both."""
        name = self._table.table.areas.number
        numbers = self._table.columns.get(name)
        if numbers is None:
            return
        pairs, pair = _distinct_pairs(self._pair, numbers.codes)
        for number, (meant, text) in enumerate(pairs):
            areas, given = self._meant[meant], numbers.texts[text]
            held = [area.number for area in areas or ()]
            is_authority = all(a.kind is AreaKind.AUTHORITY for a in areas or ())
            if not held or None in held or not is_authority or plain(given) in _NOWHERE:
                continue
            if [part.strip() for part in given.split("/")] != held:
                yield from findings_at(
                    self._table,
                    "code_and_number_disagree",
                    np.flatnonzero(pair == number),
                    name,
                    lambda _row, given=given: quoted(given),  # type: ignore[misc]
                    f"{' / '.join(map(str, held))}, the number of "
                    f"{' / '.join(area.name for area in areas or ())}",
                    "mend the number or the code",
                )

    def expanded(self, rows: Rows) -> tuple[Rows, Codes, Mask]:
        """Return rows, areas and whether joint; a row of two authorities comes twice."""
        width = np.array([len(found) for found in self._places_of], dtype=np.int64)
        repeats = width[self._pair[rows]]
        out = np.repeat(rows, repeats)
        first = np.repeat(np.cumsum(repeats) - repeats, repeats)
        nth = np.arange(len(out)) - first
        start = np.cumsum(width) - width
        flat = np.array([p for found in self._places_of for p in found], dtype=np.int32)
        area = flat[start[self._pair[out]] + nth] if len(out) else np.zeros(0, np.int32)
        return out, area, np.repeat(repeats > 1, repeats)


def _telling(table: CanonicalTable, level: str) -> str:
    """Return the column that tells the area of a row; '' where its level alone does."""
    areas = table.table.areas
    column: str = areas.code.get(level, "")  # type: ignore[call-overload]
    if column and (column in table.columns or not areas.names_may_do):
        return column
    return "" if level == "country" else areas.name[level]  # type: ignore[index]


def _distinct_pairs(
    left: NDArray[Any], right: NDArray[Any]
) -> tuple[list[tuple[int, int]], NDArray[np.int64]]:
    """Give a number to the pairs of two columns of codes that occur together."""
    width = int(right.max(initial=0)) + 1
    distinct, pair = np.unique(left.astype(np.int64) * width + right, return_inverse=True)
    return [(int(key) // width, int(key) % width) for key in distinct], pair
