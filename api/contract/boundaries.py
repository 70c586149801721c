"""Shapes of areas as GeoJSON: the collection, its features and their properties."""

from typing import Any

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on

from api.contract.answers import Meta


class BoundaryProperties(TypedDict):
    """What an area is, whose shape it has, and, where an indicator is named, its figure.

    The columns of the figure, from `indicator` on, are only there where one was asked for.
    """

    code: str
    name: str
    type: str
    region: str | None
    region_name: str | None
    boundary_source: str
    boundary_as_at: str
    boundary_licence: str


class FigureProperties(BoundaryProperties):
    """The same with the figure of one indicator in one period."""

    release: str
    indicator: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    ci_lower: float | None
    ci_upper: float | None
    status: str
    status_reason: str | None
    flags: str
    unit: str


class BoundaryFeature(TypedDict):
    """One area of a collection."""

    type: str
    id: str
    geometry: dict[str, Any]
    properties: dict[str, Any]


class BoundaryNote(TypedDict):
    """What a reader must know of the shapes of a collection."""

    kind: str
    level: str
    as_at: str
    detail: str
    source: str
    licence: str
    attribution: str
    coordinates: str


class BoundaryMeta(Meta):
    """The meta of any answer, and of the shapes."""

    boundaries: BoundaryNote


class BoundaryCollection(TypedDict):
    """A GeoJSON FeatureCollection that also says what every answer says."""

    type: str
    meta: BoundaryMeta
    links: dict[str, str]
    features: list[BoundaryFeature]
