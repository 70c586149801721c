"""Made-up indicators, in the shape of the full card of an indicator."""

from typing import Any

RELEASE = "2025-11-20"
PERIODS = ("RY2023", "RY2024", "RY2025")
RATE = "in_care_rate"
SHARE = "moved_often_pct"
SCORE = "wellbeing_score"
EMPTY = "voice_pct"
COUNT = "judged_good_n"
STATISTICS = ("mean", "median", "q25", "q75", "pooled", "pooled_ci_lower", "pooled_ci_upper")


def card(id: str, **changes: Any) -> dict[str, Any]:
    """Return the full card of an indicator."""
    return {
        "id": id,
        "title": "Rate of children in care on 31 March, per 10,000 children",
        "short_title": "Children in care",
        "kind": "context",
        "stage": "in_care",
        "unit": "per 10,000",
        "decimals": 0,
        "direction": "none",
        "period_kind": "RY",
        "measured": "snapshot",
        "interval": "poisson",
        "is_core": True,
        "family": "",
        "framework_area": "Outcome 1: Children stay together",
        "framework_domain": "Family stability",
        "designation": "Accredited official statistics",
        "publisher": "Made-up statistics office",
        "version": 1,
        "latest": PERIODS[-1],
        "periods": list(PERIODS),
        "breakdowns": {},
        "definition": "Children in care on 31 March over all children, <in> tens of thousands.",
        "why_it_matters": "It says how many children a public body is the parent of.",
        "numerator": "Children in care on 31 March",
        "denominator": "Children aged 0 to 17 at the middle of the year before",
        "arithmetic": "rate_per_10000",
        "direction_reason": "A low rate may be early help or unmet need.",
        "direction_source": "National framework",
        "interval_reason": "",
        "caveats": ["Rates follow the population estimate of the year before."],
        "breaks": [],
        "read_with": [{"indicator": SHARE, "title": "Moved often", "reason": "how stable it is"}],
        "pairs": [],
        "reviewed_on": "2025-11-01",
        "due_on": "2026-11-01",
        "sources": [SOURCE],
        "latest_label": "31 March 2025",
        "published_on": "2025-11-20",
        "read_from": [ENTRY],
        "submission": SUBMISSION,
        "breakdown_titles": {},
        "levels": ["country", "region", "authority"],
    } | changes


ENTRY = {
    "table": "office_children",
    "rows": {"group": ["In care"]},
    "value": "rate",
    "numerator": "children_count",
    "denominator": "children_count",
    "denominator_rows": {"group": ["All children"]},
    "numerator_rows": {},
    "counted_where": {},
    "is_complement": False,
    "ci_lower": "",
    "ci_upper": "",
    "breakdowns": {"sex": {"column": "sex", "codes": {"All": "_T", "Boys": "M"}}},
    "compute_country": False,
    "absent_from": [],
    "levels": ["country", "region", "authority"],
    "first_period": "",
    "last_period": "",
    "flags": [],
    "note": "Read by hand.",
}
SUBMISSION = {
    "collection": "CLA",
    "numerator": {"measure": "CLA_OPEN", "breakdown_type": "TOTAL", "breakdown": "ALL"},
    "denominator": "population_0_17",
}
FILE = {
    "name": "children_2025.csv",
    "sha256": "0123456789abcdef" * 4,
    "rows": 1234,
    "columns": {
        "group": "Group of children",
        "rate": "Rate_per_10000",
        "children_count": "Number",
        "sex": "Sex",
    },
    "spellings": {"group": {"In care": "Looked after"}},
}
SOURCE = {
    "id": "office_children_2025",
    "kind": "publication",
    "table": "office_children",
    "vintage": "2025",
    "publisher": "Made-up statistics office",
    "title": "Children in care 2025",
    "published_on": "2025-11-20",
    "published_on_basis": "not confirmed",
    "designation": "Accredited official statistics",
    "licence": "OGL v3.0",
    "url": "https://statistics.invalid/children",
    "files": [FILE],
    "totals": {
        "compared": 10,
        "agreed": 9,
        "mismatches": [
            {
                "indicator": RATE,
                "period": "RY2025",
                "areas": ["X92000001", "X92000001"],
                "missing": ["X06000003"],
            }
        ],
    },
    "indicators": [RATE, SHARE, SCORE],
}
NO_TOTALS = {"compared": 0, "agreed": 0, "mismatches": []}
COMPUTED = SOURCE | {
    "id": "computed",
    "kind": "computed",
    "table": "",
    "vintage": "",
    "publisher": "Computed by this service",
    "title": "Total over the authorities that responded",
    "published_on": "",
    "url": "",
    "files": [],
    "totals": NO_TOTALS,
}
RETURN = COMPUTED | {
    "id": "submission_cla_x06000002_ry2025_v1",
    "kind": "submission",
    "table": "submission_cla",
    "vintage": "RY2025_v1",
    "publisher": "Brennowcombe",
    "title": "Return CLA for RY2025, version 1",
    "published_on": "2025-06-02",
    "indicators": [RATE],
}

CARDS = (
    card(
        RATE,
        sources=[SOURCE, COMPUTED, RETURN],
        pairs=[
            {
                "id": "care_and_moves",
                "title": "Children in care, and moves",
                "with": SHARE,
                "with_title": "Moved often",
                "reason": "Either can improve at the cost of the other.",
            }
        ],
        breakdowns={"sex": ["_T", "F", "M"], "school_phase": ["_T", "PRIMARY", "AFTER_SCHOOL"]},
        breakdown_titles={
            "sex": {"_T": "All", "M": "Boys", "F": "Girls"},
            "school_phase": {"_T": "_T", "PRIMARY": "In primary", "AFTER_SCHOOL": "AFTER_SCHOOL"},
        },
    ),
    card(
        SHARE,
        title="Children in care with three or more placements in the year",
        short_title="Moved often",
        family="children",
        kind="performance",
        unit="%",
        decimals=1,
        direction="lower_is_better",
        interval="wilson",
        measured="during",
        arithmetic="percentage",
        breaks=[{"period": "RY2025", "note": "placements of one night are counted from here on."}],
        read_with=[],
    ),
    card(
        SCORE,
        title="Average wellbeing score",
        short_title="Wellbeing score",
        family="children",
        kind="outcome",
        unit="score",
        decimals=1,
        direction="lower_is_better",
        interval="none",
        interval_reason="the spread of scores is not published",
        measured="during",
        framework_area="Outcome 4: Stable, loving homes",
        framework_domain="Child wellbeing",
        read_with=[],
        caveats=[],
    ),
    card(
        COUNT,
        title="Number of authorities judged good",
        short_title="Judged good",
        stage="system",
        unit="authorities",
        arithmetic="count",
        interval="none",
        interval_reason="a full count has none",
        read_with=[],
        sources=[SOURCE, COMPUTED],
        read_from=[
            ENTRY
            | {"value": "", "numerator": "", "denominator": "", "denominator_rows": {}}
            | {"counted_where": {"group": ["In care"]}, "rows": {}, "breakdowns": {}}
        ],
        submission=None,
    ),
    card(
        EMPTY,
        title="Children who say that they were heard",
        short_title="Heard",
        kind="outcome",
        stage="help_and_protection",
        unit="%",
        latest=None,
        periods=[],
        latest_label=None,
        sources=[],
        framework_area="",
        framework_domain="",
        read_with=[],
    ),
)
CARD_KEYS = tuple(CARDS[0])[:21]
