"""What authorities are like apart from any indicator: size, density, deprivation, rurality.

A variable says where its values come from: its own table, the populations, the score behind a
classification, or two other variables, the first per unit of the second. So nothing is held twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Final

from reference import shapes
from reference.tables import Row, read_table

OWN: Final = "own"
POPULATIONS: Final = "populations"
SCORE: Final = "score"
RATIO: Final = "ratio"
PLAIN_SCALE: Final = "plain"
LOG_SCALE: Final = "log"
SCALES: Final = (PLAIN_SCALE, LOG_SCALE)

Values = Mapping[str, float]


@dataclass(frozen=True)
class ContextVariable:
    """One thing that authorities differ in, with its unit, date and source.

    `origin` is `own`, `populations`, `score:CLASSIFICATION` or `ratio:VARIABLE/VARIABLE`. `scale`
    says how differences are measured, and `scale_reason` why; `weight` is what it counts for in
    a distance that nobody chose otherwise; `is_main` puts it into short tables.
    """

    id: str
    title: str
    unit: str
    decimals: int
    as_at: str
    origin: str
    scale: str
    scale_reason: str
    weight: float
    is_main: bool
    source: str
    note: str = ""


@dataclass(frozen=True)
class ContextValue:
    """The value of one variable for one authority, with its basis where that is not plain."""

    variable: str
    area: str
    value: float
    basis: str = ""


def read_variables(folder: Traversable) -> tuple[ContextVariable, ...]:
    """Read the variables, in the order of answers."""
    return read_table(folder, shapes.CONTEXT_VARIABLES, _variable)


def read_values(folder: Traversable) -> tuple[ContextValue, ...]:
    """Read the values that stand in no other table."""
    return read_table(folder, shapes.CONTEXT, _value)


def values_of(
    variables: Sequence[ContextVariable],
    held: Iterable[ContextValue],
    children: Values,
    scores: Mapping[str, Values],
) -> Mapping[str, Values]:
    """Return variable to area to value, wherever the values come from; missing stays missing."""
    own: dict[str, dict[str, float]] = {}
    for row in held:
        own.setdefault(row.variable, {})[row.area] = row.value
    found: dict[str, Values] = {}
    for variable in variables:
        kind, _, rest = variable.origin.partition(":")
        if kind == RATIO:
            found[variable.id] = _ratio(*(found.get(part, {}) for part in rest.split("/")))
        elif kind == POPULATIONS:
            found[variable.id] = children
        elif kind == SCORE:
            found[variable.id] = scores.get(rest, {})
        else:
            found[variable.id] = own.get(variable.id, {})
    return found


def origin_misfits(
    variables: Sequence[ContextVariable], classifications: Iterable[str]
) -> Iterator[str]:
    """Say of each variable whose values come from nowhere; a ratio stands after its parts."""
    scored, before = set(classifications), set[str]()
    for variable in variables:
        kind, _, rest = variable.origin.partition(":")
        parts = rest.split("/")
        is_known = {
            OWN: not rest,
            POPULATIONS: not rest,
            SCORE: rest in scored,
            RATIO: len(parts) == 2 and set(parts) <= before,
        }.get(kind, False)
        if not is_known:
            yield f"context_variables: {variable.id} comes from '{variable.origin}', not held"
        before.add(variable.id)


def _ratio(top: Values, bottom: Values) -> Values:
    return {area: value / bottom[area] for area, value in top.items() if bottom.get(area, 0) > 0}


def _variable(row: Row) -> ContextVariable:
    weight = row.number_or_none("weight")
    if weight is None or weight < 0:
        row.refuse("weight", "a number, 0 for a variable that is shown and not counted")
    return ContextVariable(
        id=row.text("id"),
        title=row.text("title"),
        unit=row.text("unit"),
        decimals=row.whole("decimals"),
        as_at=row.text("as_at"),
        origin=row.text("origin"),
        scale=row.choice("scale", SCALES),
        scale_reason=row.text("scale_reason"),
        weight=weight,
        is_main=row.is_yes("is_main"),
        source=row.text("source"),
        note=row.text_or_blank("note"),
    )


def _value(row: Row) -> ContextValue:
    value = row.number_or_none("value")
    if value is None:
        row.refuse("value", "a number; leave out the line where nothing is known")
    return ContextValue(row.text("variable"), row.text("area"), value, row.text_or_blank("basis"))
