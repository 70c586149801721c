"""Dimensions with their codes, and the models of statistical neighbours."""

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class DimensionCard(TypedDict):
    """One column of a row that holds codes, in /dimensions.

    `role` is `dimension` (part of what makes a row one row) or `attribute` (told of a row).
    """

    id: str
    title: str
    about: str
    role: str
    narrowed_by: str
    total_code: str
    codes_held: int


class DimensionCodeRow(TypedDict):
    """One code of /dimensions/{id}, in the order in which answers have them."""

    dimension: str
    code: str
    label: str
    about: str
    order: int
    is_total: bool
    parent: str | None
    cells: int


class NeighbourModelRow(TypedDict):
    """One model of statistical neighbours, in /neighbour-models.

    The relation is not symmetric in any model: that A names B does not say that B names A.
    """

    model: str
    title: str
    publisher: str
    published_on: str
    licence: str
    url: str
    note: str
    is_default: bool
    is_official: bool
    is_symmetric: bool
    mutual_pct: float | None
    authorities: int
    fewest: int
    most: int
    neighbours: str
