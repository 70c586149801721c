"""A place set: the whole of the reference facts that figures are read against, frozen."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from reference.areas import Area, AreaKind, AreaNotThenError, DatedCode, UnknownAreaError
from reference.context import ContextValue, ContextVariable, values_of
from reference.notes import FrameworkArea, FrameworkDomain, KnownProblem
from reference.resolve import AreaIndex

__all__ = [
    "Area",
    "AreaChange",
    "AreaClass",
    "AreaKind",
    "AreaNotThenError",
    "Classification",
    "ContextValue",
    "ContextVariable",
    "DatedCode",
    "FrameworkArea",
    "FrameworkDomain",
    "Hexagon",
    "Inspection",
    "KnownProblem",
    "Neighbour",
    "PlaceSet",
    "Population",
    "ReferenceSource",
    "UnknownAreaError",
]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class AreaChange:
    """A predecessor became (part of) a successor on a day."""

    effective_on: date
    predecessor: str
    successor: str
    kind: str
    same_footprint: str
    note: str = ""
    successor_share: float | None = None


@dataclass(frozen=True)
class Neighbour:
    """One official statistical neighbour, by rank in one model."""

    model: str
    area: str
    rank: int
    neighbour: str
    closeness: str


@dataclass(frozen=True)
class Inspection:
    """One inspection: judgement name to grade; `basis` is official or machine_read."""

    area: str
    framework: str
    kind: str
    published_on: date
    inspected_on: date | None
    grades: Mapping[str, str]
    basis: str
    source: str


@dataclass(frozen=True)
class Population:
    """Children aged 0 to 17 at mid-year, as one dated vintage of the estimates gave it."""

    area: str
    mid_year: int
    vintage: str
    count: int


@dataclass(frozen=True)
class AreaClass:
    """One class of one authority in one classification; `score` is what it was ranked by."""

    classification: str
    area: str
    value: str
    basis: str = ""
    score: float | None = None


@dataclass(frozen=True)
class Classification:
    """A way to group authorities: its id, title, values in order with labels, and cut points."""

    id: str
    title: str
    values: Mapping[str, str]
    note: str = ""
    cut_points: tuple[float, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Hexagon:
    """Where an authority stands on the tile map (odd-r offset; row grows southwards)."""

    area: str
    column: int
    row: int


@dataclass(frozen=True)
class ReferenceSource:
    """Where a reference table comes from."""

    table: str
    publisher: str
    title: str
    published_on: str
    licence: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlaceSet:
    """Everything the service knows about places; England is one, tests bring another."""

    id: str
    title: str
    areas: tuple[Area, ...]
    area_types: Mapping[str, str]
    changes: tuple[AreaChange, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    default_neighbour_model: str = ""
    inspections: tuple[Inspection, ...] = ()
    judgements: Mapping[str, str] = field(default_factory=dict)
    default_judgement: str = ""
    grades: Mapping[str, str] = field(default_factory=dict)
    populations: tuple[Population, ...] = ()
    classifications: tuple[Classification, ...] = ()
    classes: tuple[AreaClass, ...] = ()
    hexagons: tuple[Hexagon, ...] = ()
    sources: tuple[ReferenceSource, ...] = ()
    attribution: str = ""
    framework: tuple[FrameworkArea, ...] = ()
    known_problems: tuple[KnownProblem, ...] = ()
    context_variables: tuple[ContextVariable, ...] = ()
    context: tuple[ContextValue, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Area]:
        """Canonical code to area."""
        return {area.code: area for area in self.areas}

    @cached_property
    def country(self) -> Area:
        """The one area that is the whole."""
        return next(area for area in self.areas if area.kind is AreaKind.COUNTRY)

    def area(self, code: str) -> Area:
        """Return the area with that canonical code; raises UnknownAreaError."""
        try:
            return self.by_code[code]
        except KeyError:
            msg = f"'{code}' is not the code of an area in {self.title}"
            raise UnknownAreaError(msg) from None

    def resolve(self, text: str, on: date | None = None) -> Area:
        """Return the area that a dated code, number or spelling names; see AreaIndex.resolve."""
        return self._index.resolve(text, on)

    @cached_property
    def _index(self) -> AreaIndex:
        return AreaIndex(self.areas, self.title)

    def predecessors_of(self, code: str) -> tuple[str, ...]:
        """Return the areas that this one was made from, itself (a mere recoding) left out."""
        return _distinct(
            c.predecessor for c in self.changes if c.successor == code != c.predecessor
        )

    def successors_of(self, code: str) -> tuple[str, ...]:
        """Return the areas that this one became (part of), itself left out."""
        return _distinct(c.successor for c in self.changes if c.predecessor == code != c.successor)

    def of_kind(self, kind: AreaKind, on: date | None = None) -> tuple[Area, ...]:
        """Return the areas of one level, those that existed on a day if one is given."""
        return tuple(
            area for area in self.areas if area.kind is kind and (on is None or area.existed_on(on))
        )

    def authorities(self, on: date | None = None) -> tuple[Area, ...]:
        """Return the authorities, those that existed on a day if one is given."""
        return self.of_kind(AreaKind.AUTHORITY, on)

    def within(self, code: str, on: date | None = None) -> tuple[Area, ...]:
        """Return the authorities inside a country, region or subregion."""
        whole = self.area(code)
        if whole.kind is AreaKind.COUNTRY:
            return self.authorities(on)
        return tuple(a for a in self.authorities(on) if code in (a.region, a.subregion))

    def neighbours_of(self, code: str, model: str | None = None) -> tuple[Neighbour, ...]:
        """Return an authority's neighbours in one model (default: the newest), nearest first."""
        wanted = model or self.default_neighbour_model
        return self._neighbours.get((wanted, code), ())

    @cached_property
    def neighbour_models(self) -> tuple[str, ...]:
        """The models held, the default first."""
        models = {neighbour.model for neighbour in self.neighbours}
        return tuple(sorted(models, key=lambda m: (m != self.default_neighbour_model, m)))

    @cached_property
    def _neighbours(self) -> Mapping[tuple[str, str], tuple[Neighbour, ...]]:
        return {
            key: tuple(sorted(rows, key=lambda n: n.rank))
            for key, rows in _grouped(self.neighbours, lambda n: (n.model, n.area)).items()
        }

    @cached_property
    def inspections_by_area(self) -> Mapping[str, tuple[Inspection, ...]]:
        """Area code to its inspections, oldest publication first."""
        return {
            str(code): tuple(sorted(rows, key=lambda i: i.published_on))
            for code, rows in _grouped(self.inspections, lambda i: i.area).items()
        }

    def class_of(self, classification: str, code: str) -> str | None:
        """Return the class of an authority, or None where it has none."""
        return self._classes.get((classification, code))

    @cached_property
    def _classes(self) -> Mapping[tuple[str, str], str]:
        return {(row.classification, row.area): row.value for row in self.classes}

    def classification(self, classification_id: str) -> Classification:
        """Return one classification; raises KeyError when the place set lacks it."""
        for classification in self.classifications:
            if classification.id == classification_id:
                return classification
        raise KeyError(classification_id)

    def context_of(self, variable: str, code: str) -> float | None:
        """Return the value of a context variable for an authority, None where there is none."""
        return self._context.get(variable, {}).get(code)

    @cached_property
    def _context(self) -> Mapping[str, Mapping[str, float]]:
        latest = max((population.mid_year for population in self.populations), default=0)
        children = {a.code: self.population_of(a.code, latest) for a in self.authorities()}
        scores = {
            name: {row.area: row.score for row in rows if row.score is not None}
            for name, rows in _grouped(self.classes, lambda row: row.classification).items()
        }
        known = {code: float(count) for code, count in children.items() if count is not None}
        return values_of(self.context_variables, self.context, known, scores)

    def population_of(self, code: str, mid_year: int, vintage: str | None = None) -> int | None:
        """Return children 0 to 17 at a mid-year, by default of the newest vintage that has it."""
        held = self._populations.get((code, mid_year), {})
        if vintage is not None:
            return held.get(vintage)
        return held[max(held)] if held else None

    def population_known_on(self, code: str, mid_year: int, day: str) -> int | None:
        """Return the estimate that was the newest on a day (ISO date); else the oldest held."""
        held = self._populations.get((code, mid_year), {})
        known = [vintage for vintage in held if vintage <= day]
        return held[max(known) if known else min(held)] if held else None

    @cached_property
    def _populations(self) -> Mapping[tuple[str, int], Mapping[str, int]]:
        grouped = _grouped(self.populations, lambda p: (p.area, p.mid_year))
        return {key: {p.vintage: p.count for p in rows} for key, rows in grouped.items()}


def _distinct(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Group rows by a key function, keeping their order."""
    grouped: dict[K, list[T]] = {}
    for row in rows:
        grouped.setdefault(key(row), []).append(row)
    return grouped
