"""The place sets that ship: read from their tables, and to and from JSON for releases."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Final, TypeVar

from reference import shapes
from reference.checks import check_place_set
from reference.context import read_values, read_variables
from reference.notes import read_framework, read_known_problems
from reference.places import (
    Area,
    AreaChange,
    AreaClass,
    AreaKind,
    Classification,
    DatedCode,
    Hexagon,
    Inspection,
    Neighbour,
    PlaceSet,
    Population,
    ReferenceSource,
)
from reference.tables import Row, TableError, read_table

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")

_AREA_TYPE, _JUDGEMENT, _GRADE, _CLOSENESS = "area_type", "judgement", "grade", "closeness"
_SHIPPED: Final = ("england", "made_up")


def place_set_ids() -> tuple[str, ...]:
    """Return the ids of the place sets that ship."""
    return _SHIPPED


@lru_cache(maxsize=4)
def load_place_set(place_set_id: str) -> PlaceSet:
    """Return a shipped place set; raises LookupError for another id, TableError for bad tables."""
    if place_set_id not in _SHIPPED:
        msg = f"'{place_set_id}' is not a place set; use one of {', '.join(_SHIPPED)}"
        raise LookupError(msg)
    return read_place_set(place_set_id, files("reference").joinpath(place_set_id))


def read_place_set(place_set_id: str, folder: Traversable) -> PlaceSet:
    """Build a place set from the tables of a folder; raises TableError with the misfit's place."""
    about = dict(read_table(folder, shapes.ABOUT, lambda r: (r.text("name"), r.text("value"))))
    labels = _labels(folder)
    places = PlaceSet(
        id=place_set_id,
        title=_fact(about, "title"),
        areas=_areas(folder),
        area_types=labels.get(_AREA_TYPE, {}),
        changes=read_table(folder, shapes.CHANGES, _change),
        neighbours=_neighbours(folder, labels.get(_CLOSENESS, {})),
        default_neighbour_model=_fact(about, "default_neighbour_model"),
        inspections=read_table(folder, shapes.INSPECTIONS, _inspection),
        judgements=labels.get(_JUDGEMENT, {}),
        default_judgement=_fact(about, "default_judgement"),
        grades=labels.get(_GRADE, {}),
        populations=_populations(folder),
        classifications=read_table(
            folder, shapes.CLASSIFICATIONS, lambda row: _classification(row, labels)
        ),
        classes=read_table(folder, shapes.CLASSES, _class),
        hexagons=read_table(folder, shapes.HEXAGONS, _hexagon),
        sources=read_table(folder, shapes.SOURCES, _source),
        attribution=_fact(about, "attribution"),
        framework=read_framework(folder),
        known_problems=read_known_problems(folder),
        context_variables=read_variables(folder),
        context=read_values(folder),
    )
    check_place_set(places)
    return places


def to_json(places: PlaceSet) -> bytes:
    """Return the whole place set as JSON; the same place set always gives the same bytes."""
    return _adapter().dump_json(places)


def from_json(text: bytes) -> PlaceSet:
    """Return the place set that `to_json` wrote; raises pydantic's ValidationError for another."""
    return _adapter().validate_json(text)


@lru_cache(maxsize=1)
def _adapter() -> "TypeAdapter[PlaceSet]":
    from pydantic import TypeAdapter  # slow to import, and only releases need it

    return TypeAdapter(PlaceSet)


def _fact(about: Mapping[str, str], name: str) -> str:
    if name not in about:
        msg = f"about.csv: found no line for '{name}', expected one; add it"
        raise TableError(msg)
    return about[name]


