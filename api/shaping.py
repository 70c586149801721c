"""The shape of an answer: which columns, with codes or words, long or wide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.ordering import ORDER
from api.parameters import SWITCH, Parameter, Query, described, one_of, read_switch
from api.problems import bad_value, unknown_value
from indicators.cells import BREAKDOWN_COLUMNS, ROW_COLUMNS

TABULAR: Final = ("json", "csv", "jsonl", "parquet", "arrow", "xlsx")
"""Formats that are rows and columns, which a reader may shape; all others have their own."""
WIDE_FORMATS: Final = ("csv", "xlsx")

LABELLED: Final = (
    "indicator", "period", *BREAKDOWN_COLUMNS, "status", "flags", "unit", "source",
)  # fmt: skip
"""Columns of codes that have words; the words of `area_code` are `area_name`."""
LABEL: Final = "_label"
STATUS: Final = "_status"
FLAGS: Final = "_flags"

ID, WORDS, BOTH = "id", "label", "both"
WIDE_BY: Final = ("period", "indicator", "area")

PARAMETERS: Final[Mapping[str, Parameter]] = described(
    (
        Parameter(
            "fields",
            "Columns of the answer, in this order: any of a row, and the words of a code as "
            f"`indicator{LABEL}`, `period{LABEL}`, `status{LABEL}` and so on. Default: all of a "
            "row.",
            "area_code",
            form=one_of(*ROW_COLUMNS, *(f"{name}{LABEL}" for name in LABELLED)),
        ),
        Parameter(
            "labels",
            f"`{ID}` (the default): codes; `{WORDS}`: words in their place; `{BOTH}`: the words "
            f"after each code, as `<column>{LABEL}`. Words are for reading: join on codes. They "
            f"are there for {', '.join(f'`{name}`' for name in LABELLED)}.",
            BOTH,
            is_list=False,
            form=one_of(ID, WORDS, BOTH),
        ),
        Parameter(
            "wide",
            "One column of values for each `period`, `indicator` or `area`, as CSV or XLSX only. "
            f"After them stands a column `<column>{STATUS}` for each, which keeps the reason "
            "where there is no value; it is blank where there is no such row. After these stands "
            f"`<column>{FLAGS}` for each in which any row has a flag.",
            is_list=False,
            form=one_of(*WIDE_BY),
        ),
        Parameter(
            "bom",
            "`1` begins a CSV with the mark by which Excel knows that it is UTF-8.",
            is_list=False,
            form=one_of(*SWITCH),
        ),
        ORDER,
    )
)


@dataclass(frozen=True)
class Column:
    """One column of an answer: its heading, and which column of a row it is, or the words of."""

    name: str
    field: str
    is_label: bool = False


EVERY_COLUMN: Final = tuple(Column(name, name) for name in ROW_COLUMNS)
NAMED: Final[Mapping[str, Column]] = {
    **{column.name: column for column in EVERY_COLUMN},
    **{f"{name}{LABEL}": Column(f"{name}{LABEL}", name, is_label=True) for name in LABELLED},
}


@dataclass(frozen=True)
class Shape:
    """How an answer is laid out."""

    columns: tuple[Column, ...] = EVERY_COLUMN
    wide: str | None = None
    is_in_words: bool = False
    """Whether the headings of a wide table are words."""
    has_mark: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether rows are just as they always are."""
        return self == PLAIN


PLAIN: Final = Shape()

_KEPT_WHEN_WIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "period": (
        "release", "indicator", "area_code", "area_name", "area_type", *BREAKDOWN_COLUMNS, "unit",
    ),
    "indicator": (
        "release", "area_code", "area_name", "area_type", "period", *BREAKDOWN_COLUMNS,
    ),
    "area": (
        "release", "indicator", "period", "period_start", "period_end", *BREAKDOWN_COLUMNS, "unit",
    ),
}  # fmt: skip
"""What says which figures stand in a row of a wide table, by what its columns are."""


def read_shape(query: Query, format: str) -> Shape:
    """Read what an answer shall look like; raises ProblemError for what its format cannot."""
    given = [name for name in PARAMETERS if name in query]
    if not given:
        return PLAIN
    if format not in TABULAR:
        detail = f"{format} has a shape of its own; leave this out, or ask for {', '.join(TABULAR)}"
        raise bad_value(given[0], detail, [f"format={name}" for name in TABULAR])
    has_mark = read_switch(query, "bom")
    if has_mark and format != "csv":
        raise bad_value("bom", f"goes with CSV alone; {format} needs no mark", ["format=csv"])
    wide, labels = _wide(query, format), _labels(query)
    names = _fields(query, wide)
    return Shape(
        columns=tuple(_columns(names, labels)),
        wide=wide,
        is_in_words=wide is not None and labels == WORDS,
        has_mark=has_mark,
    )


def _labels(query: Query) -> str:
    word = query.one("labels") or ID
    if word not in {ID, WORDS, BOTH}:
        advice = f"use {ID}, {WORDS} or {BOTH}"
        raise unknown_value("labels", word, (ID, WORDS, BOTH), "a kind of label", advice)
    return word


def _wide(query: Query, format: str) -> str | None:
    wide = query.one("wide")
    if wide is None:
        return None
    if wide not in WIDE_BY:
        advice = f"use {', '.join(WIDE_BY)}"
        raise unknown_value("wide", wide, WIDE_BY, "what can stand across", advice)
    if format not in WIDE_FORMATS:
        forms = [f"format={name}" for name in WIDE_FORMATS]
        detail = f"a wide table is given as {' or '.join(WIDE_FORMATS)}, not as {format}"
        raise bad_value("wide", detail, forms)
    for name in ("order", "limit"):
        if name in query:
            raise bad_value(name, "a wide table is whole and in the order of keys; leave this out")
    return wide


def _fields(query: Query, wide: str | None) -> tuple[str, ...]:
    names = query.all("fields")
    for name in names:
        if name not in NAMED:
            advice = f"use {', '.join(ROW_COLUMNS)}"
            raise unknown_value("fields", name, NAMED, "a column of a row", advice)
    if wide is None:
        return names or ROW_COLUMNS
    kept = _KEPT_WHEN_WIDE[wide]
    for name in names:
        if NAMED[name].field not in kept:
            detail = f"'{name}' is not the same for a whole row of a wide table"
            raise bad_value("fields", f"{detail}; name some of {', '.join(kept)}", kept[:3])
    return names or kept


def _columns(names: tuple[str, ...], labels: str) -> list[Column]:
    """Return the columns with the labels asked for; one that was named already comes once."""
    columns: dict[str, Column] = {}
    for name in names:
        column = NAMED[name]
        in_words = labels == WORDS and name in LABELLED
        columns[name] = Column(name, name, is_label=True) if in_words else column
        if labels == BOTH and name in LABELLED and f"{name}{LABEL}" not in names:
            columns[f"{name}{LABEL}"] = NAMED[f"{name}{LABEL}"]
    return list(columns.values())
