"""The rows of a table that one indicator is read from, with their parts beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from etl.published.canonical import Rows
from etl.published.figures import Figures, added_up, no_figures
from etl.published.located import LocatedTable
from etl.raw_tables import Mask, TextColumn
from etl.tables import plain
from indicators.arithmetic import Numbers
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.source_rows import POPULATION, SourceRows
from reference.areas import AreaKind
from reference.periods import parse_period
from reference.places import PlaceSet

_NO_FIGURE: Final = -1


@dataclass(frozen=True)
class PickedRows:
    """Positions in a located table, and each row's breakdown (a position in `breakdowns`)."""

    located: LocatedTable
    at: Rows
    breakdown: Rows
    breakdowns: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Return how many rows were picked."""
        return len(self.at)

    def taken(self, rows: Mask) -> "PickedRows":
        """Return only some of the rows."""
        return PickedRows(self.located, self.at[rows], self.breakdown[rows], self.breakdowns)

    def column(self, name: str) -> TextColumn:
        """Return a column's texts at the rows picked."""
        return self.located.table.columns[name].taken(self.file_rows)

    @property
    def file_rows(self) -> Rows:
        """Positions in the file's table."""
        return self.located.rows[self.at]

    @property
    def area(self) -> Rows:
        """Positions in the located table's areas."""
        return self.located.area[self.at].astype(np.int64)

    @property
    def period(self) -> Rows:
        """Positions in the located table's periods."""
        return self.located.period[self.at].astype(np.int64)

    @property
    def key(self) -> Rows:
        """One number for period, area and breakdown."""
        places, times = len(self.located.areas), len(self.breakdowns)
        return (self.period * places + self.area) * times + self.breakdown


def picked_rows(located: LocatedTable, source: SourceRows) -> PickedRows:
    """Pick rows by spelling, breakdown, level and period, as the indicator's source says."""
    rows = _picked(located, source, source.rows)
    kinds = np.array([area.kind for area in located.areas], dtype=object)
    wanted = {AreaKind(level) for level in source.levels}
    if AreaKind.REGION in wanted:
        wanted.add(AreaKind.SUBREGION)  # published beside regions, at the same level
    if source.compute_country:
        wanted.discard(AreaKind.COUNTRY)
    is_wanted = np.array([kind in wanted for kind in kinds], dtype=bool)
    in_time = np.array([_is_in_time(p.id, source) for p in located.periods], dtype=bool)
    return rows.taken(is_wanted[rows.area] & in_time[rows.period]) if len(rows) else rows


def _is_in_time(period: str, source: SourceRows) -> bool:
    end = parse_period(period).end
    first, last = source.first_period, source.last_period
    return not (first and end < parse_period(first).end) and not (
        last and end > parse_period(last).end
    )


def _picked(
    located: LocatedTable, source: SourceRows, rows: Mapping[str, tuple[str, ...]]
) -> PickedRows:
    held = np.ones(len(located.rows), dtype=bool)
    for name, spellings in rows.items():
        held &= _has_spelling(located.table.columns[name], spellings)[located.rows]
    at = np.flatnonzero(held)
    breakdown, breakdowns = _breakdowns(located, source, at, set(rows))
    known = breakdown != _NO_FIGURE
    return PickedRows(located, at[known], breakdown[known], breakdowns)


def _has_spelling(column: TextColumn, spellings: tuple[str, ...]) -> Mask:
    wanted = {plain(spelling) for spelling in spellings}
    return column.mapped(lambda text: plain(text) in wanted, np.bool_)


def _breakdowns(
    located: LocatedTable, source: SourceRows, at: Rows, fixed: set[str]
) -> tuple[Rows, tuple[tuple[str, ...], ...]]:
    """Return each row's combination of breakdown codes; -1 where a spelling is not listed."""
    combined = np.zeros(len(at), dtype=np.int64)
    is_known = np.ones(len(at), dtype=bool)
    lists: list[tuple[str, ...]] = [()]
    for name in BREAKDOWN_COLUMNS:
        rule = source.breakdowns.get(name)
        codes: tuple[str, ...] = (TOTAL,)
        if rule is not None and rule.column not in fixed:
            codes = tuple(dict.fromkeys(rule.codes.values()))
            of = {plain(text): codes.index(code) for text, code in rule.codes.items()}
            column = located.table.columns[rule.column].taken(located.rows[at])
            place = column.mapped(lambda text, of=of: of.get(plain(text), _NO_FIGURE), np.int64)  # type: ignore[misc]
            is_known &= place != _NO_FIGURE
            combined = combined * len(codes) + place
        lists = [(*before, code) for before in lists for code in codes]
    return np.where(is_known, combined, _NO_FIGURE), tuple(lists)


def measure(rows: PickedRows, name: str) -> Figures:
    """Return the figures of a column at the rows picked; none where the vintage lacks it."""
    table = rows.located.table
    is_held = name in table.columns
    return table.figures(name).taken(rows.file_rows) if is_held else no_figures(len(rows))