def _labels(folder: Traversable) -> Mapping[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    rows = read_table(
        folder, shapes.LABELS, lambda r: (r.text("list"), r.text("id"), r.text("label"))
    )
    for list_name, item, label in rows:
        lists.setdefault(list_name, {})[item] = label
    return lists


def _areas(folder: Traversable) -> tuple[Area, ...]:
    codes = _by_area(read_table(folder, shapes.CODES, lambda r: (r.text("area"), _code(r))))
    spellings = _by_area(
        read_table(folder, shapes.SPELLINGS, lambda r: (r.text("area"), r.text("spelling")))
    )

    def build(row: Row) -> Area:
        code = row.text("code")
        return Area(
            code=code,
            name=row.text("name"),
            kind=AreaKind(row.choice("kind", [kind.value for kind in AreaKind])),
            type=row.text_or_none("type"),
            number=row.text_or_none("number"),
            region=row.text_or_none("region"),
            subregion=row.text_or_none("subregion"),
            first_day=row.day_or_none("first_day"),
            last_day=row.day_or_none("last_day"),
            codes=tuple(codes.get(code, ())),
            spellings=tuple(spellings.get(code, ())),
            is_rankable=row.is_yes("is_rankable"),
        )

    return read_table(folder, shapes.AREAS, build)


def _by_area(rows: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    grouped: dict[str, list[T]] = {}
    for area, item in rows:
        grouped.setdefault(area, []).append(item)
    return grouped


def _code(row: Row) -> DatedCode:
    return DatedCode(row.text("code"), row.day_or_none("first_day"), row.day_or_none("last_day"))


def _change(row: Row) -> AreaChange:
    return AreaChange(
        effective_on=row.day("effective_on"),
        predecessor=row.text("predecessor"),
        successor=row.text("successor"),
        kind=row.text("kind"),
        same_footprint=row.choice("same_footprint", ("Y", "~", "N")),
        note=row.text_or_blank("note"),
        successor_share=row.number_or_none("successor_share"),
    )


def _neighbours(folder: Traversable, words: Mapping[str, str]) -> tuple[Neighbour, ...]:
    def build(row: Row) -> tuple[Neighbour, ...]:
        model, area = row.text("model"), row.text("area")
        nearest, closeness = row.words("neighbours"), row.words("closeness", words)
        if len(nearest) != len(closeness):
            row.refuse("closeness", f"{len(nearest)} words, one for each neighbour")
        return tuple(
            Neighbour(model, area, rank, neighbour, words[word])
            for rank, (neighbour, word) in enumerate(zip(nearest, closeness, strict=True), start=1)
        )

    return tuple(n for rows in read_table(folder, shapes.NEIGHBOURS, build) for n in rows)


def _inspection(row: Row) -> Inspection:
    return Inspection(
        area=row.text("area"),
        framework=row.text("framework"),
        kind=row.text("kind"),
        published_on=row.day("published_on"),
        inspected_on=row.day_or_none("inspected_on"),
        grades=row.pairs("grades"),
        basis=row.choice("basis", ("official", "machine_read")),
        source=row.text("source"),
    )


def _populations(folder: Traversable) -> tuple[Population, ...]:
    def build(row: Row) -> tuple[Population, ...]:
        vintage, area, first = row.text("vintage"), row.text("area"), row.whole("first_mid_year")
        counts = enumerate(row.wholes_or_none("counts"), start=first)
        return tuple(Population(area, year, vintage, n) for year, n in counts if n is not None)

    return tuple(p for rows in read_table(folder, shapes.POPULATIONS, build) for p in rows)


def _classification(row: Row, labels: Mapping[str, Mapping[str, str]]) -> Classification:
    return Classification(
        id=row.choice("id", labels),
        title=row.text("title"),
        values=labels[row.text("id")],
        note=row.text_or_blank("note"),
        cut_points=row.numbers("cut_points"),
        source=row.text_or_blank("source"),
    )


def _class(row: Row) -> AreaClass:
    return AreaClass(
        classification=row.text("classification"),
        area=row.text("area"),
        value=row.text("value"),
        basis=row.text_or_blank("basis"),
        score=row.number_or_none("score"),
    )


def _hexagon(row: Row) -> Hexagon:
    return Hexagon(row.text("area"), row.whole("column"), row.whole("row"))


def _source(row: Row) -> ReferenceSource:
    return ReferenceSource(
        table=row.text("table"),
        publisher=row.text("publisher"),
        title=row.text("title"),
        published_on=row.text("published_on"),
        licence=row.text("licence"),
        url=row.text_or_blank("url"),
        note=row.text_or_blank("note"),
    )
