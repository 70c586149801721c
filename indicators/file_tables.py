"""The tables that go with the figures of a release: columns with types and meaning, and rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, Literal

from indicators.breakdown_titles import read_titles
from indicators.cells import BREAKDOWN_COLUMNS
from indicators.snapshot import Snapshot, Source
from reference.areas import code_in_force
from reference.periods import Period
from reference.places import Area

Type = Literal["string", "number", "integer", "boolean", "date"]


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means, its type, and how a field of it is read."""

    name: str
    text: str
    type: Type = "string"
    read: Callable[[Any], object] | None = None
    """What the field is of a row's object; the attribute of the column's name where not given."""
    is_required: bool = False
    choices: tuple[str, ...] = ()

    def of(self, row: Any) -> object:
        """Return the field of a row."""
        return (self.read or attrgetter(self.name))(row)


@dataclass(frozen=True)
class Table:
    """One table; `refers_to` maps a column to the table and column that hold its ids."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Snapshot], Iterable[Any]]
    refers_to: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def lines(self, snapshot: Snapshot) -> list[Sequence[object]]:
        """Return the table as fields, a header first."""
        header = [column.name for column in self.columns]
        rows = ([column.of(row) for column in self.columns] for row in self.rows(snapshot))
        return [header, *rows]


@dataclass(frozen=True)
class _Code:
    breakdown: str
    code: str
    title: str


def _indicators(snapshot: Snapshot) -> list[tuple[Any, str | None]]:
    return [(one, snapshot.index.latest.get(one.id)) for one in snapshot.indicators]


@dataclass(frozen=True)
class _DatedArea:
    area: Area
    code_in_force: str | None


def _areas(snapshot: Snapshot) -> list[_DatedArea]:
    """Return the areas with their codes on the last day that any figure is of."""
    on = max((period.end for period in snapshot.periods), default=None)
    areas = map(snapshot.places.area, snapshot.index.areas)
    return [_DatedArea(area, code_in_force(area, on) if on else None) for area in areas]


def _codes(snapshot: Snapshot) -> list[_Code]:
    """Return the codes that the figures are broken down by, in the order of reading."""
    titles: dict[str, dict[str, str]] = {name: {} for name in BREAKDOWN_COLUMNS}
    for source in (read_titles()[0], *(one.breakdown_titles for one in snapshot.indicators)):
        for name, known in source.items():
            titles[name] |= known
    found: list[_Code] = []
    for name in BREAKDOWN_COLUMNS:
        used = {getattr(one, name) for one in snapshot.index.breakdowns}
        ordered = [code for code in titles[name] if code in used]
        ordered += sorted(used.difference(ordered))
        found += [_Code(name, code, titles[name].get(code, code)) for code in ordered]
    return found


def _all_codes(row: _DatedArea) -> str:
    area = row.area
    return ";".join(dict.fromkeys((area.code, *(dated.code for dated in area.codes))))


def _file_names(source: Source) -> str:
    return ";".join(file.name for file in source.files)


def _of_indicator(path: str) -> Callable[[Any], object]:
    """Return how a field of an indicator is read; words of a list of words become plain text."""
    get = attrgetter(path)

    def read(row: tuple[Any, str | None]) -> object:
        found = get(row[0])
        return found if isinstance(found, bool | int) else str(found)

    return read


def _of_area(name: str, text: str, of: Type = "string", **more: Any) -> Column:
    return Column(name, text, of, read=attrgetter(f"area.{name}"), **more)


def _plain(name: str, text: str, path: str = "", **more: Any) -> Column:
    return Column(name, text, read=_of_indicator(path or name), **more)


INDICATORS: Final = Table(
    "indicators",
    "Definitions of the indicators",
    (
        _plain("id", "The id of the indicator.", is_required=True),
        _plain("title", "The title of the indicator."),
        _plain("short_title", "The title in the room of a column header."),
        _plain("definition", "What is counted over what."),
        _plain("why_it_matters", "Why anybody should look at it."),
        _plain("numerator", "What is counted above the line, in words."),
        _plain("denominator", "What is counted below the line, in words."),
        _plain("arithmetic", "How the value follows from the two counts."),
        _plain("unit", "The unit of the value."),
        _plain("decimals", "How many decimals the value is shown with.", type="integer"),
        _plain("direction", "Which way is good, if any.", "direction.good"),
        _plain("direction_reason", "Why that way is good.", "direction.reason"),
        _plain("kind", "Whether it tells of outcomes, of performance or of context."),
        _plain("stage", "Where in a child's way through the system it applies."),
        _plain("is_core", "Whether pages show it first.", type="boolean"),
        _plain("framework_area", "The outcome or enabler it belongs to.", "framework.area"),
        _plain("framework_domain", "The domain within that.", "framework.domain"),
        _plain("family", "Shared by siblings of one measure."),
        _plain("period_kind", "The kind of its periods."),
        _plain("measured", "On the last day of the period, or over all of it."),
        _plain("interval", "How the interval is worked out; `none` for none.", "interval.method"),
        _plain("interval_reason", "Why it has no interval.", "interval.reason"),
        _plain("designation", "What the publisher calls these statistics."),
        _plain("publisher", "Who publishes the figures."),
        Column(
            "caveats", "What a reader could take wrongly.", read=lambda r: " ".join(r[0].caveats)
        ),
        _plain("version", "The version of the definition.", type="integer"),
        Column("latest", "The latest period, the same for all areas.", read=lambda r: r[1]),
    ),
    ("id",),
    _indicators,
    {"latest": ("periods", "id")},
)

AREAS: Final = Table(
    "areas",
    "Areas with their codes over time",
    (
        _of_area("code", "The code that rows of figures have.", is_required=True),
        _of_area("name", "The name of the area."),
        Column(
            "kind",
            "Country, region, subregion or authority.",
            read=lambda row: str(row.area.kind),
        ),
        _of_area("type", "The type of an authority."),
        _of_area("number", "The number that the education department gives it."),
        _of_area("region", "The code of the region it lies in."),
        _of_area("subregion", "The code of the part of a region it lies in."),
        _of_area("first_day", "The first day on which it existed, if not always.", "date"),
        _of_area("last_day", "The last day on which it existed, if it ended.", "date"),
        _of_area("is_rankable", "Whether it stands in rankings.", "boolean"),
        Column("codes", "All codes it ever had, joined by `;`.", read=_all_codes),
        Column(
            "code_in_force",
            "The official code on the last day that any figure of the release is of, by which "
            "tables of others are joined; blank if the area was not there.",
        ),
    ),
    ("code",),
    _areas,
)

SOURCES: Final = Table(
    "sources",
    "Publications and returns that the figures come from",
    (
        Column("id", "The id of the source.", is_required=True),
        Column("table", "The kind of published table."),
        Column("vintage", "The edition."),
        Column("publisher", "Who published it."),
        Column("title", "The title of the publication."),
        Column("published_on", "The day on which it came out.", "date"),
        Column("designation", "What the publisher calls these statistics."),
        Column("licence", "The licence it is published under."),
        Column("url", "Where it was published."),
        Column("files", "The files that were read, joined by `;`.", read=_file_names),
    ),
    ("id",),
    lambda snapshot: snapshot.sources,
)


def _day(name: str) -> Callable[[Period], object]:
    return lambda period: getattr(period, name).isoformat()


PERIODS: Final = Table(
    "periods",
    "Periods of the figures",
    (
        Column("id", "The id of the period.", is_required=True),
        Column("kind", "The kind of year, or part of one.", read=lambda p: str(p.kind)),
        Column("label", "The period in words."),
        Column("start", "Its first day.", "date", _day("start")),
        Column("end", "Its last day; of a snapshot, the day.", "date", _day("end")),
    ),
    ("id",),
    lambda snapshot: snapshot.periods,
)

BREAKDOWNS: Final = Table(
    "breakdowns",
    "Codes of the breakdowns",
    (
        Column("breakdown", "The column that the code stands in.", is_required=True),
        Column("code", "The code; `_T` is not broken down.", is_required=True),
        Column("title", "What the code means."),
    ),
    ("breakdown", "code"),
    _codes,
)

TABLES: Final = (INDICATORS, AREAS, PERIODS, BREAKDOWNS, SOURCES)
"""Each is written as NAME.csv beside the figures."""
