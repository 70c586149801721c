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
    predecessors: list[str]  # the areas that it was made from, where that was another area
    successors: list[str]
    code_in_force: str | None
    grades: dict[str, str]  # {judgement: grade}
    children_0_17: int | None
    grades_published_on: dict[str, str]  # {judgement: day}


class AreaChangeRow(TypedDict):
    """One dated change of an area's boundary or code, in `changes` of /areas/{code}.

    `footprint` is `same` (a mere recoding), `nearly_the_same` (series go on, and say so) or
    `another` (nothing is compared across it). `successor_share` is the share of the predecessor's
    children aged 0 to 17 who lived in the successor at the first mid-year after, where known.
    """

    effective_on: str
    predecessor: str
    predecessor_name: str
    successor: str
    successor_name: str
    kind: str
    footprint: str
    successor_share: float | None
    note: str


class AreaDetail(AreaCard):
    """The full card of /areas/{code}: history, classes with labels, inspections."""

    codes: list[dict[str, str | None]]  # {code, first_day, last_day}
    changes: list[AreaChangeRow]
    population_0_17: dict[str, Any] | None  # {mid_year, vintage, count}
    class_labels: dict[str, str]
    judgements: list[dict[str, Any]]
    # {judgement, label, grade, inspected_on, published_on, basis, framework, as_at}
    inspections: list[dict[str, Any]]
    neighbour_models: list[str]  # those that name neighbours of it, the newest first
    context: list["ContextCard"]  # what the area is like; no values but of authorities
    returns: int  # how many returns of it the release holds


class ContextCard(TypedDict):
    """One context variable: what it is, and its value for one area.

    `meta.variables` of neighbours holds the same, with the weights that the distances use.
    """

    id: str
    title: str
    unit: str
    decimals: int
    value: float | None
    basis: str
    as_at: str
    source: str
    note: str
    scale: str  # log or plain: how differences are measured
    scale_reason: str
    weight: float  # what it counts for in a distance; 0 for one that is only shown
    is_main: bool


class NeighbourRow(TypedDict):
    """One neighbour of /areas/{code}/neighbours.

    After these columns come three for every context variable V of the release: `V`, the value of
    the neighbour; `V_difference`, by how much it is above that of the area, in the unit; and
    `V_standardised`, the same in standard deviations.
    """

    model: str  # own: the nearest by our distance, which is not an official model
    rank: int | None  # null only in model own, for one that stands in no ranking
    code: str
    name: str
    closeness: str | None  # the publisher's words; null in model own
    is_mutual: bool  # whether the neighbour names this area too, in the same model
    also_in: list[str]  # the other official models in which it is a neighbour
    distance: float | None  # our own, never the official model's; see meta.distances
    distance_percentile: float | None  # the per cent of all pairs that are nearer
    reason: str | None  # why there is no distance


class LikenessRow(TypedDict):
    """One context variable of /areas/{code}/neighbours/{other}: how alike two authorities are.

    `meta` holds their `distance` and `distance_percentile` (or the `reason` of none), the models
    in which the first `names` the other, and those in which it is `named_by` the other.
    """

    variable: str
    title: str
    unit: str
    area_code: str
    area_name: str
    value: float | None
    other_code: str
    other_name: str
    other_value: float | None
    difference: float | None  # other_value above value
    standardised: float | None  # the same in standard deviations, on the scale of the variable
    percentile: float | None  # the per cent of all pairs that differ less
    reason: str | None  # why there is no difference
    weight: float
    contribution: float | None  # the per cent of the squared distance that is due to it
    as_at: str
    source: str
