"""The declared shape of every table that a place set folder holds."""

from typing import Final

from reference.tables import Shape

ABOUT: Final = Shape("about", ("name", "value"))
LABELS: Final = Shape("labels", ("list", "id", "label"))
AREAS: Final = Shape(
    "areas",
    (
        "code",
        "name",
        "kind",
        "type",
        "number",
        "region",
        "subregion",
        "first_day",
        "last_day",
        "is_rankable",
    ),
)
CODES: Final = Shape("codes", ("area", "code", "first_day", "last_day"))
SPELLINGS: Final = Shape("spellings", ("area", "spelling", "used_by"))
CHANGES: Final = Shape(
    "changes",
    (
        "effective_on",
        "predecessor",
        "successor",
        "kind",
        "same_footprint",
        "successor_share",
        "note",
    ),
)
# `neighbours` lists area codes, nearest first; `closeness` a word for each in the same order.
NEIGHBOURS: Final = Shape("neighbours", ("model", "area", "neighbours", "closeness"))
INSPECTIONS: Final = Shape(
    "inspections",
    ("area", "framework", "kind", "inspected_on", "published_on", "grades", "basis", "source"),
)
# `counts` holds one number for each mid-year from `first_mid_year`, a dot where there is none.
POPULATIONS: Final = Shape("populations", ("vintage", "area", "first_mid_year", "counts"))
CLASSIFICATIONS: Final = Shape("classifications", ("id", "title", "note", "cut_points", "source"))
CLASSES: Final = Shape("classes", ("classification", "area", "value", "score", "basis"))
HEXAGONS: Final = Shape("hexagons", ("area", "column", "row"))
SOURCES: Final = Shape(
    "sources", ("table", "publisher", "title", "published_on", "licence", "url", "note")
)
# A line without a domain is a place of the framework; the lines of its domains follow it.
FRAMEWORK: Final = Shape("framework", ("area", "domain", "kind", "description", "gap", "why_empty"))
# `areas` lists codes, none for all areas; periods are ids, the first and the last one concerned.
KNOWN_PROBLEMS: Final = Shape(
    "known_problems",
    (
        "areas",
        "first_period",
        "last_period",
        "publication",
        "what_happened",
        "what_totals_hold",
        "source",
    ),
)

# What authorities are like; `context` holds only values that stand in no other table.
CONTEXT_VARIABLES: Final = Shape(
    "context_variables",
    (
        "id",
        "title",
        "unit",
        "decimals",
        "as_at",
        "origin",
        "scale",
        "scale_reason",
        "weight",
        "is_main",
        "source",
        "note",
    ),
)
CONTEXT: Final = Shape("context", ("variable", "area", "value", "basis"))

ALL_SHAPES: Final = (
    ABOUT,
    LABELS,
    AREAS,
    CODES,
    SPELLINGS,
    CHANGES,
    NEIGHBOURS,
    INSPECTIONS,
    POPULATIONS,
    CLASSIFICATIONS,
    CLASSES,
    HEXAGONS,
    SOURCES,
    FRAMEWORK,
    KNOWN_PROBLEMS,
    CONTEXT_VARIABLES,
    CONTEXT,
)
