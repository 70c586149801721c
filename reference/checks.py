"""Whether the tables of a place set agree with each other."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from reference.context import OWN, origin_misfits
from reference.notes import area_codes
from reference.places import AreaKind, PlaceSet
from reference.tables import TableError

_SHOWN = 5


def check_place_set(places: PlaceSet) -> None:
    """Raise TableError naming the first few misfits between the tables, if there are any."""
    misfits = list(_misfits(places))
    if misfits:
        more = f" (and {len(misfits) - _SHOWN} more)" if len(misfits) > _SHOWN else ""
        msg = f"place set {places.id}: {'; '.join(misfits[:_SHOWN])}{more}"
        raise TableError(msg)


def _misfits(places: PlaceSet) -> Iterator[str]:
    yield from _area_misfits(places)
    yield from _unknown_areas(places)
    yield from _neighbour_misfits(places)
    yield from _inspection_misfits(places)
    yield from _class_misfits(places)
    yield from _framework_misfits(places)
    yield from _context_misfits(places)
    cells = Counter((hexagon.column, hexagon.row) for hexagon in places.hexagons)
    yield from (
        f"hexagons: two areas at column {c}, row {r}" for (c, r), n in cells.items() if n > 1
    )


def _area_misfits(places: PlaceSet) -> Iterator[str]:
    if sum(area.kind is AreaKind.COUNTRY for area in places.areas) != 1:
        yield "areas: expected exactly one area of kind country"
    codes = Counter(
        code for area in places.areas for code in {area.code, *(dated.code for dated in area.codes)}
    )
    yield from (f"areas: code {code} belongs to two areas" for code, n in codes.items() if n > 1)
    yield from _strangers("areas", "type", places.area_types, (a.type for a in places.areas))
    for area in places.areas:
        if area.kind is AreaKind.AUTHORITY and not (area.type and area.region):
            yield f"areas: authority {area.code} has no type or no region"


def _unknown_areas(places: PlaceSet) -> Iterator[str]:
    for table, codes in {
        "areas": (code for a in places.areas for code in (a.region, a.subregion)),
        "changes": (code for c in places.changes for code in (c.predecessor, c.successor)),
        "neighbours": (code for n in places.neighbours for code in (n.area, n.neighbour)),
        "inspections": (inspection.area for inspection in places.inspections),
        "populations": (population.area for population in places.populations),
        "classes": (row.area for row in places.classes),
        "hexagons": (hexagon.area for hexagon in places.hexagons),
        "context": (row.area for row in places.context),
        "known_problems": area_codes(places.known_problems),
    }.items():
        yield from _strangers(table, "area", places.by_code, codes)


def _neighbour_misfits(places: PlaceSet) -> Iterator[str]:
    if places.default_neighbour_model not in places.neighbour_models:
        yield f"neighbours: no rows for the default model {places.default_neighbour_model}"
    pairs = Counter((n.model, n.area, n.neighbour) for n in places.neighbours)
    for (model, area, neighbour), times in pairs.items():
        if times > 1 or area == neighbour:
            yield f"neighbours: model {model} of {area} names {neighbour} twice, or itself"


def _inspection_misfits(places: PlaceSet) -> Iterator[str]:
    judgements = (j for i in places.inspections for j in i.grades)
    grades = (grade for i in places.inspections for grade in i.grades.values())
    yield from _strangers("inspections", "judgement", places.judgements, judgements)
    yield from _strangers("inspections", "grade", places.grades, grades)
    if places.default_judgement not in places.judgements:
        yield f"about: default judgement {places.default_judgement} is not in labels"


def _class_misfits(places: PlaceSet) -> Iterator[str]:
    values = {c.id: c.values for c in places.classifications}
    for row in places.classes:
        if row.value not in values.get(row.classification, {}):
            yield f"classes: {row.classification} of {row.area} has unknown value {row.value}"
    pairs = Counter((row.classification, row.area) for row in places.classes)
    yield from (f"classes: {area} has {name} twice" for (name, area), n in pairs.items() if n > 1)


def _framework_misfits(places: PlaceSet) -> Iterator[str]:
    pairs = Counter(
        (place.area, domain)
        for place in places.framework
        for domain in ("", *(part.domain for part in place.domains))
    )
    yield from (
        f"framework: '{' / '.join(filter(None, pair))}' stands there twice"
        for pair, n in pairs.items()
        if n > 1
    )


def _context_misfits(places: PlaceSet) -> Iterator[str]:
    ids = Counter(variable.id for variable in places.context_variables)
    yield from (f"context_variables: {id} stands there twice" for id, n in ids.items() if n > 1)
    own = {variable.id for variable in places.context_variables if variable.origin == OWN}
    yield from _strangers("context", "variable", own, (row.variable for row in places.context))
    pairs = Counter((row.variable, row.area) for row in places.context)
    yield from (f"context: {area} has {name} twice" for (name, area), n in pairs.items() if n > 1)
    yield from origin_misfits(places.context_variables, (c.id for c in places.classifications))


def _strangers(
    table: str, what: str, known: Collection[str], used: Iterable[str | None]
) -> Iterator[str]:
    for item in dict.fromkeys(used):
        if item is not None and item not in known:
            yield f"{table}: unknown {what} {item}"
