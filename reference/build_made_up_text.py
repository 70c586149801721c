"""Words of the made-up place set: facts about it, labels, classifications (build time only)."""

ABOUT = (
    ("title", "Made-up country"),
    ("default_neighbour_model", "2024"),
    ("default_judgement", "leadership"),
    ("attribution", "Every place and figure here is invented."),
)
LABELS = {
    "area_type": (
        ("town", "Town authority"),
        ("city", "City authority"),
        ("borough", "Port borough"),
        ("vale", "Vale"),
    ),
    "judgement": (
        ("overall", "Overall"),
        ("leadership", "Leadership"),
        ("help_and_protection", "Help and protection"),
        ("in_care", "Children in care"),
        ("leaving_care", "Leaving care"),
    ),
    "grade": (
        ("outstanding", "Outstanding"),
        ("good", "Good"),
        ("requires_improvement", "Requires improvement"),
        ("inadequate", "Inadequate"),
        ("none", "No judgement in force"),
    ),
    "closeness": (
        ("extremely_close", "Extremely close"),
        ("very_close", "Very close"),
        ("close", "Close"),
        ("somewhat_close", "Somewhat close"),
        ("not_close", "Not close"),
    ),
    "rural_urban": (
        ("urban", "Mostly urban"),
        ("significant_rural", "Partly rural"),
        ("rural", "Mostly rural"),
    ),
    "deprivation": (
        ("1", "Most deprived fifth"),
        ("2", "Second most deprived fifth"),
        ("3", "Middle fifth"),
        ("4", "Second least deprived fifth"),
        ("5", "Least deprived fifth"),
    ),
    "population_band": (
        ("1", "Fewest children"),
        ("2", "Fewer children"),
        ("3", "Middle fifth by number of children"),
        ("4", "More children"),
        ("5", "Most children"),
    ),
}
CLASSIFICATIONS = (
    ("rural_urban", "Rural or urban", "Invented"),
    ("deprivation", "Deprivation", "Fifths of an invented score; cut points are lowest scores"),
    ("population_band", "Number of children", "Fifths of children in mid-2024, cut points largest"),
)
SOURCES = tuple(
    (table, "This project", "Made-up place set", "2026", "MIT", "", "Invented for tests.")
    for table in (
        "areas",
        "changes",
        "spellings",
        "neighbours",
        "inspections",
        "populations",
        "rural_urban",
        "deprivation",
        "population_band",
        "context",
        "hexagons",
    )
)
KNOWN_PROBLEMS = (
    (
        "X06000001 X06000002",
        "RY2024",
        "RY2024",
        "Invented statistics",
        "Neither authority sent a return. Every count is published as “x”.",
        "The totals hold the figures of the year before.",
        "Invented",
    ),
    (
        "",
        "AY2019-20",
        "AY2020-21",
        "Invented statistics of schools",
        "Nothing was measured in these years.",
        "",
        "Invented",
    ),
)
