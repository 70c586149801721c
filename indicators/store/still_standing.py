"""Where a withheld count can still be read: in other cells of the area and period, or in sums.

What a publisher gave stays its publisher's, so nothing is withheld here; whoever withholds is told
where the count stands, never the count.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import sqlalchemy as sa

from indicators.cells import BREAKDOWN_COLUMNS, KEY_COLUMNS, TOTAL, Breakdown
from indicators.draft import Redaction
from indicators.store.contents import standing_releases
from indicators.store.history import release_ids
from indicators.store.tables import breakdown, cell

COUNTED: Final = ("numerator", "denominator")
_SPAN: Final = ("from_release", "to_release")
_COMMAND: Final = "outcomes release redact"
_NOT_SEARCHED: Final = (
    "Not searched: other periods, published totals of other areas less their authorities, and "
    "values without a count"
)

Place = tuple[str, str]
"""An area and a period."""
Found = tuple[str, Breakdown, str]
"""An indicator, a breakdown, and how the count stands there."""


@dataclass(frozen=True)
class Standing:
    """A cell by which a withheld count can still be read, how, and in which releases."""

    indicator: str
    period: str
    area: str
    breakdown: Breakdown
    how: str
    releases: tuple[str, ...]


def counts_shown(cells: pd.DataFrame, counts: Collection[float]) -> Iterator[Found]:
    """Give the cells by which counts can be read, and how.

    In: cells of one area, period and release. A count may be a number of a cell, the sum of a
    whole's parts, or what is left of a whole without the other parts.
    """
    for column in COUNTED:
        for row in cells[cells[column].isin(counts)].itertuples():
            yield str(row.indicator), _breakdown(row), f"as its {column}"
        for dimension in BREAKDOWN_COLUMNS:
            yield from _in_sums(cells[cells[column].notna()], column, dimension, counts)


def _in_sums(
    cells: pd.DataFrame, column: str, dimension: str, counts: Collection[float]
) -> Iterator[Found]:
    others = [name for name in BREAKDOWN_COLUMNS if name != dimension]
    is_part = cells[dimension] != TOTAL
    if not is_part.any():
        return
    for _, rows in cells.groupby(["indicator", *others]):
        parts = rows[is_part[rows.index]]
        total, wholes = parts[column].sum(), rows[column][~is_part[rows.index]]
        if len(parts) > 1 and total in counts:
            shown, how = parts, f"in the sum of its parts by {dimension} ({column})"
        elif len(parts) and any(whole - total in counts for whole in wholes):
            shown, how = rows, f"in the whole less its other parts by {dimension} ({column})"
        else:
            continue
        for row in shown.itertuples():
            yield str(row.indicator), _breakdown(row), how


def _breakdown(row: object) -> Breakdown:
    return Breakdown(**{name: getattr(row, name) for name in BREAKDOWN_COLUMNS})


def withheld_counts(
    connection: sa.Connection, redactions: Sequence[Redaction]
) -> dict[Place, frozenset[float]]:
    """Return the counts above the line that cells have in any release, before they go; no zeros."""
    found: dict[Place, frozenset[float]] = {}
    for one in redactions:
        place = (one.area, one.period)
        held = _cells(connection, place)
        key = (one.indicator, one.period, one.area, *one.breakdown.codes)
        is_it = (held[list(KEY_COLUMNS)] == list(key)).all(axis=1)
        numbers = held.loc[is_it & (held["numerator"] > 0), "numerator"]
        found[place] = found.get(place, frozenset()) | frozenset(numbers.tolist())
    return found


def still_standing(
    connection: sa.Connection, counts: Mapping[Place, frozenset[float]]
) -> tuple[Standing, ...]:
    """Return where counts can be read in releases that stand, once their cells are withheld."""
    names = release_ids(connection)
    numbers = [one.sequence for one in standing_releases(connection)]
    found: dict[tuple[Place, Found], list[str]] = {}
    for place, wanted in counts.items():
        held = _cells(connection, place) if wanted else pd.DataFrame()
        for number in numbers if len(held) else ():
            is_in = (held["from_release"] <= number) & ~(held["to_release"] <= number)
            for one in dict.fromkeys(counts_shown(held[is_in], wanted)):
                found.setdefault((place, one), []).append(names[number])
    standing = (
        Standing(indicator, period, area, codes, how, tuple(releases))
        for ((area, period), (indicator, codes, how)), releases in found.items()
    )
    return tuple(sorted(standing, key=lambda one: (one.indicator, one.how, one.breakdown.order)))


def _cells(connection: sa.Connection, place: Place) -> pd.DataFrame:
    """Return the cells of an area and period that have a count, in every release."""
    columns = [
        *(cell.c[name] for name in ("indicator", "period", "area")),
        *(breakdown.c[name] for name in BREAKDOWN_COLUMNS),
        *(cell.c[name] for name in (*COUNTED, *_SPAN)),
    ]
    query = (
        sa.select(*columns)
        .join_from(cell, breakdown, cell.c.breakdown == breakdown.c.id)
        .where(cell.c.area == place[0], cell.c.period == place[1])
        .where(sa.or_(*(cell.c[name].is_not(None) for name in COUNTED)))
    )
    rows = [tuple(row) for row in connection.execute(query)]
    held = pd.DataFrame(rows, columns=[column.name for column in columns])
    return held.astype(dict.fromkeys((*COUNTED, *_SPAN), "float64"))


def standing_in_words(
    counts: Mapping[Place, frozenset[float]], standing: Sequence[Standing]
) -> str:
    """Say where withheld counts can still be read and how to withhold those cells too."""
    if not any(counts.values()):
        return "no count was held above the line of these, so none was searched for elsewhere"
    if not standing:
        return (
            "the counts of these stand in no other cell of the area and period, nor in sums of "
            f"parts. {_NOT_SEARCHED}"
        )
    lines = (
        f"  --indicator {one.indicator} --area {one.area} --period {one.period}"
        f"{_options(one.breakdown)}: {one.how}, in {', '.join(one.releases)}"
        for one in standing
    )
    return (
        "NOT withheld: the count can still be read in the cells below, as published (or the same "
        f"number stands there by chance). To withhold one too: {_COMMAND} --reason TEXT, with\n"
        + "\n".join(lines)
        + f"\n{_NOT_SEARCHED}"
    )


def _options(codes: Breakdown) -> str:
    pairs = zip(BREAKDOWN_COLUMNS, codes.codes, strict=True)
    return "".join(f" --breakdown {name}={code}" for name, code in pairs if code != TOTAL)