def numerator_of(rows: PickedRows, source: SourceRows) -> Figures:
    """Return the numerators: a column, other rows of it added up, or whether a word fits."""
    if source.counted_where:
        return _counted(rows, source.counted_where)
    if not source.numerator_rows:
        return measure(rows, source.numerator)
    others = _picked(rows.located, source, {**source.rows, **source.numerator_rows})
    return _matched(rows, others, measure(others, source.numerator), source, source.numerator_rows)


def _counted(rows: PickedRows, wanted: Mapping[str, tuple[str, ...]]) -> Figures:
    """Return 1 where every column has one of the words, 0 where it has another, else nothing."""
    number = np.ones(len(rows), dtype=np.float64)
    for name, words in wanted.items():
        column = rows.column(name)
        number *= _has_spelling(column, words)
        number[column.mapped(lambda text: not text, np.bool_)] = np.nan
    return replace(no_figures(len(rows)), number=number)


def parts_read(rows: PickedRows, source: SourceRows) -> Iterator[tuple[PickedRows, str]]:
    """Yield the rows and columns that numerators and denominators are read from."""
    for other, names in (
        (source.numerator_rows, (source.numerator,) if source.numerator else ()),
        (source.denominator_rows, source.denominator_columns),
    ):
        held = _picked(rows.located, source, {**source.rows, **other}) if other else rows
        yield from ((held, name) for name in names)


def denominator_of(
    rows: PickedRows, source: SourceRows, places: PlaceSet, published_on: str
) -> Figures:
    """Return the denominators: a population, other rows of the table, or a sum of columns."""
    if source.counted_where:
        return replace(no_figures(len(rows)), number=np.ones(len(rows), dtype=np.float64))
    if source.denominator == POPULATION:
        return Figures(
            _populations(rows, places, published_on),
            np.full(len(rows), "", dtype=object),
            np.zeros(len(rows), dtype=bool),
        )
    names = source.denominator_columns
    if not names:
        return no_figures(len(rows))
    if not source.denominator_rows:
        return added_up([measure(rows, name) for name in names])
    others = _picked(rows.located, source, {**source.rows, **source.denominator_rows})
    figures = added_up([measure(others, name) for name in names])
    return _matched(rows, others, figures, source, source.denominator_rows)


def _populations(rows: PickedRows, places: PlaceSet, published_on: str) -> Numbers:
    """Return children aged 0 to 17 at the mid-year before the period's end, as rates use.

    Estimates are revised: a publication is read with those that were known when it came out.
    """
    return rows.located.populations(places, published_on)[rows.period, rows.area]


def _matched(
    rows: PickedRows,
    others: PickedRows,
    figures: Figures,
    source: SourceRows,
    picked_by: Mapping[str, tuple[str, ...]],
) -> Figures:
    """Return for each row what the other rows of its period, area and breakdown add up to.

    A row that repeats another (the same words in the columns picked by) counts once; one missing
    part leaves no sum, and its symbol is the reason.
    """
    if not len(others):
        return no_figures(len(rows))
    once = _once(others, picked_by)
    others, figures = others.taken(once), figures.taken(once)
    keys, group = np.unique(others.key, return_inverse=True)
    number = np.bincount(group, weights=figures.number, minlength=len(keys))
    is_bad = np.bincount(group, weights=figures.is_bad, minlength=len(keys)) > 0
    symbol = np.full(len(keys), "", dtype=object)
    for place in np.flatnonzero(figures.symbol != "")[::-1]:
        symbol[group[place]] = figures.symbol[place]
    wanted = _key_among(rows, others, source, picked_by)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = keys[at] == wanted
    return Figures(
        np.where(hit, number[at], np.nan),
        np.where(hit, symbol[at], ""),
        hit & is_bad[at],
    )


def _key_among(
    rows: PickedRows, others: PickedRows, source: SourceRows, picked_by: Iterable[str]
) -> Rows:
    """Return each row's key among other rows: parts share the whole that these are picked as."""
    columns = [
        source.breakdowns[n].column if n in source.breakdowns else "" for n in BREAKDOWN_COLUMNS
    ]
    is_shared = [column in set(picked_by) for column in columns]
    place = {codes: number for number, codes in enumerate(others.breakdowns)}
    of = [
        place[tuple(TOTAL if shared else c for shared, c in zip(is_shared, codes, strict=True))]
        for codes in rows.breakdowns
    ]
    breakdown = np.array(of, dtype=np.int64)[rows.breakdown]
    return replace(rows, breakdown=breakdown, breakdowns=others.breakdowns).key


def _once(rows: PickedRows, columns: Iterable[str]) -> Mask:
    """Tell the first of rows that have the same key and the same words in some columns."""
    key = rows.key
    for name in columns:
        column = rows.column(name)
        key = np.unique(key, return_inverse=True)[1] * len(column.texts) + column.codes
    first = np.zeros(len(rows), dtype=bool)
    first[np.unique(key, return_index=True)[1]] = True
    return first
