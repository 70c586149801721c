"""Cards of areas and their neighbours."""

from typing import Any

from typing_extensions import TypedDict  # pydantic reads the standard one only from 3.12 on


class AreaCard(TypedDict):
    """One area in the list of /areas."""

    code: str
    name: str
    kind: str
    type: str | None
    type_label: str | None
    number: str | None
    region: str | None
    region_name: str | None
    subregion: str | None
    first_day: str | None
    last_day: str | None
    is_rankable: bool
    hexagon: dict[str, int] | None  # {column, row}
    classes: dict[str, str]  # rural_urban, deprivation, population_band


class AreaDetail(AreaCard):
    """The full card of /areas/{code}: history, classes with labels, inspections."""

    codes: list[dict[str, str | None]]  # {code, first_day, last_day}
    predecessors: list[str]
    successors: list[str]
    population_0_17: dict[str, Any] | None  # {mid_year, vintage, count}
    class_labels: dict[str, str]
    judgements: list[dict[str, Any]]
    # {judgement, label, grade, inspected_on, published_on, basis, framework, as_at}
    inspections: list[dict[str, Any]]
    neighbour_models: list[str]  # those that name neighbours of it, the newest first


class NeighbourRow(TypedDict):
    """One neighbour of /areas/{code}/neighbours."""

    model: str
    rank: int
    code: str
    name: str
    closeness: str
